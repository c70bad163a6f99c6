"""A case: opened, looked at, warned of, assigned, moved, noted, closed, reopened."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import Actor, NotAllowed, require
from tumar.access.models import User
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.models import Person
from tumar.people.rules.pseudonyms import ALPHABET
from tumar.protection.commands.conflict import refuse_stale
from tumar.protection.commands.desk import put_on_desk, refresh_desk
from tumar.protection.models import Case, CaseAccess, Note, Screening
from tumar.protection.policy import Act
from tumar.protection.queries import CasePage, case_page, counted_facts, workers_of
from tumar.reference.models import Organisation


def open_case(
    *,
    actor: Actor,
    person: Person,
    at: datetime,
    kind: str = "tip",
    screening: Screening | None = None,
    safety: str = "",
    risk: str = "medium",
    urgently: bool = False,
) -> Case:
    """Open a case led by the actor's organisation.

    Args:
        urgently: as part of an urgent referral, which a screener may make without keeping cases.
    """
    with audit.record(actor, Act.OPEN_CASE, on=Case, at=at, person=person.pk) as event:
        require(actor, Act.REFER_URGENTLY if urgently else Act.OPEN_CASE, screening)
        lead = Organisation.objects.get(pk=actor.organisation_id)
        case = Case.objects.create(
            ref=_new_ref(at),
            data_key=person.data_key,
            kind=kind,
            person=person,
            screening=screening,
            lead=lead,
            worker_id=None if urgently else actor.user_id,
            safety=safety,
            risk=risk,
            opened_at=at,
            **counted_facts(person, at.date()),
        )
        event.note(case=str(case.pk))
        if screening is not None and screening.person_id is None:
            screening.person = person
            screening.save(update_fields=["person"])
        put_on_desk(
            actor=actor,
            case=case,
            organisation=lead,
            capacity="lead",
            ground="lead",
            groups=ALL_GROUPS,
            at=at,
        )
        return case


def open_case_page(*, actor: Actor, case: Case, at: datetime) -> CasePage:
    """Everything the actor may see of a case; the look is on record before it is shown."""
    with audit.look(actor, Act.LOOK, on=case, at=at, person=case.person_id):
        require(actor, Act.LOOK, case)
        return case_page(actor, case)


def set_safety(*, actor: Actor, case: Case, safety: str, based_on: int, at: datetime) -> None:
    """Write how to reach her without danger: the banner of every page of the case.

    Raises:
        ChangedMeanwhile: a colleague saved since `based_on`.
    """
    with audit.record(actor, Act.SET_SAFETY, on=case, at=at, person=case.person_id):
        case = Case.objects.select_related("data_key").lock(case)
        require(actor, Act.SET_SAFETY, case)
        refuse_stale(case.version, based_on, {"safety": case.safety})
        case.safety = safety
        case.version += 1
        case.save(update_fields=["safety", "version"])


def assess_risk(*, actor: Actor, case: Case, risk: str, at: datetime) -> None:
    """Set the level of risk."""
    with audit.record(actor, Act.ASSESS_RISK, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.lock(case)
        require(actor, Act.ASSESS_RISK, case)
        case.risk = risk
        case.save(update_fields=["risk"])
        event.note(risk=risk)


def assign_case(*, actor: Actor, case: Case, worker: User | None, at: datetime) -> None:
    """Give a case to a case worker of the lead, or to nobody for now.

    Raises:
        NotAllowed: not the actor's to assign, or the worker keeps no cases for the lead.
    """
    with audit.record(actor, Act.ASSIGN, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.lock(case)
        require(actor, Act.ASSIGN, case)
        _refuse_stranger(case, worker)
        case.worker = worker
        case.save(update_fields=["worker"])
        CaseAccess.objects.active().filter(case=case, capacity="lead").update(worker=worker)
        event.note(worker=worker.pk if worker else None)


def move_case(*, actor: Actor, case: Case, to: str, at: datetime) -> None:
    """Move an open case to another open state."""
    with audit.record(actor, Act.MOVE, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.lock(case)
        require(actor, Act.MOVE, (case, to))
        case.status = to
        case.save(update_fields=["status"])
        event.note(to=to)


def write_note(
    *, actor: Actor, case: Case, text: str, kind: str, happened_on: date, at: datetime
) -> Note:
    """Add a sealed note. Notes are never changed; see `correct_note`."""
    with audit.record(actor, Act.NOTE, on=case, at=at, person=case.person_id):
        require(actor, Act.NOTE, case)
        return _note(actor, case, text, kind, happened_on, at)


def correct_note(*, actor: Actor, note: Note, text: str, at: datetime) -> Note:
    """Write a correction beside a note; both stay."""
    with audit.record(actor, Act.CORRECT, on=note, at=at, person=note.case.person_id):
        require(actor, Act.CORRECT, note)
        return _note(actor, note.case, text, "correction", note.happened_on, at, corrects=note)


def close_case(*, actor: Actor, case: Case, reason: str, at: datetime) -> None:
    """Close a case; nothing is deleted, and every desk but the lead's is cleared.

    Raises:
        NotAllowed: not a supervisor of the lead, or a referral is under way.
    """
    with audit.record(actor, Act.CLOSE, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.lock(case)
        require(actor, Act.CLOSE, case)
        case.status, case.closed_at, case.closure_reason = "closed", at, reason
        case.save(update_fields=["status", "closed_at", "closure_reason"])
        event.note(reason=reason)
        refresh_desk(case)


def reopen_case(*, actor: Actor, case: Case, at: datetime) -> None:
    """Open a closed case again, for the same lead."""
    with audit.record(actor, Act.REOPEN, on=case, at=at, person=case.person_id):
        case = Case.objects.lock(case)
        require(actor, Act.REOPEN, case)
        case.status, case.closed_at, case.closure_reason = "open", None, ""
        case.save(update_fields=["status", "closed_at", "closure_reason"])
        refresh_desk(case)


def _refuse_stranger(case: Case, worker: User | None) -> None:
    if worker is not None and worker.pk not in workers_of(case.lead_id):
        raise NotAllowed(_("This person keeps no cases for your organisation."))


def _note(
    actor: Actor, case: Case, text: str, kind: str, happened_on: date, at: datetime,
    corrects: Note | None = None,
) -> Note:  # fmt: skip
    return Note.objects.create(
        case=case,
        data_key=case.data_key,
        author_id=actor.user_id,
        organisation_id=actor.organisation_id,
        kind=kind,
        text=text,
        corrects=corrects,
        happened_on=happened_on,
        written_at=at,
    )


def _new_ref(at: datetime) -> str:
    # Random, not counted: two organisations never wait for each other, and a reference does
    # not tell how many cases there are.
    chosen = "".join(secrets.choice(ALPHABET) for _ in range(5))
    return f"{settings.TUMAR_COUNTRY[:2]}-{at:%y}-{chosen}".lower()
