"""A file somebody gives us, as lines of text: unpacked on the way, and never more than fits."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

LARGEST = 1024 * 1024 * 1024  # bytes unpacked; the published files have 15 to 60 million
LONGEST_LINE = 64 * 1024  # characters; the longest published rows have some 500
GZIP = b"\x1f\x8b"
OTHERS = {
    b"PK": "zip",
    b"%PDF": "pdf",
    b"\xd0\xcf\x11\xe0": "xls",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


class NotReadable(ValueError):
    """The file is not a table we can read; the message says what it seems to be."""


@contextmanager
def opened(path_or_file: Path | str | IO[bytes]) -> Iterator[IO[bytes]]:
    """The bytes of a path, or of a file that is open already and stays open."""
    if isinstance(path_or_file, Path | str):
        with Path(path_or_file).open("rb") as file:
            yield file
    else:
        path_or_file.seek(0)
        yield path_or_file


def text_lines(file: IO[bytes], *, largest: int | None = None) -> Iterator[str]:
    """The lines of a text file in UTF-8, packed with gzip or not, from its beginning.

    Args:
        largest: bytes it may have when unpacked; LARGEST when left out.

    Raises:
        NotReadable: while reading, as soon as the file turns out to be something else.
    """
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    _refuse_known(start)
    is_packed = start.startswith(GZIP)
    stream = gzip.GzipFile(fileobj=file) if is_packed else file
    limited = io.BufferedReader(_Limited(stream, largest or LARGEST), 128 * 1024)
    text = io.TextIOWrapper(limited, encoding="utf-8-sig", newline="")
    try:
        while line := text.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                raise NotReadable(_("A line is far too long for a table of records."))
            yield line
    except UnicodeDecodeError as problem:
        raise NotReadable(
            _("The file is not text in UTF-8. Save it again as “CSV UTF-8”.")
        ) from problem
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise NotReadable(_("The packed file is damaged or cut off.")) from problem


def _refuse_known(start: bytes) -> None:
    kind = next((kind for magic, kind in OTHERS.items() if start.startswith(magic)), "")
    if not start:
        raise NotReadable(_("The file is empty."))
    if kind == "zip":
        raise NotReadable(_("This is a ZIP or Excel file. Take the CSV file out, or save as CSV."))
    if kind == "utf-16":
        raise NotReadable(_("The file is text in UTF-16. Save it again as “CSV UTF-8”."))
    if kind:
        raise NotReadable(_("This is not a CSV file."))


class _Limited(io.RawIOBase):
    """A stream that ends in a refusal when more comes out of it than is allowed."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, largest: int) -> None:
        self.stream = stream
        self.left = largest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self.stream.read(len(buffer))
        self.left -= len(read)
        if self.left < 0:
            raise NotReadable(_("Unpacked, the file is larger than may be read."))
        buffer[: len(read)] = read
        return len(read)
