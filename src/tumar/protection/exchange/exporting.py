"""Cases written in the layout of HTCDS 2.0: who may, how many, and what stays in the house."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Literal

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tumar import audit
from tumar.access import Actor, require
from tumar.protection.exchange.cells import guarded
from tumar.protection.exchange.fields import columns
from tumar.protection.exchange.notes import Line, notes
from tumar.protection.exchange.writing import Cells, cells_of, is_lossy
from tumar.protection.models import Case
from tumar.protection.policy import IDENTITIES_AT_MOST, Act, export_limit
from tumar.protection.queries.exported import ExportedCase, exportable, exported_cases

Kind = Literal["xlsx", "csv"]
SHEET = "HTCDS 2.0"
CODED = "coded"  # the columns without identity, as the log names them
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyCases(ValueError):
    """More cases than the actor may export at a time; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an export is to hold. `purpose` is a code of the list `purposes`: why it is made."""

    purpose: str
    kind: Kind = "xlsx"
    with_identity: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(slots=True)
class ExportReport:
    """What was written. `withheld` persons have not agreed that their identity leaves."""

    kind: Kind
    with_identity: bool
    cases: int = 0
    withheld: int = 0
    identified: list[str] = field(default_factory=list)  # pseudonymous ids, for the log
    lost: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        written = ngettext("%(n)s case written.", "%(n)s cases written.", self.cases)
        sentence = written % {"n": self.cases}
        if not self.with_identity:
            return sentence + " " + _("No identities.")
        return (
            sentence
            + " "
            + _("With identity: %(shown)s. Left blank, for want of consent: %(withheld)s.")
            % {"shown": len(self.identified), "withheld": self.withheld}
        )


def export_htcds(
    *, actor: Actor, path_or_file: Path | str | IO[bytes], wish: Wish, at: datetime
) -> ExportReport:
    """Write the cases on the actor's desk as XLSX or CSV, and leave a line that they went out.

    Nothing that is sealed is ever written to disk on the way: an export with identities is made
    in memory and holds at most 1,000 cases.

    Args:
        path_or_file: a path where no file is yet, or a file open for writing bytes.

    Raises:
        NotAllowed: the actor may not export cases, or not with identities.
        TooManyCases: narrow the days, or ask a supervisor.
        FileExistsError: nothing is overwritten.
    """
    with audit.look(actor, Act.EXPORT, on=Case, at=at) as event:
        require(actor, Act.EXPORT, None)
        if wish.with_identity:
            require(actor, Act.EXPORT_IDENTITY, None)
        rows = exportable(actor, since=wish.since, until=wish.until)
        _refuse_too_many(actor, wish, rows.count())
        report = ExportReport(wish.kind, wish.with_identity)
        found = exported_cases(actor, rows, with_identity=wish.with_identity, at=at)
        with _room(wish) as file:
            WRITERS[wish.kind](file, _counted(found, report), report, at)
            event.note(**_facts(wish, report))
            _hand_over(file, path_or_file)
    return report


def _room(wish: Wish) -> IO[bytes]:
    """Where a file is made: with identities in memory only, whatever its size."""
    return io.BytesIO() if wish.with_identity else tempfile.TemporaryFile()


def _refuse_too_many(actor: Actor, wish: Wish, cases: int) -> None:
    most = export_limit(actor)
    if wish.with_identity:
        most = min(most, IDENTITIES_AT_MOST)
    if cases > most:
        raise TooManyCases(
            _("That would be %(cases)s cases; at most %(most)s at a time. Give a shorter period.")
            % {"cases": cases, "most": most}
        )


def _counted(found: Iterable[ExportedCase], report: ExportReport) -> Iterator[Cells]:
    for exported in found:
        report.cases += 1
        report.lost.update(name for name, is_so in is_lossy(exported).items() if is_so)
        if exported.identity is not None:
            report.identified.append(str(exported.case.person_id))
        elif report.with_identity:
            report.withheld += 1
        yield cells_of(exported)


def _facts(wish: Wish, report: ExportReport) -> dict[str, object]:
    facts: dict[str, object] = {
        "format": report.kind,
        "purpose": wish.purpose,
        "cases": report.cases,
        "columns": [CODED],
    }
    if wish.with_identity:
        facts["columns"] = [CODED, "identity", "contact", "location"]
        facts |= {"identities": len(report.identified), "withheld": report.withheld}
        facts["persons"] = report.identified
    return facts


def _hand_over(file: IO[bytes], path_or_file: Path | str | IO[bytes]) -> None:
    file.seek(0)
    if not isinstance(path_or_file, Path | str):
        while part := file.read(1024 * 1024):
            path_or_file.write(part)
        return
    handle = os.open(path_or_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        while part := file.read(1024 * 1024):
            target.write(part)


def _write_csv(
    file: IO[bytes], rows: Iterable[Cells], _report: ExportReport, _at: datetime
) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write("\ufeff")  # without it spreadsheets read UTF-8 as something else
    write = csv.writer(text, lineterminator="\r\n").writerow
    write(columns())
    for cells in rows:
        write([_csv_cell(cells.get(name, "")) for name in columns()])
    text.flush()
    text.detach()


def _csv_cell(cell: str | date) -> str:
    return guarded(cell) if isinstance(cell, str) else cell.isoformat()


def _write_xlsx(file: IO[bytes], rows: Iterable[Cells], report: ExportReport, at: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # Row by row through a closed folder; with identities in memory, where few fit anyway.
        how = {"in_memory": True} if report.with_identity else {"constant_memory": True}
        with xlsxwriter.Workbook(file, {**how, "tmpdir": folder, **AS_TEXT}) as book:
            _write_cases(book, rows)
            _write_notes(book, notes(_counts(report), at, with_identity=report.with_identity))


def _write_cases(book: Any, rows: Iterable[Cells]) -> None:
    sheet = book.add_worksheet(SHEET)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns()) - 1, 20)
    places = {name: place for place, name in enumerate(columns())}
    for name, place in places.items():
        sheet.write_string(0, place, name, bold)
    for number, cells in enumerate(rows, start=1):
        for name, cell in sorted(cells.items(), key=lambda each: places[each[0]]):
            if isinstance(cell, str):
                sheet.write_string(number, places[name], cell)
            else:
                sheet.write_datetime(number, places[name], cell, day)


def _write_notes(book: Any, lines: Iterable[Line]) -> None:
    sheet = book.add_worksheet("Notes")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for number, (name, words) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words, wrapped)


def _counts(report: ExportReport) -> dict[str, int]:
    return {
        "cases": report.cases,
        "identified": len(report.identified),
        "withheld": report.withheld,
        **report.lost,
    }


WRITERS = {"xlsx": _write_xlsx, "csv": _write_csv}
