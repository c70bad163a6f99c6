"""An XLSX file from a stranger: looked through before it is opened, and never calculated.

A workbook is a ZIP of XML. Both can be made to grow without end, to fetch other files or to run
something; each part is therefore measured and walked through before openpyxl sees it.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tumar.protection.exchange.cells import legible

MOST_ROWS = 5000
MOST_COLUMNS = 200
LAST_ROW = 50_000  # a sheet may have empty rows between and after
MOST_UNPACKED = 100 * 1024 * 1024  # bytes
MOST_PARTS = 300
STEEPEST = 200  # times smaller packed; real sheets are some 10 to 50 times smaller
SMALL_PART = 1024 * 1024  # bytes; below it steepness says nothing
REFUSED_PARTS = ("xl/externallinks/", "xl/vbaproject", "xl/embeddings/", "xl/activex/", "xl/macro")

DAMAGED = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError,
    AttributeError, SyntaxError, zlib.error, EOFError, OverflowError, NotImplementedError,
    RuntimeError, OSError,
)  # fmt: skip


class NotReadable(ValueError):
    """The file is not a table we can read; the message says what it seems to be."""


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that is refused whatever its column is; `reason` is a key of `REASONS`."""

    reason: str


Cell = str | BadCell


class _Doctype(Exception):
    """An XML part declares a document type, with which entities could be declared."""


def read_workbook(content: bytes) -> list[tuple[int, Sequence[Cell]]]:
    """The rows of the first sheet that hold something, numbered as the sheet numbers them.

    Raises:
        NotReadable: it is no workbook, a damaged one, or one that could do harm.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_through(archive)
        with warnings.catch_warnings():  # about styles and extensions that are of no matter
            warnings.simplefilter("ignore")
            return list(_rows(content))
    except NotReadable:
        raise
    except DAMAGED as problem:
        raise NotReadable(_("This is not an Excel file, or it is damaged.")) from problem


def _look_through(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename.casefold().replace("\\", "/").lstrip("/") for part in parts]
    if "xl/workbook.xml" not in names:
        raise NotReadable(_("This is a ZIP file, but not an Excel workbook."))
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(_("The workbook is locked by a password. Save it without one."))
    if any(name.startswith(REFUSED_PARTS) for name in names):
        raise NotReadable(
            _("The workbook holds macros or links to other files. Save the sheet alone as CSV.")
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotReadable(_("Unpacked, the workbook is larger than may be read."))
    if any(_is_too_steep(part) for part in parts):
        raise NotReadable(_("Unpacked, the workbook is larger than may be read."))
    for part, name in zip(parts, names, strict=True):
        if name.endswith((".xml", ".rels", ".vml")):
            _refuse_doctype(archive, part)


def _is_too_steep(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_PART and part.file_size > STEEPEST * max(part.compress_size, 1)


def _refuse_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    # Walked by a parser, not searched for "<!DOCTYPE": that could be hidden by an encoding.
    parser = expat.ParserCreate()

    def refuse(*_declared: object) -> None:
        raise _Doctype

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        with archive.open(part) as stream:
            parser.ParseFile(stream)
    except (_Doctype, expat.ExpatError) as problem:
        raise NotReadable(
            _("The workbook holds XML that a spreadsheet does not write. Save it again as CSV.")
        ) from problem


def _rows(content: bytes) -> Iterator[tuple[int, Sequence[Cell]]]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False, data_only=False)
    try:
        if not book.worksheets:
            raise NotReadable(_("The workbook has no sheet."))
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        found = 0
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            row = [_read(cell) for cell in cells]
            if number > LAST_ROW or found > MOST_ROWS + 1:
                raise NotReadable(_("The table has more than 5,000 rows. Divide it."))
            if not any(row):
                continue
            if row[MOST_COLUMNS:] != [""]:
                raise NotReadable(_("The table has more than 200 columns."))
            found += 1
            yield number, _without_empty_end(row)
    finally:
        book.close()


def _read(cell: Any) -> Cell:
    if cell.value is None:
        return ""
    if cell.data_type == "f":
        return BadCell("formula")
    if cell.data_type == "e":
        return BadCell("error")
    return legible(_as_text(cell.value))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _without_empty_end(row: list[Cell]) -> list[Cell]:
    last = max(place for place, cell in enumerate(row) if cell)
    return row[: last + 1]
