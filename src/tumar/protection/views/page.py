"""What the page of a case is made of."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from tumar.access import ALLOWED, Verdict, verdict
from tumar.access.http import Request
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.models import Consent
from tumar.people.policy import Act as PeopleAct
from tumar.protection.commands import open_case_page
from tumar.protection.forms.decision import open_statuses
from tumar.protection.forms.note import NoteForm
from tumar.protection.lists import support as cards
from tumar.protection.lists.timeline import timeline
from tumar.protection.lists.words import exploited_in, is_child, risk_badge, steps, who
from tumar.protection.models import Case
from tumar.protection.policy import Act
from tumar.protection.queries import CasePage
from tumar.protection.slots import CASE_PANELS
from tumar.protection.views.visible import day_of
from tumar.ui.pages import show

ACTS = {
    "note": Act.NOTE,
    "safety": Act.SET_SAFETY,
    "risk": Act.ASSESS_RISK,
    "assign": Act.ASSIGN,
    "close": Act.CLOSE,
    "reopen": Act.REOPEN,
    "event": Act.DESCRIBE_EVENT,
    "need": Act.ADD_NEED,
    "plan": Act.PLAN,
    "goal": Act.ADD_GOAL,
    "service": Act.OFFER_SERVICE,
    "task": Act.ADD_TASK,
    "refer": Act.REFER,
}


def show_case(request: Request, case: Case, *, note_form: NoteForm | None = None) -> HttpResponse:
    """The page of a case, or its time line alone for htmx.

    Args:
        note_form: a note that was refused, so that what was typed stays.
    """
    actor = request.actor
    page = open_case_page(actor=actor, case=case, at=request.received_at)
    context = {
        "case": case,
        "page": page,
        "desks": case.desks,
        "is_lead": case.lead_id == actor.organisation_id,
        "country": exploited_in(case) if page.shows("event") else "",
        "who": who(case, tells_form=page.shows("event")),
        "is_child": is_child(case),
        "risk": risk_badge(case),
        "steps": steps(case, tells_decision=page.shows("decisions")),
        "timeline": timeline(page, actor),
        "note_form": note_form or NoteForm(today=day_of(request)),
        "shows": {name: page.shows(name) for name in ("notes", "event", "decisions")}
        | {"health": "health" in page.groups},
        "needs": cards.needs(page),
        "goals": cards.goals(page, actor),
        "services": cards.services(page, actor),
        "referrals": cards.referrals(page),
        "decisions": cards.decisions(page),
        "consents": cards.consents(live_consents(request, page)),
        "event_words": cards.event_words(page),
        "may": _verdicts(request, page),
        "panels": [panel(actor, case) for panel in CASE_PANELS],
    }
    return show(request, "protection/case/page.html", context, part="timeline")


def live_consents(request: Request, page: CasePage) -> list[Consent]:
    """The answers that hold now; organisations other than the lead see those about themselves."""
    ours = request.actor.organisation_id
    is_lead = page.case.lead_id == ours
    return [
        answer
        for answer in page.consents
        if answer.is_live(request.received_at)
        and (is_lead or ours in (answer.recipient_id, answer.asked_by_id))
    ]


def _verdicts(request: Request, page: CasePage) -> dict[str, Any]:
    actor, case = request.actor, page.case
    asked: dict[str, Any] = {name: verdict(actor, act, case) for name, act in ACTS.items()}
    statuses = open_statuses(actor, case)
    asked["decide"] = ALLOWED if statuses else verdict(actor, Act.DECIDE, (case, "presumed"))
    asked["move"] = verdict(actor, Act.MOVE, (case, "open" if case.status != "open" else "on_hold"))
    asked["see_log"] = _of_people(request, page, PeopleAct.WHO_LOOKED, is_shared=True)
    asked["see_identity"] = _of_people(
        request, page, PeopleAct.OPEN, is_shared=page.shows("identity")
    )
    return asked


def _of_people(request: Request, page: CasePage, act: PeopleAct, *, is_shared: bool) -> Verdict:
    # Only a refusal asks the rule of `people`, for its reason: the yes is on the entry, which
    # was read already, and the page behind the link asks again.
    if is_shared and request.actor.has(*IDENTITY_ROLES):
        return ALLOWED
    return verdict(request.actor, act, page.case.person)
