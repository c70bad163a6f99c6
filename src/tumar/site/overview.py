"""What each role finds on its desk in the morning; a section per role, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar import audit
from tumar.access import Actor, Role
from tumar.access.models import Invitation, Membership, User
from tumar.evidence.models import Batch
from tumar.protection.models import Task
from tumar.protection.policy import Act
from tumar.protection.queries import (
    cases_of_nobody,
    desk_of,
    flow_of,
    load_of,
    newest_cases,
    overdue_cases,
    pace_since,
    referrals_made_by,
    waiting_for_decision,
    waiting_referrals,
)
from tumar.reference.models import Organisation, Service
from tumar.site.watch import watch_over
from tumar.ui.charts import Bars, Series

A_WEEK, A_QUARTER = timedelta(days=7), timedelta(days=90)
STALE = timedelta(days=180)  # a directory entry nobody has checked for so long may be wrong
Section = tuple[str, dict[str, Any]]

STEPS = {
    "screenings": gettext_lazy("Screenings"),
    "referrals": gettext_lazy("Referrals sent"),
    "accepted": gettext_lazy("Referrals accepted"),
    "presumed": gettext_lazy("Reasonable grounds found"),
    "identified": gettext_lazy("Identified by the state"),
}


def sections_for(actor: Actor, at: datetime) -> list[Section]:
    """The sections of the home page: each a template's name and what it shows."""
    return [
        (f"site/home/{role.value}.html", make(actor, at))
        for role, make in SECTIONS.items()
        if actor.has(role) and not (role is Role.CASEWORKER and actor.has(Role.SUPERVISOR))
    ]


def _screener(actor: Actor, at: datetime) -> dict[str, Any]:
    desk = desk_of(actor, _day(at))
    return {"screenings": desk.screenings, "made": referrals_made_by(actor)}


def _caseworker(actor: Actor, at: datetime) -> dict[str, Any]:
    # Tasks are sealed words about persons, so reading them is on record.
    with audit.look(actor, Act.LIST, on=Task, at=at) as event:
        desk = desk_of(actor, _day(at))
        event.note(tasks=len(desk.tasks))
    return {"desk": desk, "newest": newest_cases(actor, at - A_WEEK)}


def _supervisor(actor: Actor, at: datetime) -> dict[str, Any]:
    day = _day(at)
    return {
        **_caseworker(actor, at),
        "load": load_of(actor, day),
        "nobodys": cases_of_nobody(actor),
        "overdue": overdue_cases(actor, day),
        "waiting": waiting_referrals(actor),
    }


def _coordinator(actor: Actor, at: datetime) -> dict[str, Any]:
    since = at - A_QUARTER
    flow = flow_of(_day(since))
    return {
        "decisions": waiting_for_decision(actor),
        "funnel": _funnel(flow),
        "flow": flow,
        "pace": pace_since(since, at),
    }


def _funnel(flow: dict[str, int]) -> Bars:
    return Bars(
        title=_("From a question to protection"),
        summary=_("How many of each step the last 90 days have seen in the whole country."),
        source=_("This installation, the last 90 days"),
        category_label=_("Step"),
        categories=list(STEPS.values()),
        series=[Series(_("Number"), [flow[step] for step in STEPS])],
    )


def _dpo(actor: Actor, at: datetime) -> dict[str, Any]:
    return {"watch": watch_over(actor.organisation_id, at)}


def _analyst(actor: Actor, _at: datetime) -> dict[str, Any]:
    return {"batches": list(Batch.objects.visible_to(actor).order_by("-pk")[:5])}


def _administrator(actor: Actor, at: datetime) -> dict[str, Any]:
    users = User.objects.visible_to(actor)
    here = Membership.objects.visible_to(actor).active()
    stale = Service.objects.filter(organisation=actor.organisation_id).exclude(
        checked_on__gte=_day(at - STALE)
    )
    links = Invitation.objects.visible_to(actor).open(at).select_related("user")
    return {
        "active": users.filter(is_active=True).count(),
        "roleless": list(users.filter(is_active=True).exclude(pk__in=here.values("user"))[:8]),
        "links": list(links.order_by("expires_at")[:8]),
        "organisations": Organisation.objects.active().count(),
        "stale": stale.count(),
    }


def _day(at: datetime) -> Any:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


SECTIONS: dict[Role, Callable[[Actor, datetime], dict[str, Any]]] = {
    Role.SUPERVISOR: _supervisor,
    Role.CASEWORKER: _caseworker,
    Role.SCREENER: _screener,
    Role.COORDINATOR: _coordinator,
    Role.DPO: _dpo,
    Role.ANALYST: _analyst,
    Role.ADMINISTRATOR: _administrator,
}
