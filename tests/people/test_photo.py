"""Photos come in redrawn or not at all (T40–T42), and are given out locked up."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.factories import THEN, a_person, actor_of
from tumar.access import NotAllowed
from tumar.access.models import Membership
from tumar.people.commands import NotAPhoto, add_photo, open_photo
from tumar.people.models import Person

SECRET = b"Kanarienvogel"


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **but: Any) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (20, 90, 90)).save(target, form, **but)
    return target.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # the description
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (42.0, 52.0, 30.0)  # the latitude
    return picture(exif=exif, comment=SECRET)


def add(by: Membership, person: Person, content: bytes) -> bytes:
    add_photo(actor=actor_of(by), person=person, upload=io.BytesIO(content), at=THEN)
    chunks = open_photo(actor=actor_of(by), person=person, at=THEN)
    assert chunks is not None
    return b"".join(chunks)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_as_a_plain_jpeg(
    caseworker: Membership, person: Person, form: str
) -> None:
    kept = Image.open(io.BytesIO(add(caseworker, person, picture(form))))

    assert (kept.format, kept.size) == ("JPEG", (60, 40))


def test_where_and_with_what_it_was_taken_is_gone(caseworker: Membership, person: Person) -> None:
    kept = add(caseworker, person, with_place())

    assert SECRET not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_turned_picture_stands_upright(caseworker: Membership, person: Person) -> None:
    kept = Image.open(io.BytesIO(add(caseworker, person, with_place())))

    assert kept.size == (40, 60)


@pytest.mark.parametrize(
    "tail", [b"<script>alert(1)</script>", b"PK\x03\x04" + SECRET, b"%PDF-1.7"]
)
def test_what_hides_behind_a_picture_is_cut_off(
    caseworker: Membership, person: Person, tail: bytes
) -> None:
    assert tail not in add(caseworker, person, picture() + tail)


def test_a_large_picture_is_kept_small(caseworker: Membership, person: Person) -> None:
    kept = Image.open(io.BytesIO(add(caseworker, person, picture(size=(4000, 3000)))))

    assert max(kept.size) == 1600


def a_flood() -> bytes:
    """A PNG that says it is 50,000 pixels wide and high, and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


NO_PHOTOS = {
    "nothing": b"",
    "a text": b"Content-Type: image/jpeg",
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a document": b"%PDF-1.7\n/JS (app.alert(1))",
    "an archive": b"PK\x03\x04" + bytes(200),
    "a moving picture": b"GIF89a" + bytes(200),
    "half a picture": picture(size=(800, 800))[:2000],
    "a broken picture": picture("PNG")[:40] + bytes(40) + picture("PNG")[80:],
    "a flood of pixels": a_flood(),
    "a large plain picture": picture("PNG", size=(6000, 5000)),
}


@pytest.mark.parametrize("content", NO_PHOTOS.values(), ids=NO_PHOTOS.keys())
def test_what_is_no_photo_is_refused_and_nothing_is_kept(
    caseworker: Membership, person: Person, content: bytes
) -> None:
    upload = io.BytesIO(content)

    with pytest.raises(NotAPhoto):
        add_photo(actor=actor_of(caseworker), person=person, upload=upload, at=THEN)

    assert not person.photos.exists()


def test_an_outsider_may_neither_add_nor_open(outsider: Membership, person: Person) -> None:
    actor = actor_of(outsider)

    with pytest.raises(NotAllowed):
        add_photo(actor=actor, person=person, upload=io.BytesIO(picture()), at=THEN)
    with pytest.raises(NotAllowed):
        open_photo(actor=actor, person=person, at=THEN)


def test_the_page_takes_a_photo_and_gives_it_out_locked_up(
    browser: Client, caseworker: Membership, person: Person
) -> None:
    url = f"/people/persons/{person.pseudonym}/photo/"
    assert browser.get(url).status_code == 404

    browser.post(f"{url}add/", {"photo": SimpleUploadedFile("a.jpg", picture())})
    answer = browser.get(url)

    assert answer.content[:2] == b"\xff\xd8"
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("inline; filename=")


def test_a_refused_file_is_answered_with_what_to_do(browser: Client, person: Person) -> None:
    url = f"/people/persons/{person.pseudonym}/photo/add/"

    page = browser.post(url, {"photo": SimpleUploadedFile("a.jpg", b"no picture")})

    assert "Use JPEG, PNG or WebP." in page.content.decode()


def test_to_an_outsider_the_photo_does_not_exist(
    client: Client, outsider: Membership, caseworker: Membership, person: Person
) -> None:
    add(caseworker, person, picture())
    client.force_login(outsider.user)

    assert client.get(f"/people/persons/{person.pseudonym}/photo/").status_code == 404
