"""What lies on a desk: due, waiting, new; and the flow of the whole mechanism in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from tumar.access import Actor
from tumar.protection.models import Case, CaseAccess, Referral, Screening, Task
from tumar.protection.rules import REFERRAL_OPEN

SHOWN = 8  # entries of each kind on the first page; the lists hold the rest


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do by a day, with the way to it. Names no one."""

    what: str
    on: date
    case: Case


@dataclass(frozen=True, slots=True)
class Desk:
    """What an organisation has to do now; counts first, then the first of each."""

    open_cases: int
    due_today: int
    overdue: int
    inbox: int
    sent_waiting: int
    tasks: Sequence[Task]
    received: Sequence[Referral]
    screenings: Sequence[Screening]


def desk_of(actor: Actor, today: date) -> Desk:
    """The desk of the actor's organisation, as far as their roles go."""
    mine = CaseAccess.objects.visible_to(actor).open()
    counts = mine.aggregate(
        open_cases=Count("pk"),
        due_today=Count("pk", filter=Q(due_on=today)),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
    )
    waiting = Referral.objects.visible_to(actor).filter(state__in=REFERRAL_OPEN)
    flows = waiting.aggregate(
        inbox=Count("pk", filter=Q(recipient=actor.organisation_id)),
        sent_waiting=Count("pk", filter=Q(sender=actor.organisation_id)),
    )
    tasks = Task.objects.visible_to(actor).filter(
        organisation=actor.organisation_id, done_at=None, due_on__lte=today + timedelta(days=7)
    )
    inbox = Referral.objects.received_by(actor).filter(state__in=REFERRAL_OPEN)
    return Desk(
        **counts,
        **flows,
        tasks=list(
            tasks.select_related("case__person", "data_key", "assignee").order_by("due_on")[:SHOWN]
        ),
        received=list(
            inbox.select_related("sender", "case", "data_key").order_by("reply_due_at")[:SHOWN]
        ),
        screenings=list(
            Screening.objects.visible_to(actor).unfinished().order_by("-started_at")[:SHOWN]
        ),
    )


def flow_of(since: date) -> dict[str, int]:
    """The funnel of the referral mechanism since a day, as counts of the whole country.

    Screenings, referrals sent, answered, presumed and identified. Whole numbers for the
    coordinator's own page; what leaves the house goes through `evidence`.
    """
    screenings = Screening.objects.filter(started_at__date__gte=since)
    referrals = Referral.objects.filter(sent_at__date__gte=since)
    decided = Case.objects.filter(decisions__decided_on__gte=since)
    return {
        "screenings": screenings.count(),
        "referrals": referrals.count(),
        "accepted": referrals.exclude(answered_at=None).exclude(state="declined").count(),
        "presumed": decided.filter(decisions__status="presumed").distinct().count(),
        "identified": decided.filter(decisions__status="identified").distinct().count(),
    }
