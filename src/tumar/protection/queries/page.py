"""A case as one organisation may see it: what was not shared is not even read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import Any, TypeVar

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.people.models import Consent
from tumar.protection.models import (
    Case,
    Goal,
    Need,
    Note,
    Plan,
    Referral,
    ServiceEpisode,
    StatusDecision,
    Task,
    TipEvent,
)
from tumar.protection.rules import NEED_GROUP, SECTION_GROUP
from tumar.reference.codelists import code_list

Row = TypeVar("Row", Need, Goal, Task, Note, StatusDecision, Referral)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened, for the time line. `text` may be sealed words, opened."""

    at: datetime
    kind: str  # note | decision | referral | service | screening | opened | closed
    title: str | Promise
    who: str
    text: str = ""
    tone: str = ""
    url: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case. A section that was not shared is empty and named in
    `withheld`.
    """

    case: Case
    capacity: str
    groups: frozenset[str]
    needs: Sequence[Need]
    plan: Plan | None
    goals: Sequence[Goal]
    services: Sequence[ServiceEpisode]
    tasks: Sequence[Task]
    referrals: Sequence[Referral]
    decisions: Sequence[StatusDecision]
    event: TipEvent | None
    consents: Sequence[Consent]
    timeline: Sequence[Moment]
    withheld: Sequence[str]

    def shows(self, section: str) -> bool:
        """Was this section shared with the reader's organisation?"""
        return SECTION_GROUP.get(section, "") in self.groups


def case_page(actor: Actor, case: Case) -> CasePage:
    """Read a case for one organisation, in a fixed number of queries.

    Args:
        case: with person, lead, worker, screening, plan, event and data key selected.
    """
    access = case.access_of(actor.organisation_id)
    groups = frozenset(access.groups if access else ())
    notes = _mine(case, list(case.notes.select_related("author"))) if "narrative" in groups else []
    decisions = (
        _mine(case, list(case.decisions.select_related("body"))) if "legal" in groups else []
    )
    services = _services(case, groups)
    referrals = _mine(case, _referrals(actor, case))
    return CasePage(
        case=case,
        capacity=access.capacity if access else "",
        groups=groups,
        needs=[n for n in _mine(case, list(case.needs.all())) if _may_read(n.domain, groups)],
        plan=_one(case, "plan"),
        goals=[
            g
            for g in _mine(case, list(case.goals.order_by("due_on")))
            if _may_read(g.domain, groups)
        ],
        services=services,
        tasks=_mine(case, _tasks(actor, case)),
        referrals=referrals,
        decisions=decisions,
        event=_one(case, "event") if "narrative" in groups else None,
        consents=list(
            Consent.objects.filter(person=case.person_id)
            .select_related("recipient")
            .order_by("-given_at")
        ),
        timeline=_timeline(
            case, groups, _mine(case, notes), _mine(case, decisions), services, referrals
        ),
        withheld=sorted(part for part, group in SECTION_GROUP.items() if group not in groups),
    )


def _mine(case: Case, rows: list[Row]) -> list[Row]:
    for row in rows:  # the same key for all: one unwrapping, no query
        row.data_key = case.data_key
        row.case = case
    return rows


def _one(case: Case, name: str) -> Any:
    # A reverse one-to-one that is not there raises; on a page it is simply empty.
    found = getattr(case, name, None)
    if found is not None:
        found.data_key = case.data_key
    return found


def _may_read(domain: str, groups: frozenset[str]) -> bool:
    group = NEED_GROUP.get(domain)
    return group is None or group in groups


def _services(case: Case, groups: frozenset[str]) -> list[ServiceEpisode]:
    """Services, but for those that tell of her health where health was not shared."""
    domains = code_list("service_types").mapping("need_domain")
    rows = case.services.select_related("provider").order_by("-offered_at")
    return [row for row in rows if _may_read(domains.get(row.service, ""), groups)]


def _tasks(actor: Actor, case: Case) -> list[Task]:
    mine = case.tasks.filter(organisation=actor.organisation_id, done_at=None)
    return list(mine.select_related("assignee").order_by("due_on"))


def _referrals(actor: Actor, case: Case) -> list[Referral]:
    """The lead sees all; others only what they sent or were sent."""
    both = Referral.objects.select_related("sender", "recipient").order_by("-made_at")
    # Kept on the case, for the rule about closing asks for the same rows.
    prefetch_related_objects([case], Prefetch("referrals", both))
    is_lead = case.lead_id == actor.organisation_id
    mine = (actor.organisation_id,)
    all_of_them = case.referrals.all()
    return [r for r in all_of_them if is_lead or r.sender_id in mine or r.recipient_id in mine]


def _timeline(
    case: Case,
    groups: frozenset[str],
    notes: Sequence[Note],
    decisions: Sequence[StatusDecision],
    services: Sequence[ServiceEpisode],
    referrals: Sequence[Referral],
) -> list[Moment]:
    moments = [
        *_of_case(case, groups),
        *(_of_note(note) for note in notes),
        *(_of_decision(decision) for decision in decisions),
        *(_of_service(service) for service in services),
        *(_of_referral(referral) for referral in referrals),
    ]
    return sorted(moments, key=attrgetter("at"), reverse=True)


def _of_case(case: Case, groups: frozenset[str]) -> Iterator[Moment]:
    yield Moment(case.opened_at, "opened", _("Case opened"), case.lead.name)
    if "narrative" in groups and case.screening and case.screening.finished_at:
        yield Moment(case.screening.finished_at, "screening", _("Screening finished"), "")
    if case.closed_at:
        yield Moment(
            case.closed_at,
            "closed",
            _("Case closed"),
            code_list("closure_reasons").label(case.closure_reason),
            tone="ok",
        )


def _of_note(note: Note) -> Moment:
    return Moment(
        at=note.written_at,
        kind="note",
        title=note.get_kind_display(),
        who=note.author.full_name,
        text=note.text,
        note=note,
    )


def _of_decision(decision: StatusDecision) -> Moment:
    return Moment(
        at=min(_noon(decision.decided_on), decision.recorded_at),
        kind="decision",
        title=code_list("decision_statuses").label(decision.status),
        who=decision.body.name,
        text=decision.reasons,
        tone="info",
    )


def _of_service(service: ServiceEpisode) -> Moment:
    return Moment(
        at=service.changed_at,
        kind="service",
        title=code_list("service_types").label(service.service),
        who=service.provider.name,
        text=code_list("service_states").label(service.state),
        tone="ok" if service.state == "completed" else "",
    )


def _of_referral(referral: Referral) -> Moment:
    return Moment(
        at=referral.answered_at or referral.made_at,
        kind="referral",
        title=referral.get_kind_display(),
        who=referral.recipient.name,
        text=code_list("referral_states").label(referral.state),
        tone="warn" if referral.state in {"sent", "received"} else "",
        url=referral.get_absolute_url(),
    )


def _noon(day: date) -> datetime:
    # A decision has a day and no hour; noon puts it among what happened that day, and never
    # later than it was written down.
    return datetime.combine(day, time(12), tzinfo=UTC)
