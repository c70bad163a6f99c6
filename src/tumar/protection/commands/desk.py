"""What is due next, copied to every desk the case lies on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tumar.access import Actor
from tumar.people.commands import end_grants, grant_access
from tumar.protection.models import Case, CaseAccess
from tumar.protection.rules import NEVER, REFERRAL_OPEN
from tumar.reference.models import Organisation


def refresh_desk(case: Case) -> None:
    """Recompute when something is due, and carry it to the lists. Inside an event only."""
    case.due_on = next_due(case) if case.is_open else NEVER
    case.save(update_fields=["due_on"])
    CaseAccess.objects.active().filter(case=case).update(
        is_open=case.is_open, due_on=case.due_on, opened_at=case.opened_at
    )


def next_due(case: Case) -> date:
    """The first day on which a task, a referral's reply, a goal or the plan's review is due."""
    replies = case.referrals.filter(state__in=REFERRAL_OPEN).values_list("reply_due_at", flat=True)
    days: list[date | None] = [
        case.tasks.filter(done_at=None).order_by("due_on").values_list("due_on", flat=True).first(),
        case.goals.filter(state__in=("planned", "in_progress"), due_on__isnull=False)
        .order_by("due_on")
        .values_list("due_on", flat=True)
        .first(),
        min((reply.date() for reply in replies if reply), default=None),
        type(case).objects.filter(pk=case.pk).values_list("plan__review_on", flat=True).first(),
    ]
    return min((day for day in days if day), default=NEVER)


def put_on_desk(
    *,
    actor: Actor,
    case: Case,
    organisation: Organisation,
    capacity: str,
    ground: str,
    groups: Iterable[str],
    at: datetime,
) -> CaseAccess:
    """Give an organisation the case and, with it, the knowledge of the person it needs."""
    wanted = sorted(groups)
    grant_access(
        actor=actor, person=case.person, to=organisation, ground=ground, groups=wanted, at=at
    )
    access, made = CaseAccess.objects.get_or_create(
        case=case,
        organisation=organisation,
        until=None,
        defaults={
            "capacity": capacity,
            "ground": ground,
            "groups": wanted,
            "since": at,
            "is_open": case.is_open,
            "due_on": case.due_on,
            "opened_at": case.opened_at,
            "worker": case.worker if capacity == "lead" else None,
        },
    )
    if not made:  # a second referral widens what the first one showed
        access.groups = sorted({*access.groups, *wanted})
        access.save(update_fields=["groups"])
    return access


def take_off_desk(
    *, actor: Actor, case: Case, organisation: Organisation, ground: str, at: datetime
) -> None:
    """End what one ground gave; another ground of the same organisation stays in force."""
    end_grants(actor=actor, person=case.person, ground=ground, at=at)
    left = case.person.grants.active().filter(organisation=organisation)
    access = CaseAccess.objects.active().filter(case=case, organisation=organisation).first()
    if access is None or access.capacity == "lead":
        return
    if left.exists():
        access.groups = sorted({group for grant in left for group in grant.groups})
        access.save(update_fields=["groups"])
        return
    access.until = at
    access.save(update_fields=["until"])
