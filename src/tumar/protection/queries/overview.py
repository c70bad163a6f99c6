"""What those see who answer for others: load and delay, the mechanism's pace, one's referrals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, ExpressionWrapper, F, Q
from django.db.models.fields import DurationField

from tumar.access import Actor
from tumar.protection.models import Case, CaseAccess, Referral
from tumar.protection.queries.desk import SHOWN
from tumar.protection.rules import REFERRAL_OPEN


@dataclass(frozen=True, slots=True)
class Load:
    """What one worker of an organisation carries now."""

    name: str
    open_cases: int
    overdue: int
    share: int  # per cent of the largest load


@dataclass(frozen=True, slots=True)
class Pace:
    """How an organisation answers what it is sent: counts, and hours on the mean."""

    organisation: str
    answered: int
    waiting_late: int
    hours: int | None


def load_of(actor: Actor, today: date) -> Sequence[Load]:
    """Who carries how many open cases the actor's organisation leads; the most first."""
    led = Case.objects.visible_to(actor).open().filter(lead=actor.organisation_id)
    rows = list(
        led.exclude(worker=None)
        .values("worker", "worker__full_name")
        .annotate(total=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
        .order_by("-total", "worker__full_name")
    )
    most = max((row["total"] for row in rows), default=1)
    return [
        Load(row["worker__full_name"], row["total"], row["late"], 100 * row["total"] // most)
        for row in rows
    ]


def cases_of_nobody(actor: Actor) -> Sequence[Case]:
    """Open cases of the actor's organisation that no worker has, the oldest first."""
    led = Case.objects.visible_to(actor).open().filter(lead=actor.organisation_id, worker=None)
    return list(led.order_by("opened_at")[:SHOWN])


def newest_cases(actor: Actor, since: datetime) -> Sequence[CaseAccess]:
    """What came onto the organisation's desk lately, the newest first."""
    mine = CaseAccess.objects.visible_to(actor).open().filter(since__gte=since)
    return list(mine.select_related("case__worker").order_by("-since")[:SHOWN])


def overdue_cases(actor: Actor, today: date) -> Sequence[CaseAccess]:
    """Cases on the organisation's desk where something is late, the latest first."""
    mine = CaseAccess.objects.visible_to(actor).open().filter(due_on__lt=today)
    return list(mine.select_related("case__worker").order_by("due_on")[:SHOWN])


def waiting_referrals(actor: Actor) -> Sequence[Referral]:
    """What the organisation has sent and nobody has answered yet, the most urgent first."""
    sent = Referral.objects.visible_to(actor).waiting().filter(sender=actor.organisation_id)
    return list(sent.select_related("recipient").order_by("reply_due_at")[:SHOWN])


def referrals_made_by(actor: Actor) -> Sequence[Referral]:
    """What became of the referrals the actor made, the newest first."""
    mine = Referral.objects.visible_to(actor).filter(
        sender=actor.organisation_id, made_by=actor.user_id
    )
    return list(mine.select_related("recipient").order_by("-made_at")[:SHOWN])


def waiting_for_decision(actor: Actor) -> Sequence[Referral]:
    """Referrals that ask the actor's organisation for a decision on status."""
    asked = Referral.objects.received_by(actor).waiting().filter(kind="identification")
    return list(asked.select_related("sender").order_by("reply_due_at")[:SHOWN])


def pace_since(day: datetime, now: datetime) -> Sequence[Pace]:
    """How organisations answer referrals, the slowest first: counts of the whole country."""
    sent = Referral.objects.filter(sent_at__gte=day)
    took = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
    rows = (
        sent.values("recipient__name")
        .annotate(
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            late=Count("pk", filter=Q(state__in=REFERRAL_OPEN, reply_due_at__lt=now)),
            mean=Avg(took, filter=Q(answered_at__isnull=False)),
        )
        .order_by("-late", "-mean")
    )
    return [
        Pace(row["recipient__name"], row["answered"], row["late"], _hours(row["mean"]))
        for row in rows[:SHOWN]
    ]


def _hours(mean: timedelta | None) -> int | None:
    return None if mean is None else round(mean.total_seconds() / 3600)
