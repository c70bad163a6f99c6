"""The cards beside the time line as data: each thing with its title and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tumar.access import Actor, verdict
from tumar.people.models import Consent
from tumar.protection.models import Goal, ServiceEpisode
from tumar.protection.policy import Act
from tumar.protection.queries import CasePage
from tumar.protection.rules import GOAL_NEXT, SERVICE_NEXT
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.ui.parts import Badge, Tone

GOAL_TONES: dict[str, Tone] = {"in_progress": "info", "met": "ok"}
SERVICE_TONES: dict[str, Tone] = {
    "offered": "warn",
    "accepted": "info",
    "scheduled": "info",
    "in_progress": "info",
    "completed": "ok",
    "interrupted": "warn",
}

URGENCY_TONES: dict[str, Tone] = {
    "immediate": "danger",
    "today": "warn",
    "soon": "info",
    "routine": "neutral",
}
REFERRAL_TONES: dict[str, Tone] = {
    "sent": "warn",
    "received": "warn",
    "accepted": "info",
    "in_service": "info",
    "completed": "ok",
    "declined": "danger",
    "expired": "danger",
}


@dataclass(frozen=True, slots=True)
class Moving:
    """A goal or a service, how it stands, and where it may go from here."""

    thing: Goal | ServiceEpisode
    title: str
    state: Badge
    steps: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Titled:
    """A thing with what it is called and how it stands."""

    thing: Any
    title: str
    state: Badge | None = None


def needs(page: CasePage) -> list[Titled]:
    """Needs not met yet, the most urgent first; then those that are met."""
    domains, urgencies = code_list("need_domains"), code_list("urgency")
    order = list(urgencies.codes)
    rows = sorted(page.needs, key=lambda need: (need.met_at is not None, order.index(need.urgency)))
    return [
        Titled(
            need,
            domains.label(need.domain),
            Badge(_("Met"), "ok", "check")
            if need.met_at
            else Badge(urgencies.label(need.urgency), URGENCY_TONES[need.urgency]),
        )
        for need in rows
    ]


def referrals(page: CasePage) -> list[Titled]:
    """Referrals as titles, the latest first."""
    states, types = code_list("referral_states"), code_list("service_types")
    return [
        Titled(
            referral,
            ", ".join(types.label(code) for code in referral.services)
            or str(referral.get_kind_display()),
            Badge(states.label(referral.state), REFERRAL_TONES.get(referral.state, "neutral")),
        )
        for referral in page.referrals
    ]


def decisions(page: CasePage) -> list[Titled]:
    """Decisions on status, the latest first."""
    labels = code_list("decision_statuses")
    return [Titled(each, labels.label(each.status)) for each in reversed(page.decisions)]


def consents(answers: Sequence[Consent]) -> list[Titled]:
    """What the person agreed to that holds now, by purpose."""
    purposes = code_list("purposes")
    return [
        Titled(
            answer,
            purposes.label(answer.purpose),
            Badge(str(answer.get_state_display()), "ok" if answer.state == "given" else "warn"),
        )
        for answer in answers
    ]


def event_words(page: CasePage) -> list[tuple[str, object]]:
    """What happened as labels and words; only what is known."""
    event = page.event
    if event is None:
        return []
    rows: list[tuple[Any, object]] = [
        (_("Acts"), _labels("acts", event.acts)),
        (_("Means"), _labels("means_palermo", event.means)),
        (_("Control"), _labels("means_control", event.control)),
        (_("Purpose"), _labels("exploitation_forms", event.forms)),
        (_("Sector"), _labels("sectors", [event.sector])),
        (_("Recruited in"), _labels("countries", [event.recruited_in])),
        (_("Exploited in"), _labels("countries", [event.exploited_in])),
        (_("Began"), PartialDate.parse(event.began).words() if event.began else ""),
        (_("Ended"), PartialDate.parse(event.ended).words() if event.ended else ""),
    ]
    return [(str(label), value) for label, value in rows if value]


def _labels(key: str, codes: Sequence[str]) -> str:
    return ", ".join(code_list(key).label(code) for code in codes if code)


def goals(page: CasePage, actor: Actor) -> list[Moving]:
    """The goals of the plan, those not reached yet first."""
    labels = {code: str(label) for code, label in Goal.STATES}
    rows = [
        Moving(
            goal,
            code_list("need_domains").label(goal.domain),
            Badge(labels[goal.state], GOAL_TONES.get(goal.state, "neutral")),
            [
                (code, label)
                for code, label in labels.items()
                if code in GOAL_NEXT[goal.state] and verdict(actor, Act.MOVE_GOAL, (goal, code))
            ],
        )
        for goal in page.goals
    ]
    return sorted(rows, key=lambda row: not GOAL_NEXT[str(row.thing.state)])


def services(page: CasePage, actor: Actor) -> list[Moving]:
    """The services of a case, the latest offer first."""
    labels = code_list("service_states")
    rows = []
    for episode in page.services:
        episode.case = page.case
        steps = [
            (code.code, labels.label(code.code))
            for code in labels
            if code.code in SERVICE_NEXT[episode.state]
            and verdict(actor, Act.MOVE_SERVICE, (episode, code.code))
        ]
        state = Badge(labels.label(episode.state), SERVICE_TONES.get(episode.state, "neutral"))
        title = code_list("service_types").label(episode.service)
        rows.append(Moving(episode, title, state, steps))
    return rows
