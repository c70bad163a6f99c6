"""Sealed files: whole, in order, unchanged, or not at all; in constant memory."""

import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import LATER, THEN
from tumar.vault.envelope import CannotOpen
from tumar.vault.files import CHUNK, TAG, name_of, open_file, path_of, seal_file
from tumar.vault.models import DataKey, StoredFile

SEALED = CHUNK + TAG
LARGE = 64 * CHUNK


@pytest.fixture
def key(db: None) -> DataKey:
    return DataKey.objects.mint(at=THEN)


class Repeated(io.RawIOBase):
    """A large source that needs no memory itself, and gives less than asked for."""

    def __init__(self, size: int, piece: int = 300_000) -> None:
        self.left, self.piece = size, piece

    def read(self, size: int = -1) -> bytes:
        given = min(self.left, size, self.piece)
        self.left -= given
        return b"x" * given


def a_file(key: DataKey, content: bytes) -> StoredFile:
    return seal_file(
        io.BytesIO(content), key, name="passport.jpg", media_type="image/jpeg", at=THEN
    )


def content_of(stored: StoredFile) -> bytes:
    return b"".join(open_file(StoredFile.objects.select_related("data_key").get(pk=stored.pk)))


def around_a_boundary(chunks: int, off: int) -> bytes:
    return os.urandom(max(0, chunks * CHUNK + off))


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(chunks=st.integers(0, 3), off=st.integers(-2, 2))
def test_a_file_comes_back_as_it_was_whatever_its_length(
    key: DataKey, chunks: int, off: int
) -> None:
    content = around_a_boundary(chunks, off)

    stored = a_file(key, content)

    assert content_of(stored) == content
    assert stored.size == len(content)


def test_nothing_of_it_can_be_read_on_the_disk(key: DataKey) -> None:
    stored = a_file(key, b"Kanarienvogel" * 1000)

    on_disk = path_of(stored).read_bytes()
    assert b"Kanarienvogel" not in on_disk
    assert "passport" not in str(path_of(stored))
    assert b"passport" not in bytes(stored.sealed_name)
    assert name_of(stored) == "passport.jpg"


def test_a_file_is_for_the_owner_of_the_process_only(key: DataKey) -> None:
    path = path_of(a_file(key, b"x"))

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def cut(sealed: bytes) -> bytes:
    return sealed[:-1]


def without_last_chunk(sealed: bytes) -> bytes:
    return sealed[: 2 * SEALED]


def swapped(sealed: bytes) -> bytes:
    return sealed[SEALED : 2 * SEALED] + sealed[:SEALED] + sealed[2 * SEALED :]


def doubled(sealed: bytes) -> bytes:
    return sealed[:SEALED] + sealed


def longer(sealed: bytes) -> bytes:
    return sealed + b"\x00"


def flipped(sealed: bytes) -> bytes:
    return sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:]


@pytest.mark.parametrize("tamper", [cut, without_last_chunk, swapped, doubled, longer, flipped])
def test_a_file_that_was_tampered_with_does_not_open(key: DataKey, tamper: object) -> None:
    stored = a_file(key, os.urandom(2 * CHUNK + 500))
    path = path_of(stored)
    path.write_bytes(tamper(path.read_bytes()))  # type: ignore[operator]

    with pytest.raises(CannotOpen):
        content_of(stored)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.data())
def test_no_single_change_goes_unnoticed(key: DataKey, data: st.DataObject) -> None:
    stored = a_file(key, b"a short letter")
    path = path_of(stored)
    sealed = bytearray(path.read_bytes())
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(sealed))

    with pytest.raises(CannotOpen):
        content_of(stored)


@pytest.mark.parametrize("chunks", [0, 1, 2, 4])
def test_a_false_count_of_chunks_does_not_pass_for_a_shorter_file(
    key: DataKey, chunks: int
) -> None:
    stored = a_file(key, os.urandom(2 * CHUNK + 500))
    StoredFile.objects.filter(pk=stored.pk).update(chunks=chunks)

    with pytest.raises(CannotOpen):
        content_of(stored)


def test_one_file_put_in_place_of_another_does_not_open(key: DataKey) -> None:
    one, other = a_file(key, b"one"), a_file(key, b"other")
    path_of(other).write_bytes(path_of(one).read_bytes())

    with pytest.raises(CannotOpen):
        content_of(other)


def test_a_file_that_is_gone_is_an_error_that_says_so(key: DataKey) -> None:
    stored = a_file(key, b"x")
    path_of(stored).unlink()

    with pytest.raises(CannotOpen, match="gone"):
        content_of(stored)


def test_after_its_key_is_destroyed_a_file_does_not_open(key: DataKey) -> None:
    stored = a_file(key, b"x")
    DataKey.objects.filter(pk=key.pk).update(wrapped=None, destroyed_at=LATER)

    with pytest.raises(CannotOpen):
        content_of(stored)


def test_what_breaks_off_leaves_no_half_file(key: DataKey, settings: object) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the line broke off")

    before = set(files())
    with pytest.raises(OSError, match="broke off"):
        seal_file(Breaking(), key, name="x", media_type="text/plain", at=THEN)

    assert set(files()) == before


def files() -> list[Path]:
    from django.conf import settings

    return [path for path in Path(settings.TUMAR_FILES).rglob("*") if path.is_file()]


def test_a_source_that_gives_little_at_a_time_is_sealed_in_whole_chunks(key: DataKey) -> None:
    stored = seal_file(
        Repeated(2 * CHUNK + 5, piece=1000),  # type: ignore[arg-type]
        key,
        name="x",
        media_type="text/plain",
        at=THEN,
    )

    assert stored.chunks == 3
    assert content_of(stored) == b"x" * (2 * CHUNK + 5)


@pytest.mark.slow
def test_a_large_file_needs_no_large_memory(key: DataKey) -> None:
    tracemalloc.start()
    stored = seal_file(
        Repeated(LARGE),  # type: ignore[arg-type]
        key,
        name="x",
        media_type="video/mp4",
        at=THEN,
    )
    length = sum(len(chunk) for chunk in open_file(stored))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert length == LARGE
    assert most < 8 * CHUNK
