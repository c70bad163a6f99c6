"""T40, T41, T42, T44 for photos: what is stored is a picture drawn anew, small, without place,
camera or passengers; everything else is refused in words."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from tests.security.store import files
from tests.security.visiting import body, signed_in
from tests.security.world import Story, a_picture
from tumar.access.models import Membership
from tumar.people.models import Photo
from tumar.vault.files import name_of
from tumar.vault.models import StoredFile

CANARY = b"qovzubwrix-canary"


def with_everything() -> bytes:
    """A JPEG that tells where, when, with what and by whom it was taken."""
    picture = Image.new("RGB", (80, 60), (10, 90, 120))
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x9286] = CANARY.decode()
    exif[0x0112] = 6  # turned
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (42.0, 52.0, 29.0), "E", (74.0, 36.0, 43.0)
    target = io.BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"
    picture.save(target, "JPEG", exif=exif, comment=CANARY, xmp=xmp)
    return target.getvalue() + b"<script>" + CANARY + b"</script>"


def png_with_text() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY.decode())
    told.add_itxt("Comment", CANARY.decode(), zip=True)
    target = io.BytesIO()
    Image.new("RGB", (40, 40)).save(target, "PNG", pnginfo=told)
    return target.getvalue() + CANARY


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is enormous."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(b"\x00" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


REFUSED = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "html": b"<html><script>alert(1)</script></html>",
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
    "gif": a_picture(8, "GIF").getvalue(),
    "tiff": a_picture(8, "TIFF").getvalue(),
    "bmp": a_picture(8, "BMP").getvalue(),
    "zip": b"PK\x03\x04" + b"\0" * 40,
    "exe": b"MZ" + b"\0" * 100,
    "nothing": b"",
    "half": a_picture().getvalue()[:200],
    "head only": b"\xff\xd8\xff\xe0" + b"\0" * 20,
    "flood": flood(50_000, 50_000),
    "wide flood": flood(2_000_000, 1),
    "eicar": rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    "ghostscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


def upload(
    member: Membership, story: Story, content: bytes, name: str = "p.jpg", kind: str = "image/jpeg"
) -> Any:
    path = f"/people/persons/{story.person.pseudonym}/photo/add/"
    return signed_in(member).post(path, {"photo": SimpleUploadedFile(name, content, kind)})


def newest(member: Membership, story: Story) -> bytes:
    answer = signed_in(member).get(f"/people/persons/{story.person.pseudonym}/photo/")
    assert answer.status_code == 200
    return body(answer)


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_photo_is_refused_in_words(
    kind: str, by: dict[str, Membership], story: Story
) -> None:
    before = Photo.objects.count(), StoredFile.objects.count()

    answer = upload(by["worker"], story, REFUSED[kind])

    assert answer.status_code == 200
    assert (Photo.objects.count(), StoredFile.objects.count()) == before
    assert re.search("picture|photo|file", answer.content.decode())


@pytest.mark.parametrize("content", [with_everything(), png_with_text()], ids=["jpeg", "png"])
def test_place_camera_author_and_passengers_are_gone(
    content: bytes, by: dict[str, Membership], story: Story
) -> None:
    assert CANARY in content

    assert upload(by["worker"], story, content).status_code == 302

    stored = newest(by["worker"], story)
    picture = Image.open(io.BytesIO(stored))
    assert picture.format == "JPEG"
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert CANARY not in stored
    assert b"Exif" not in stored
    assert stored.endswith(b"\xff\xd9")
    assert CANARY not in files()


def test_a_turned_picture_is_turned_upright(by: dict[str, Membership], story: Story) -> None:
    upload(by["worker"], story, with_everything())

    assert Image.open(io.BytesIO(newest(by["worker"], story))).size == (60, 80)


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.jpg", "..\\..\\x.jpg", "/abs.jpg", "a\x00.jpg", "\u202egpj.exe",
        "x.jpg.svg", "CON", "a" * 400 + ".jpg", "<script>.jpg", "x.jpg\r\nX-Evil: 1",
    ],
)  # fmt: skip
def test_the_name_of_the_file_is_never_used(
    name: str, by: dict[str, Membership], story: Story
) -> None:
    before = StoredFile.objects.count()

    upload(by["worker"], story, a_picture().getvalue(), name=name)

    made = StoredFile.objects.order_by("-stored_at").select_related("data_key").first()
    assert made
    if StoredFile.objects.count() > before:  # some names are no file to a browser at all
        assert name_of(made) == "photo.jpg"
    assert b"passwd" not in files()
    page = signed_in(by["worker"]).get(f"/people/persons/{story.person.pseudonym}/photo/")
    assert page.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert "X-Evil" not in page.headers


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/x-php", ""])
def test_what_a_browser_says_of_a_file_is_not_believed(
    kind: str, by: dict[str, Membership], story: Story
) -> None:
    upload(by["worker"], story, a_picture().getvalue(), kind=kind)
    answer = signed_in(by["worker"]).get(f"/people/persons/{story.person.pseudonym}/photo/")

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
