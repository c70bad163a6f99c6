"""Referrals in every state, and the desks a case lies on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tumar.protection.models import Case, CaseAccess, Referral
from tumar.protection.rules import SECTION_GROUP, reply_due
from tumar.reference.models import Organisation
from tumar.site.demo import words
from tumar.site.demo.persons import a_grant, an_answer
from tumar.site.demo.scene import Scene
from tumar.site.demo.stories import Story

REFERRAL_STATES = (
    "sent",
    "received",
    "accepted",
    "in_service",
    "declined",
    "expired",
    "completed",
    "cancelled",
)
ENDED = {"declined", "expired", "completed", "cancelled"}
RECIPIENTS = {"migration-service", "shelter-north", "shelter-south", "child-protection"}
ASKED = {
    "shelter-north": ("shelter_emergency", "mhpss", "medical_acute"),
    "shelter-south": ("shelter_emergency", "legal_representation", "vocational"),
    "child-protection": ("childcare", "education"),
    "migration-service": ("documentation",),
}
SHARED = ("contact", "health", "narrative", "legal", "location")


def referrals(scene: Scene, case: Case, story: Story) -> None:
    if story.stage == "new":
        return
    others = [
        o
        for key, o in scene.country.organisations.items()
        if key in RECIPIENTS and key != story.lead
    ]
    for to in scene.chance.sample(others, scene.chance.randint(0, 2)):
        over = ("declined", "completed", "completed", "cancelled")
        state = scene.chance.choice(over if case.closed_at else REFERRAL_STATES)
        a_referral(scene, case, story, to, state)


def a_referral(scene: Scene, case: Case, story: Story, to: Organisation, state: str) -> None:
    chance = scene.chance
    is_waiting = state in {"sent", "received"}
    urgency = chance.choice(("today", "soon", "routine"))
    sent = scene.at - timedelta(hours=chance.randint(1, 70)) if is_waiting else scene.within(case)
    groups = sorted([*chance.sample(SHARED, 3), "identity"])
    answer = an_answer(
        scene,
        case.data_key,
        case.person,
        case.lead,
        to,
        "referral",
        "withdrawn" if state == "cancelled" else "given",
        sent - timedelta(minutes=20),
    )
    is_decision = to.key == "migration-service"
    services = [] if is_decision else [chance.choice(ASKED[to.key])]
    referral = Referral(
        id=scene.id(),
        ref="r-" + scene.code(8).lower(),
        data_key=case.data_key,
        case=case,
        kind="identification" if is_decision else "service",
        sender=case.lead,
        recipient=to,
        services=services,
        groups=groups,
        urgency=urgency,
        reason=words.REASONS[4] if is_decision else chance.choice(words.REASONS[:4]),
        package=a_package(case, story, services, groups, urgency),
        state=state,
        consent=answer,
        made_by=scene.worker(story.lead).pk,
        made_at=sent,
        sent_at=sent,
        reply_due_at=reply_due(urgency, sent),
        answered_at=None if is_waiting or state == "expired" else sent + timedelta(hours=5),
        ended_at=sent + timedelta(days=1) if state in ENDED else None,
        decline_reason="no_capacity" if state == "declined" else "",
        feedback="She was received well." if state == "completed" else "",
    )
    scene.rows.add(referral)
    if is_waiting and referral.reply_due_at:
        scene.due(case, referral.reply_due_at.date())
    if state in {"accepted", "in_service"}:
        ground = f"referral:{referral.pk}"
        a_grant(scene, case.person, to, ground, groups, sent)
        on_desk(scene, case, to, "referred", ground, groups)


def a_package(
    case: Case, story: Story, services: list[str], groups: list[str], urgency: str
) -> dict[str, Any]:
    return {
        "preview": {
            "services": services,
            "urgency": urgency,
            "age_band": case.age_band,
            "sex": case.sex,
            "languages": list(story.identity.languages),
            "interpreter": story.identity.interpreter,
        },
        "shared": sorted(p for p, group in SECTION_GROUP.items() if group in groups),
        "withheld": sorted(p for p, group in SECTION_GROUP.items() if group not in groups),
        "groups": groups,
    }


def on_desk(
    scene: Scene, case: Case, to: Organisation, capacity: str, ground: str, groups: Iterable[str]
) -> None:
    scene.rows.add(
        CaseAccess(
            case=case,
            organisation=to,
            capacity=capacity,
            ground=ground,
            groups=sorted(groups),
            since=case.opened_at,
            is_open=case.is_open,
            due_on=case.due_on,
            opened_at=case.opened_at,
            worker=case.worker if capacity == "lead" else None,
        )
    )


def settle(scene: Scene) -> None:
    """Copy what is due to every desk, once all of it is known."""
    for access in scene.rows.of(CaseAccess):
        access.due_on = access.case.due_on
