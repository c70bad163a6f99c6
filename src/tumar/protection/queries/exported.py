"""Cases as an export sees them: a few queries for each some hundred, whatever they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Q, QuerySet

from tumar.access import Actor
from tumar.people.models import Consent, ConsentState, Person
from tumar.people.queries import counting
from tumar.people.queries.identities import identities_of
from tumar.people.rules import Identity
from tumar.protection.models import Case, CaseAccess, Plan, Referral, StatusDecision, TipEvent
from tumar.protection.rules import SECTION_GROUP
from tumar.reference.models import Organisation

CHUNK = 500  # cases read at a time
SHARING = ("international_sharing", "referral")  # purposes under which an identity may leave
IDENTITY_GROUPS = frozenset({"identity", "contact", "location"})
NO = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """A case with what its reader's organisation was granted; the rest is None or empty.

    `identity_groups` are those parts of the identity that may be written: granted and agreed to.
    """

    case: Case
    lead: Organisation
    event: TipEvent | None
    decision: StatusDecision | None
    review_on: date | None
    is_consented: bool
    incoming: Referral | None
    outgoing: Referral | None
    identity: Identity | None = field(default=None, repr=False)
    identity_groups: frozenset[str] = frozenset()


def exportable(
    actor: Actor, *, since: date | None = None, until: date | None = None
) -> QuerySet[CaseAccess, CaseAccess]:
    """The entries on the actor's desk, by the days on which the cases were opened."""
    rows = CaseAccess.objects.visible_to(actor).select_related(
        "case__lead", "case__person__data_key"
    )
    if since:
        rows = rows.filter(opened_at__date__gte=since)
    if until:
        rows = rows.filter(opened_at__date__lte=until)
    return rows.order_by("pk")


def exported_cases(
    actor: Actor, rows: QuerySet[CaseAccess, CaseAccess], *, with_identity: bool, at: datetime
) -> Iterator[ExportedCase]:
    """Read the cases of these entries, some hundred at a time; few are in memory at once."""
    entries = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(entries, CHUNK)):
        yield from _read(actor, chunk, with_identity=with_identity, at=at)


def _read(
    actor: Actor, chunk: Sequence[CaseAccess], *, with_identity: bool, at: datetime
) -> Iterator[ExportedCase]:
    cases = {row.case_id: row.case for row in chunk}
    persons = [case.person for case in cases.values()]
    # The account is sealed and never leaves; it is not even read.
    events = {
        event.case_id: event for event in TipEvent.objects.filter(case__in=cases).defer("account")
    }
    decisions = _latest_decisions(cases)
    reviews = dict(Plan.objects.filter(case__in=cases).values_list("case", "review_on"))
    managed = _managed(actor, persons, at)
    incoming, outgoing = _referrals(actor, cases)
    agreed = _agreed(persons, at) if with_identity else {}
    shown = {
        row.case_id: frozenset(row.groups) & IDENTITY_GROUPS & agreed.get(row.case.person_id, set())
        for row in chunk
    }
    opened = identities_of(cases[pk].person for pk, groups in shown.items() if groups)
    for row in chunk:
        groups = set(row.groups)
        yield ExportedCase(
            case=row.case,
            lead=row.case.lead,
            event=events.get(row.case_id) if SECTION_GROUP["event"] in groups else None,
            decision=decisions.get(row.case_id) if SECTION_GROUP["decisions"] in groups else None,
            review_on=reviews.get(row.case_id),
            is_consented=row.case.person_id in managed,
            incoming=incoming.get(row.case_id),
            outgoing=outgoing.get(row.case_id),
            identity=opened.get(row.case.person_id) if shown[row.case_id] else None,
            identity_groups=shown[row.case_id],
        )


def _latest_decisions(cases: dict[UUID, Case]) -> dict[UUID, StatusDecision]:
    rows = StatusDecision.objects.filter(case__in=cases).defer("reasons")
    return {row.case_id: row for row in rows.order_by("decided_on", "recorded_at")}


def _managed(actor: Actor, persons: Sequence[Person], at: datetime) -> set[UUID]:
    """Persons who have agreed that the actor's organisation keeps their case."""
    answers = Consent.objects.live(at).filter(
        person__in=persons, asked_by=actor.organisation_id, purpose="case_management"
    )
    return set(answers.values_list("person", flat=True))


def _agreed(persons: Sequence[Person], at: datetime) -> dict[UUID, set[str]]:
    """The groups of facts each person lets go to whoever gets a file: she names no recipient.

    For each purpose her latest answer counts. A no to somebody by name is respected, too: who
    will read a file cannot be known.
    """
    answers: defaultdict[tuple[UUID, str], list[Consent]] = defaultdict(list)
    for answer in Consent.objects.filter(person__in=persons, purpose__in=SHARING).defer("words"):
        answers[answer.person_id, answer.purpose].append(answer)
    agreed: defaultdict[UUID, set[str]] = defaultdict(set)
    for (person, _purpose), given in answers.items():
        latest = counting(given)
        general = counting([answer for answer in given if answer.recipient_id is None])
        if latest and latest.state not in NO and general and general.is_live(at):
            agreed[person] |= set(general.groups)
    return agreed


def _referrals(
    actor: Actor, cases: dict[UUID, Case]
) -> tuple[dict[UUID, Referral], dict[UUID, Referral]]:
    """The latest accepted referral to the organisation, and the latest it sent, of each case."""
    own = actor.organisation_id
    rows = (
        Referral.objects.filter(Q(sender=own) | Q(recipient=own), case__in=cases)
        .exclude(state="draft")
        .select_related("sender", "recipient")
        .defer("reason", "package", "feedback")
        .order_by("made_at")
    )
    accepted = {"accepted", "in_service", "completed"}
    came = {r.case_id: r for r in rows if r.recipient_id == own and r.state in accepted}
    went = {r.case_id: r for r in rows if r.sender_id == own}
    return came, went
