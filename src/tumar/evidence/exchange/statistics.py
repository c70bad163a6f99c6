"""The statistics page as a file: the same numbers, the same hidden ones, and how they were made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tumar import audit
from tumar.access import Actor, require
from tumar.evidence.models import Release
from tumar.evidence.policy import Act
from tumar.evidence.queries import EVERYTHING, Filters, Statistics, statistics
from tumar.evidence.rules.release import HIDDEN, SMALL, Amount

Kind = Literal["csv", "xlsx"]
HEADER = ("source", "years", "table", "code", "category", "part_of", "sex", "people", "status")
STATUS: dict[object, str] = {SMALL: "below_5", HIDDEN: "hidden_to_protect"}

# What makes a spreadsheet calculate, also behind spaces, in full width or after invisible marks.
STARTERS = frozenset("=+-@|%＝＋－＠\t\r\n")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060 \u00a0"


class NothingCounted(ValueError):
    """There are no statistics yet; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written."""

    kind: Kind
    rows: int

    def __str__(self) -> str:
        return ngettext("%(rows)s row written.", "%(rows)s rows written.", self.rows) % {
            "rows": self.rows
        }


def export_statistics(
    *,
    actor: Actor,
    path_or_file: Path | str | IO[bytes],
    at: datetime,
    kind: Kind | None = None,
    filters: Filters = EVERYTHING,
) -> ExportReport:
    """Write the statistics to a file, and leave a line that they went out.

    Args:
        kind: "csv" or "xlsx"; by the ending of the path when left out, else CSV.
        filters: as on the page.

    Raises:
        NotAllowed: the actor may not take statistics out of the house.
        NothingCounted: there is nothing to write.
    """
    kind = kind or ("xlsx" if str(path_or_file).endswith(".xlsx") else "csv")
    with audit.look(actor, Act.EXPORT, on=Release, at=at) as event:
        require(actor, Act.EXPORT, Release)
        found = statistics(filters, at)
        if found is None:
            raise NothingCounted(_("Nothing has been counted yet. Import records, or count cases."))
        rows = list(_rows(found))
        content = WRITERS[kind](found, rows)
        event.note(source=found.source, kind=kind, rows=len(rows))
        if isinstance(path_or_file, Path | str):
            Path(path_or_file).write_bytes(content)
        else:
            path_or_file.write(content)
    return ExportReport(kind, len(rows))


def about(found: Statistics) -> list[tuple[str, str]]:
    """What must be known to read the numbers. Source: UN Fundamental Principles, principle 3."""
    return [
        (_("Source"), found.source_title),
        (_("Years"), found.years),
        (_("Counting unit"), _("persons")),
        (_("Counting rule"), found.definition),
        (_("Suppression"), found.suppression),
        (_("Counted"), f"{found.counted_at:%Y-%m-%d %H:%M} UTC"),
        (_("Extracted"), f"{found.extracted_at:%Y-%m-%d %H:%M} UTC"),
        *[(table.title, table.note) for table in found.tables if table.note],
    ]


def plain_text(text: str) -> str:
    """The text as a spreadsheet will not calculate it: an apostrophe goes before a formula."""
    bare = text.lstrip(INVISIBLE)
    return f"'{text}" if bare[:1] in STARTERS and bare else text


def _rows(found: Statistics) -> Iterator[tuple[str | int, ...]]:
    """One row for each number of the page."""
    yield _row(found, found.years, "total", "", _("Total"), "", "", found.total)
    for year in found.by_year:
        yield _row(found, year.label, "year", "", _("Total"), "", "", year.total)
        for sex, amount in zip(found.sexes, year.by_sex, strict=True):
            yield _row(found, year.label, "year_by_sex", "", _("Total"), "", sex, amount)
    for table in found.tables:
        for line in table.lines:
            yield _row(
                found, found.years, table.key, line.code, line.label, line.part_of, "", line.amount
            )


def _row(
    found: Statistics,
    years: str,
    table: str,
    code: str,
    category: str,
    part_of: str,
    sex: str,
    amount: Amount,
) -> tuple[str | int, ...]:
    people = "" if amount == HIDDEN else amount
    status = STATUS.get(amount, "shown")
    return found.source, years, table, code, category, part_of, sex, people, status


def _csv(found: Statistics, rows: list[tuple[str | int, ...]]) -> bytes:
    text = io.StringIO()
    text.write("\ufeff")  # without it spreadsheets read UTF-8 as something else
    write = csv.writer(text).writerow
    for name, value in about(found):
        write([f"# {name}", plain_text(value)])
    write(HEADER)
    for row in rows:
        write([plain_text(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode()


def _xlsx(found: Statistics, rows: list[tuple[str | int, ...]]) -> bytes:
    file = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True, **safe}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        figures = book.add_worksheet(_("Figures"))
        figures.freeze_panes(1, 0)
        figures.set_column(0, len(HEADER) - 1, 18)
        for place, name in enumerate(HEADER):
            figures.write_string(0, place, name, bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                write = figures.write_number if isinstance(cell, int) else figures.write_string
                write(number, place, cell)
        notes = book.add_worksheet(_("About"))
        notes.set_column(0, 0, 22)
        notes.set_column(1, 1, 90)
        for number, (name, value) in enumerate(about(found)):
            notes.write_string(number, 0, name, bold)
            notes.write_string(number, 1, value, wrapped)
    return file.getvalue()


Writer = Callable[[Statistics, list[tuple[str | int, ...]]], bytes]
WRITERS: dict[Kind, Writer] = {"csv": _csv, "xlsx": _xlsx}
