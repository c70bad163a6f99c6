"""A file somebody gives us as rows of text, whether XLSX or CSV; never more than fits."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from tumar.protection.exchange.cells import legible, unguarded
from tumar.protection.exchange.fields import Field, field_of, is_of_the_form
from tumar.protection.exchange.workbooks import (
    MOST_COLUMNS,
    MOST_ROWS,
    BadCell,
    Cell,
    NotReadable,
    read_workbook,
)

LARGEST = 10 * 1024 * 1024  # bytes as they come
DELIMITERS = (",", ";", "\t")  # spreadsheets write the second and third in half the world
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"

Kind = Literal["xlsx", "csv"]
Numbered = tuple[int, Sequence[Cell]]  # rows are counted as a spreadsheet counts them


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading was recognised. `places` says where which column stands."""

    kind: Kind
    places: dict[int, Field]
    unknown: tuple[str, ...]  # the letters of columns that are not the standard's
    width: int
    rows: list[Numbered]


def read_table(content: bytes) -> Table:
    """Read a file from memory.

    Raises:
        NotReadable: it is no table in the layout of HTCDS; the message says what is wrong, and
            never repeats what stands in the file.
    """
    if not content.strip():
        raise NotReadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise NotReadable(_("The file is larger than 10 MB. Divide it into several."))
    if content.startswith(b"PK"):
        return _table("xlsx", read_workbook(content))
    return _table("csv", _csv_rows(content))


def _table(kind: Kind, rows: list[Numbered]) -> Table:
    if not rows:
        raise NotReadable(_("The file is empty."))
    _number, heading = rows[0]
    names = [cell if isinstance(cell, str) else "" for cell in heading]
    if any(isinstance(cell, BadCell) for cell in heading):
        raise NotReadable(_("The first row must hold the column names as plain text."))
    fields = {place: field_of(name) for place, name in enumerate(names)}
    places = {place: field for place, field in fields.items() if field}
    if not places:
        raise NotReadable(
            _("The first row holds no column name of HTCDS 2.0, such as prs_FirstName.")
        )
    _refuse_doubled(places)
    unknown = tuple(
        get_column_letter(place + 1)
        for place, name in enumerate(names)
        if name and place not in places and not is_of_the_form(name)
    )
    return Table(kind, places, unknown, len(names), rows[1:])


def _refuse_doubled(places: dict[int, Field]) -> None:
    doubled = [name for name, met in Counter(f.name for f in places.values()).items() if met > 1]
    if doubled:
        raise NotReadable(
            _("The column %(name)s is there more than once. Keep one of them.")
            % {"name": doubled[0]}
        )


def _csv_rows(content: bytes) -> list[Numbered]:
    text = _decoded(content)
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda each: _recognised(first, each))
    rows = list(_rows(io.StringIO(text, newline=""), delimiter))
    if len(rows) > MOST_ROWS + 1:
        raise NotReadable(_too_many())
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        raise NotReadable(_("The file is text in UTF-16. Save it again as “CSV UTF-8”."))
    if content.startswith(OLD_EXCEL):
        raise NotReadable(_("This is an old Excel file (.xls). Save it again as .xlsx."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise NotReadable(
            _("The file is not text in UTF-8. Save it again as “CSV UTF-8”.")
        ) from problem
    if "\0" in text:
        raise NotReadable(_("This is not a text file. Choose an XLSX or CSV file."))
    return text


def _recognised(line: str, delimiter: str) -> int:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0
    return sum(field_of(name) is not None for name in names)


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[Numbered]:
    """Rows that hold something, numbered; one that cannot be read is one bad cell."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, [BadCell("csv")]
            continue
        if len(cells) > MOST_COLUMNS:
            raise NotReadable(_("The table has more than 200 columns."))
        if any(cell.strip() for cell in cells):
            yield number, [legible(unguarded(cell)) for cell in cells]


def _too_many() -> str:
    return _("The table has more than 5,000 rows. Divide it into several files.")
