"""Files, sealed in chunks so that a large one needs no large memory."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tumar.vault.envelope import CannotOpen, seal, subkey, unseal
from tumar.vault.models import DataKey, StoredFile

CHUNK = 1024 * 1024
TAG = 16


def seal_file(
    source: BinaryIO, data_key: DataKey, *, name: str, media_type: str, at: datetime
) -> StoredFile:
    """Seal `source` into the file store and return its row, stored.

    Each chunk is bound to its number and to being the last or not, so that a truncated,
    reordered or extended file does not open. The key belongs to this one file.
    """
    stored = StoredFile(data_key=data_key, media_type=media_type, stored_at=at, size=0, chunks=0)
    stored.sealed_name = seal(data_key.record, name.encode(), _name_place(stored))
    key = _key(stored)
    path = path_of(stored)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with _new_file(path) as target:
            for number, (chunk, is_last) in enumerate(_chunks(source)):
                target.write(key.encrypt(_nonce(number, is_last=is_last), chunk, _place(stored)))
                stored.size += len(chunk)
                stored.chunks = number + 1
            target.flush()
            os.fsync(target.fileno())  # the row must not outlive a crash that the bytes did not
        stored.save(force_insert=True)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return stored


def open_file(stored: StoredFile) -> Iterator[bytes]:
    """Give a sealed file back chunk by chunk.

    Raises:
        CannotOpen: the file is gone, was altered or truncated, or its key was destroyed.
    """
    key = _key(stored)
    try:
        source = path_of(stored).open("rb")
    except FileNotFoundError as missing:
        raise CannotOpen("a sealed file is gone") from missing
    with source:
        for number in range(stored.chunks):
            nonce = _nonce(number, is_last=number + 1 == stored.chunks)
            try:
                yield key.decrypt(nonce, source.read(CHUNK + TAG), _place(stored))
            except InvalidTag as broken:
                raise CannotOpen("a sealed file was altered") from broken
        if source.read(1):
            raise CannotOpen("a sealed file was made longer")


def name_of(stored: StoredFile) -> str:
    """The name the file came with."""
    return unseal(stored.data_key.record, bytes(stored.sealed_name), _name_place(stored)).decode()


def path_of(stored: StoredFile) -> Path:
    """Where the sealed bytes lie; the path says nothing about them."""
    return Path(settings.TUMAR_FILES) / stored.pk.hex[:2] / stored.pk.hex


def _new_file(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _chunks(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    chunk = _filled(source)
    while True:
        following = _filled(source)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _filled(source: BinaryIO) -> bytes:
    """A whole chunk: a pipe or a socket may give less than it was asked for before its end."""
    parts: list[bytes] = []
    missing = CHUNK
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _key(stored: StoredFile) -> AESGCM:
    return AESGCM(subkey(stored.data_key.files, f"file:{stored.pk}"))


def _nonce(number: int, *, is_last: bool) -> bytes:
    # The key serves one file and one pass only, so a counter never repeats under it.
    return struct.pack(">IQ", int(is_last), number)


def _place(stored: StoredFile) -> bytes:
    return b"\x01file|" + stored.pk.bytes


def _name_place(stored: StoredFile) -> bytes:
    return b"vault_storedfile|name|" + stored.pk.bytes
