"""How a case is kept: safety, risk, worker, state, closing and reopening."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import CASE_ROLES
from tumar.protection.commands import (
    ChangedMeanwhile,
    assess_risk,
    assign_case,
    close_case,
    move_case,
    open_case_page,
    reopen_case,
    set_safety,
)
from tumar.protection.forms.case import (
    NOBODY,
    AssignForm,
    CloseForm,
    MoveForm,
    RiskForm,
    SafetyForm,
)
from tumar.protection.forms.versions import chosen, is_choosing
from tumar.protection.lists.open_ends import open_ends
from tumar.protection.policy import Act
from tumar.protection.queries import case_workers
from tumar.protection.views.conflict import show_conflict
from tumar.protection.views.visible import visible_case
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def safety(request: Request, ref: str) -> HttpResponse:
    """Write how to reach the person without danger."""
    case = visible_case(request, ref)
    page = open_case_page(actor=request.actor, case=case, at=request.received_at)
    stored = {"safety": case.safety}
    form = SafetyForm(
        request.POST if request.method == "POST" else None,
        initial={**stored, "version": case.version},
    )
    if form.is_valid():
        mine = {"safety": form.cleaned_data["safety"]}
        written = chosen(request.POST, mine, stored) if is_choosing(request.POST) else mine
        try:
            set_safety(
                actor=request.actor,
                case=case,
                based_on=form.cleaned_data["version"],
                at=request.received_at,
                **written,
            )
        except ChangedMeanwhile as clash:
            return show_conflict(request, case, form, written, clash)
        messages.success(request, _("The safety notice is saved."))
        return redirect(case)
    may = verdict(request.actor, Act.SET_SAFETY, case)
    context = {"case": case, "page": page, "form": form, "may": may}
    return show(request, "protection/case/safety.html", context)


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def risk(request: Request, ref: str) -> HttpResponse:
    """Set the level of risk."""
    case = visible_case(request, ref)
    sent = request.POST if request.method == "POST" else None
    form = RiskForm(sent, initial={"risk": case.risk})
    if form.is_valid():
        assess_risk(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The level of risk is set."))
        return redirect(case)
    may = verdict(request.actor, Act.ASSESS_RISK, case)
    return show(request, "protection/case/risk.html", {"case": case, "form": form, "may": may})


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def assign(request: Request, ref: str) -> HttpResponse:
    """Give a case to a case worker of the lead, or take it."""
    case = visible_case(request, ref)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        workers=case_workers(request.actor),
        actor=request.actor,
        initial={"worker": case.worker_id or NOBODY},
    )
    if form.is_valid():
        assign_case(actor=request.actor, case=case, worker=form.chosen, at=request.received_at)
        messages.success(request, _("The case is assigned."))
        return redirect(case)
    may = verdict(request.actor, Act.ASSIGN, case)
    return show(request, "protection/case/assign.html", {"case": case, "form": form, "may": may})


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def move(request: Request, ref: str) -> HttpResponse:
    """Move an open case to another open state."""
    case = visible_case(request, ref)
    form = MoveForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_valid():
        move_case(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The case has moved on."))
        return redirect(case)
    may = verdict(request.actor, Act.MOVE, (case, form.first))
    return show(request, "protection/case/move.html", {"case": case, "form": form, "may": may})


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def close(request: Request, ref: str) -> HttpResponse:
    """Close a case, in sight of everything that is not finished."""
    case = visible_case(request, ref)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        close_case(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The case is closed. Nothing was deleted."))
        return redirect(case)
    page = open_case_page(actor=request.actor, case=case, at=request.received_at)
    may = verdict(request.actor, Act.CLOSE, case)
    context = {"case": case, "form": form, "may": may, "open_ends": open_ends(page)}
    return show(request, "protection/case/close.html", context)


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def reopen(request: Request, ref: str) -> HttpResponse:
    """Open a closed case again."""
    case = visible_case(request, ref)
    if request.method == "POST":
        reopen_case(actor=request.actor, case=case, at=request.received_at)
        messages.success(request, _("The case is open again."))
        return redirect(case)
    may = verdict(request.actor, Act.REOPEN, case)
    return show(request, "protection/case/reopen.html", {"case": case, "may": may})
