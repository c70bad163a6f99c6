"""The layouts of the Counter-Trafficking Data Collaborative, in and out."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import IO, TextIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tumar.access import Actor
from tumar.evidence.commands.intake import Intake, Keep, Progress, take_in
from tumar.evidence.exchange.files import NotReadable, opened, text_lines
from tumar.evidence.models import Batch, Record
from tumar.evidence.rules.cells import Check, checks
from tumar.evidence.rules.layouts import Layout, UnknownLayout, recognise
from tumar.evidence.rules.records import Facts, Refusal, Row, cells_of, check_row

MOST_REFUSALS = 1000
"""Bad cells that are told one by one; after so many the file needs another look anyway."""
DELIMITERS = (",", ";", "\t")  # spreadsheets write the second and third in half the world
REMEMBERED_ROWS = 30_000  # some 2 kB each
STEP = 5000  # rows between two signs of progress


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file."""

    batch: Batch

    @property
    def refusals(self) -> list[Refusal]:
        return [Refusal(*refusal) for refusal in self.batch.refusals]

    def __str__(self) -> str:
        batch = self.batch
        if batch.keep == "none" and batch.rows_refused:
            return _("Nothing was kept: %(refused)s of %(read)s rows are bad.") % {
                "refused": batch.rows_refused,
                "read": batch.rows_read,
            }
        return _(
            "%(read)s rows read: %(added)s added, %(there)s there already, %(refused)s refused."
        ) % {
            "read": batch.rows_read,
            "added": batch.rows_added,
            "there": batch.rows_there,
            "refused": batch.rows_refused,
        }


def import_ctdc(
    *,
    actor: Actor,
    path_or_file: Path | str | IO[bytes],
    keep: Keep,
    at: datetime,
    title: str = "",
    progress: Progress | None = None,
) -> ImportReport:
    """Take in a file of anonymous records; they enter statistics, never casework.

    The file is read twice, first to check every cell and then to keep the good rows, so that
    nothing is held in memory and nothing is locked while it is checked.

    Args:
        path_or_file: a path, or an open file that can be read from the start; `.csv` or `.csv.gz`.
        keep: "good" keeps the good rows, "none" keeps nothing as soon as one row is bad.
        title: what the source is called on every table; the layout's title when left out.
        progress: called with rows done and rows to do, None while nobody knows how many.

    Raises:
        NotReadable: the file is no table in one of the layouts; the message says what is wrong.
        NotAllowed: the actor may not import.
        ImportedMeanwhile: another import added the same rows at the same time.
    """
    with opened(path_or_file) as file:
        table = _Table.of(file, at.year)
        refusals, rows_read, rows_refused = table.checked(progress)
        intake = Intake(
            title=title or str(table.layout.title),
            sha256=_sha256(file),
            layout=table.layout,
            keep=keep,
            rows_read=rows_read,
            rows_refused=rows_refused,
            refusals=refusals,
            rows=table.good_rows(),
        )
        return ImportReport(take_in(actor=actor, intake=intake, at=at, progress=progress))


def export_ctdc(records: QuerySet[Record], layout: Layout, file: TextIO) -> int:
    """Write records of one layout as that layout is published; read again, they are the same.

    Returns:
        The rows written.
    """
    names = [each.name for each in fields(Facts)]
    write = csv.writer(file, lineterminator="\n").writerow
    write(layout.names)
    rows = 0
    for values in records.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        write(cells_of(layout, Facts(*values)))
        rows += 1
    return rows


@dataclass(frozen=True, slots=True)
class _Table:
    """A file whose header has been recognised."""

    file: IO[bytes]
    layout: Layout
    places: list[int]
    delimiter: str
    checked_by: list[Check]
    known: dict[str, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, file: IO[bytes], last_year: int) -> _Table:
        header = next(text_lines(file), "")
        if "\0" in header or not header.strip():
            raise NotReadable(_("The file does not begin with a row of column names."))
        problem = ""
        for delimiter in sorted(DELIMITERS, key=header.count, reverse=True):
            try:
                names = next(csv.reader([header], delimiter=delimiter))
                layout, places = recognise(names)
            except (UnknownLayout, csv.Error) as unknown:
                problem = problem or str(unknown)
                continue
            return cls(file, layout, places, delimiter, checks(layout, last_year))
        raise NotReadable(problem)

    def rows(self) -> Iterator[Row | list[Refusal]]:
        reader = csv.reader(text_lines(self.file), delimiter=self.delimiter, strict=True)
        next(reader)
        number = 1
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield [Refusal(number, "", "csv")]
                continue
            if cells:  # an empty line is no row
                yield self.row(number, cells)

    def row(self, number: int, cells: list[str]) -> Row | list[Refusal]:
        """The row, from memory if an equal one was accepted: four of five in the published file."""
        whole = "\x1f".join(cells)
        row: Row | list[Refusal] | None = self.known.get(whole)
        if row is None:
            row = check_row(number, cells, self.layout, self.places, self.checked_by)
            if isinstance(row, Row) and len(self.known) < REMEMBERED_ROWS:
                self.known[whole] = row
        return row

    def good_rows(self) -> Iterator[Row]:
        return (row for row in self.rows() if isinstance(row, Row))

    def checked(self, progress: Progress | None) -> tuple[list[Refusal], int, int]:
        """The first bad cells, and how many rows there are and are bad."""
        refusals: list[Refusal] = []
        read = refused = 0
        for read, row in enumerate(self.rows(), start=1):
            if not isinstance(row, Row):
                refused += 1
                refusals += row[: MOST_REFUSALS - len(refusals)]
            if progress and read % STEP == 0:
                progress(read, None)
        if not read:
            raise NotReadable(_("The file has a header and no rows."))
        return refusals, read, refused


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(1024 * 1024):
        digest.update(part)
    return digest.hexdigest()
