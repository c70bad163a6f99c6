"""What happened to the person, and decisions on status."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tumar.access import Role, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import CASE_ROLES
from tumar.protection.commands import (
    ChangedMeanwhile,
    describe_event,
    open_case_page,
    record_decision,
)
from tumar.protection.forms.decision import DecisionForm, open_statuses
from tumar.protection.forms.event import EventForm
from tumar.protection.forms.versions import chosen, is_choosing
from tumar.protection.lists.words import is_child
from tumar.protection.policy import Act
from tumar.protection.queries import event_content
from tumar.protection.views.conflict import show_conflict
from tumar.protection.views.visible import day_of, visible_case
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def event(request: Request, ref: str) -> HttpResponse:
    """Describe what happened by act, means and purpose."""
    case = visible_case(request, ref)
    page = open_case_page(actor=request.actor, case=case, at=request.received_at)
    if not page.shows("event"):
        raise Http404
    stored = event_content(page.event) if page.event else {}
    version = page.event.version if page.event else 0
    form = EventForm(
        request.POST if request.method == "POST" else None,
        today=day_of(request),
        initial={**stored, "version": version},
    )
    if form.is_valid():
        written = form.content
        if is_choosing(request.POST):
            written = chosen(request.POST, written, stored)
        try:
            describe_event(
                actor=request.actor,
                case=case,
                content=written,
                based_on=form.cleaned_data["version"],
                at=request.received_at,
            )
        except ChangedMeanwhile as clash:
            return show_conflict(request, case, form, written, clash)
        messages.success(request, _("What happened is saved."))
        return redirect(case)
    may = verdict(request.actor, Act.DESCRIBE_EVENT, case)
    context = {"case": case, "form": form, "may": may, "is_child": is_child(case)}
    return show(request, "protection/case/event.html", context)


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def decision(request: Request, ref: str) -> HttpResponse:
    """Record what a named body decided on status."""
    case = visible_case(request, ref)
    statuses = open_statuses(request.actor, case)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        statuses=statuses,
        today=day_of(request),
        initial=_usual(request),
    )
    if form.is_valid():
        record_decision(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The decision is recorded."))
        return redirect(case)
    may = verdict(request.actor, Act.DECIDE, (case, statuses[0] if statuses else "presumed"))
    context = {"case": case, "form": form, "may": may}
    return show(request, "protection/case/decision.html", context)


def _usual(request: Request) -> dict[str, Any]:
    is_state = request.actor.has(Role.COORDINATOR)
    return {
        "body": request.actor.organisation_id,
        "body_kind": "government" if is_state else "ngo",
        "decided_on": day_of(request),
    }
