"""Taking in the cases of one file: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import Actor, require, verdict
from tumar.people.commands import record_consent, register_person
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.rules import Identity
from tumar.protection.commands.case import close_case, move_case, open_case, write_note
from tumar.protection.commands.identification import describe_event, record_decision
from tumar.protection.commands.support import agree_plan
from tumar.protection.models import Case, ImportBatch, ImportedRow
from tumar.protection.policy import Act
from tumar.reference.models import Organisation

CHUNK = 500  # digests asked for at once; SQLite as it is often built takes 999 values

Keep = Literal["good", "none"]
Progress = Callable[[int, int | None], None]


class ImportedMeanwhile(ValueError):
    """Somebody else's import has added the same rows while this one ran."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What one row says, checked. Lives in memory only; `digest` stands for the whole row."""

    digest: str
    identity: Identity
    event: Mapping[str, Any] | None = None  # as `describe_event` takes it
    decision: str = ""  # potential, identified or not_identified
    body_kind: str = ""
    objectives: str = ""
    review_on: date | None = None
    is_consented: bool = False
    notes: Sequence[str] = ()
    status: str = "open"
    closure_reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file whose every cell was checked, and its good rows."""

    kind: Literal["xlsx", "csv"]
    keep: Keep
    rows_read: int
    rows_refused: int
    refusals: Sequence[tuple[int, str, str]]  # row, column, reason
    ignored: Sequence[str]
    arrivals: Sequence[Arrival] = field(repr=False)

    @property
    def is_kept(self) -> bool:
        return self.keep == "good" or not self.rows_refused


def take_in(
    *, actor: Actor, file: CheckedFile, at: datetime, progress: Progress | None = None
) -> ImportBatch:
    """Make a person and a case, led by the actor's organisation, of each row not there yet.

    One transaction: after a crash there is nothing. With `keep` "none" and a bad row there is
    only the import's own entry, which tells what was wrong.

    Args:
        progress: called with the rows done and the rows to do.

    Raises:
        NotAllowed: the actor may not import, or may not do what a row needs.
        ImportedMeanwhile: another import added the same rows at the same time.
    """
    try:
        with audit.record(actor, Act.IMPORT, on=ImportBatch, at=at) as event:
            require(actor, Act.IMPORT, None)
            batch = _begin(actor, file, at)
            if file.is_kept:
                _add_cases(actor, batch, file.arrivals, at, progress)
                batch.save(update_fields=["rows_added", "rows_there"])
            event.note(
                batch=batch.pk,
                format=batch.kind,
                read=batch.rows_read,
                added=batch.rows_added,
                refused=batch.rows_refused,
            )
            return batch
    except IntegrityError as clash:
        raise ImportedMeanwhile(
            _("The same rows were being imported elsewhere. Import again: nothing is added twice.")
        ) from clash


def _begin(actor: Actor, file: CheckedFile, at: datetime) -> ImportBatch:
    return ImportBatch.objects.create(
        organisation_id=actor.organisation_id,
        kind=file.kind,
        keep=file.keep,
        rows_read=file.rows_read,
        rows_refused=file.rows_refused,
        refusals=[list(refusal) for refusal in file.refusals],
        ignored=list(file.ignored),
        imported_at=at,
        imported_by=actor.user_id,
    )


def _add_cases(
    actor: Actor,
    batch: ImportBatch,
    arrivals: Sequence[Arrival],
    at: datetime,
    progress: Progress | None,
) -> None:
    there = _known(actor, [arrival.digest for arrival in arrivals])
    seen: Counter[str] = Counter()
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    for done, arrival in enumerate(arrivals, start=1):
        seen[arrival.digest] += 1
        if seen[arrival.digest] > there.get(arrival.digest, 0):
            case = _make_case(actor, organisation, arrival, at)
            ImportedRow.objects.create(
                batch=batch,
                organisation=organisation,
                digest=arrival.digest,
                occurrence=seen[arrival.digest],
                case=case,
            )
            batch.rows_added += 1
        else:
            batch.rows_there += 1
        if progress:
            progress(done, len(arrivals))


def _known(actor: Actor, digests: Sequence[str]) -> dict[str, int]:
    """How often each row came in earlier files of the actor's organisation."""
    known: dict[str, int] = {}
    for start in range(0, len(digests), CHUNK):
        rows = ImportedRow.objects.filter(
            organisation=actor.organisation_id, digest__in=digests[start : start + CHUNK]
        )
        known |= dict(rows.values_list("digest").annotate(Max("occurrence")))
    return known


def _make_case(actor: Actor, organisation: Organisation, arrival: Arrival, at: datetime) -> Case:
    person = register_person(
        actor=actor, organisation=organisation, identity=arrival.identity, at=at
    )
    case = open_case(actor=actor, person=person, at=at)
    if arrival.event is not None:
        describe_event(actor=actor, case=case, content=arrival.event, based_on=0, at=at)
    if arrival.objectives or arrival.review_on:
        agree_plan(
            actor=actor, case=case, objectives=arrival.objectives, agreed_with_person=False,
            review_on=arrival.review_on, based_on=0, at=at,
        )  # fmt: skip
    if arrival.is_consented:
        _record_consent(actor, case, at)
    _decide(actor, organisation, case, arrival, at)
    _write_notes(actor, case, arrival.notes, at)
    _move(actor, case, arrival, at)
    return case


def _record_consent(actor: Actor, case: Case, at: datetime) -> None:
    """The standard has one box to tick: it says no more than that the case may be managed."""
    record_consent(
        actor=actor,
        person=case.person,
        purpose="case_management",
        recipient=None,
        groups=ALL_GROUPS,
        state="given",
        given_by="self",
        method="digital",
        words=_("One ticked box in a file of another system; ask again when you meet."),
        at=at,
    )


def _decide(actor: Actor, body: Organisation, case: Case, arrival: Arrival, at: datetime) -> None:
    """Record the decision as far as the actor may; a final one is the coordinator's to record."""
    for status in _steps(actor, case, arrival.decision):
        record_decision(
            actor=actor,
            case=case,
            status=status,
            body=body,
            body_kind=arrival.body_kind or "other",
            legal_reference=_("HTCDS file; no article given"),
            reasons=_("Taken over from a file of another system, on the day of the import."),
            decided_on=at.date(),
            at=at,
        )


def _steps(actor: Actor, case: Case, decision: str) -> list[str]:
    is_final = bool(verdict(actor, Act.DECIDE, (case, "identified")))
    if decision == "not_identified":
        return ["potential", "not_identified"] if is_final else []
    if decision == "identified" and not is_final:
        return ["presumed"]
    return [decision] if decision else []


def _write_notes(actor: Actor, case: Case, notes: Iterable[str], at: datetime) -> None:
    for text in notes:
        write_note(
            actor=actor, case=case, text=text, kind="observation", happened_on=at.date(), at=at
        )


def _move(actor: Actor, case: Case, arrival: Arrival, at: datetime) -> None:
    case.refresh_from_db(fields=["status"])
    if arrival.status == "closed":
        close_case(actor=actor, case=case, reason=arrival.closure_reason, at=at)
        return
    if case.status == "intake":
        move_case(actor=actor, case=case, to="open", at=at)
    if arrival.status == "follow_up":
        move_case(actor=actor, case=case, to="follow_up", at=at)
