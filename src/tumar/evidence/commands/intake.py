"""Taking in the records of one file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any, Literal

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import Actor, require
from tumar.evidence.commands.tallies import count_batch
from tumar.evidence.models import Batch, Record
from tumar.evidence.policy import Act
from tumar.evidence.rules.layouts import Layout
from tumar.evidence.rules.records import Facts, Refusal, Row

CHUNK = 900  # rows; SQLite as it is often built takes 999 values in one question
FACTS = [field.name for field in fields(Facts)]

Keep = Literal["good", "none"]
Progress = Callable[[int, int | None], None]


class ImportedMeanwhile(ValueError):
    """Somebody else's import has added the same rows while this one ran."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A file that has been checked, and its good rows, ready to be read once.

    `refusals` may be fewer than belong to `rows_refused`: only the first are told.
    """

    title: str
    sha256: str
    layout: Layout
    keep: Keep
    rows_read: int
    rows_refused: int
    refusals: list[Refusal]
    rows: Iterable[Row]

    @property
    def is_kept(self) -> bool:
        return self.keep == "good" or not self.rows_refused


def take_in(
    *, actor: Actor, intake: Intake, at: datetime, progress: Progress | None = None
) -> Batch:
    """Add the rows that are not there yet as anonymous records, and count them.

    One transaction: after a crash there is nothing. With `keep` "none" and a bad row there is
    only the import's own entry, which tells what was wrong.

    Args:
        progress: called with the rows done and the rows to do.

    Raises:
        NotAllowed: the actor may not import; the message says who may.
        ImportedMeanwhile: another import added the same rows at the same time.
    """
    with audit.record(actor, Act.IMPORT, on=Batch, at=at) as event:
        require(actor, Act.IMPORT, Batch)
        batch = _begin(actor, intake, at)
        if intake.is_kept:
            _add_records(batch, intake, progress)
            batch.save()
            if batch.rows_added:
                count_batch(batch, at)
        event.note(
            batch=batch.pk, layout=batch.layout, read=batch.rows_read, added=batch.rows_added
        )
        return batch


def _begin(actor: Actor, intake: Intake, at: datetime) -> Batch:
    return Batch.objects.create(
        title=intake.title,
        sha256=intake.sha256,
        layout=intake.layout.key,
        keep=intake.keep,
        rows_read=intake.rows_read,
        rows_refused=intake.rows_refused,
        refusals=[[wrong.row, wrong.column, wrong.reason] for wrong in intake.refusals],
        imported_at=at,
        imported_by=actor.user_id,
    )


def _add_records(batch: Batch, intake: Intake, progress: Progress | None) -> None:
    seen: dict[str, int] = {}  # how often a row has come in this file
    there: dict[str, int] = {}  # how often it was there before this file
    for chunk in _chunks(intake.rows):
        keys = {row.key for row in chunk}
        there |= _occurrences(keys - there.keys())
        new = list(_new_records(batch, chunk, seen, there))
        _keep(new)
        batch.rows_added += len(new)
        batch.rows_there += len(chunk) - len(new)
        if progress:
            progress(batch.rows_added + batch.rows_there, intake.rows_read - intake.rows_refused)


def _keep(new: list[Record]) -> None:
    try:
        Record.objects.bulk_create(new)
    except IntegrityError as clash:
        raise ImportedMeanwhile(
            _("The same rows were being imported elsewhere. Import again: nothing is added twice.")
        ) from clash


def _new_records(
    batch: Batch, chunk: list[Row], seen: dict[str, int], there: Mapping[str, int]
) -> Iterator[Record]:
    for row in chunk:
        key = row.key
        occurrence = seen[key] = seen.get(key, 0) + 1
        if occurrence > there[key]:
            yield Record(batch=batch, row_key=key, occurrence=occurrence, **_columns(row))


def _columns(row: Row) -> dict[str, Any]:
    return {name: getattr(row.facts, name) for name in FACTS}


def _occurrences(keys: set[str]) -> dict[str, int]:
    found = Record.objects.filter(row_key__in=keys).values_list("row_key")
    return dict.fromkeys(keys, 0) | dict(found.annotate(Max("occurrence")))


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
