"""A file of cases in the layout of HTCDS 2.0, taken in: checked first, then kept as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from tumar.access import Actor, Role
from tumar.protection.commands.intake import Arrival, CheckedFile, Keep, Progress, take_in
from tumar.protection.exchange.rows import Refusal, Row, arrival_of, check_row
from tumar.protection.exchange.tables import LARGEST, Table, read_table
from tumar.protection.exchange.workbooks import MOST_ROWS, NotReadable
from tumar.protection.models import ImportBatch

MOST_REFUSALS = 1000
"""Bad cells that are told one by one; after so many the file needs another look anyway."""


class UnknownColumns(NotReadable):
    """Some columns are not the standard's, and the user has not said to pass over them."""

    def __init__(self, letters: tuple[str, ...]) -> None:
        super().__init__(
            _(
                "These columns are not in HTCDS 2.0: %(letters)s. Correct their names, or choose "
                "to pass over them."
            )
            % {"letters": ", ".join(letters)}
        )
        self.letters = letters


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file."""

    batch: ImportBatch

    @property
    def refusals(self) -> list[Refusal]:
        return [Refusal(*refusal) for refusal in self.batch.refusals]

    def __str__(self) -> str:
        batch = self.batch
        counts = {
            "read": batch.rows_read,
            "added": batch.rows_added,
            "there": batch.rows_there,
            "refused": batch.rows_refused,
        }
        if batch.keep == "none" and batch.rows_refused:
            return _("Nothing was kept: %(refused)s of %(read)s rows are bad.") % counts
        return (
            _("%(read)s rows read: %(added)s added, %(there)s there already, %(refused)s refused.")
            % counts
        )


def import_htcds(
    *,
    actor: Actor,
    path_or_file: Path | str | IO[bytes],
    keep: Keep,
    at: datetime,
    ignore_unknown: bool = False,
    most_rows: int = MOST_ROWS,
    progress: Progress | None = None,
) -> ImportReport:
    """Make a person and a case of each row of an XLSX or CSV file, led by the actor's organisation.

    The file is read into memory, at most 10 MB of it, and never written anywhere.

    Args:
        keep: "good" keeps the good rows, "none" keeps nothing as soon as one row is bad.
        ignore_unknown: pass over columns that are not of the standard; their letters are kept.
        most_rows: how many rows the caller has time for.
        progress: called with rows done and rows to do.

    Raises:
        NotReadable: the file is no table in the layout; the message says what is wrong.
        NotAllowed: the actor may not import.
        ImportedMeanwhile: another import added the same rows at the same time.
    """
    table = read_table(_content(path_or_file))
    if table.unknown and not ignore_unknown:
        raise UnknownColumns(table.unknown)
    if len(table.rows) > most_rows:
        raise NotReadable(
            _(
                "The table has more than %(most)s rows. Divide it, or ask for it to be imported "
                "on the server."
            )
            % {"most": number_format(most_rows, force_grouping=True)}
        )
    checked = _checked(table, keep, at, may_close=actor.has(Role.SUPERVISOR))
    return ImportReport(take_in(actor=actor, file=checked, at=at, progress=progress))


def _content(path_or_file: Path | str | IO[bytes]) -> bytes:
    if isinstance(path_or_file, Path | str):
        with Path(path_or_file).open("rb") as file:
            return file.read(LARGEST + 1)
    path_or_file.seek(0)
    return path_or_file.read(LARGEST + 1)


def _checked(table: Table, keep: Keep, at: datetime, *, may_close: bool) -> CheckedFile:
    arrivals: list[Arrival] = []
    refusals: list[Refusal] = []
    refused = 0
    for number, cells in table.rows:
        row = check_row(number, cells, table, at.date(), may_close=may_close)
        if isinstance(row, Row):
            arrivals.append(arrival_of(row))
        else:
            refused += 1
            refusals += row[: MOST_REFUSALS - len(refusals)]
    return CheckedFile(
        kind=table.kind,
        keep=keep,
        rows_read=len(table.rows),
        rows_refused=refused,
        refusals=[(wrong.row, wrong.column, wrong.reason) for wrong in refusals],
        ignored=table.unknown,
        arrivals=arrivals,
    )
