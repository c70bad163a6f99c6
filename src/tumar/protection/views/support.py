"""Needs, plan, goals, services and tasks of a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import CASE_ROLES
from tumar.protection.commands import (
    ChangedMeanwhile,
    add_goal,
    add_need,
    add_task,
    agree_plan,
    finish_task,
    meet_need,
    move_goal,
    open_case_page,
)
from tumar.protection.forms.support import GoalForm, NeedForm, PlanForm, TaskForm
from tumar.protection.forms.versions import chosen, is_choosing
from tumar.protection.models import Case
from tumar.protection.policy import Act
from tumar.protection.queries import case_workers, plan_content
from tumar.protection.rules import NEED_GROUP
from tumar.protection.views.conflict import show_conflict
from tumar.protection.views.visible import day_of, visible_case
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def need(request: Request, ref: str) -> HttpResponse:
    """Note a need."""
    case = visible_case(request, ref)
    form = NeedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        add_need(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The need is noted."))
        return redirect(case)
    may = verdict(request.actor, Act.ADD_NEED, case)
    return show(request, "protection/case/need.html", {"case": case, "form": form, "may": may})


@require_POST
@open_to(*CASE_ROLES)
def meet(request: Request, ref: str, pk: UUID) -> HttpResponse:
    """Mark a need as met."""
    case = visible_case(request, ref)
    met = find(case.needs.exclude(domain__in=_not_shared(request, case)), pk=pk, met_at=None)
    met.case = case
    meet_need(actor=request.actor, need=met, at=request.received_at)
    messages.success(request, _("The need is met."))
    return redirect(case)


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def plan(request: Request, ref: str) -> HttpResponse:
    """Write the plan that was agreed with the person."""
    case = visible_case(request, ref)
    page = open_case_page(actor=request.actor, case=case, at=request.received_at)
    stored: dict[str, Any] = plan_content(page.plan) if page.plan else {}
    version = page.plan.version if page.plan else 0
    form = PlanForm(
        request.POST if request.method == "POST" else None, initial={**stored, "version": version}
    )
    if form.is_valid():
        based_on = form.cleaned_data.pop("version")
        written = form.cleaned_data
        if is_choosing(request.POST):
            written = chosen(request.POST, written, stored)
        try:
            agree_plan(
                actor=request.actor,
                case=case,
                based_on=based_on,
                at=request.received_at,
                **written,
            )
        except ChangedMeanwhile as clash:
            return show_conflict(request, case, form, written, clash)
        messages.success(request, _("The plan is saved."))
        return redirect(case)
    may = verdict(request.actor, Act.PLAN, case)
    return show(request, "protection/case/plan.html", {"case": case, "form": form, "may": may})


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def goal(request: Request, ref: str) -> HttpResponse:
    """Add a goal to the plan."""
    case = visible_case(request, ref)
    form = GoalForm(request.POST if request.method == "POST" else None, today=day_of(request))
    if form.is_valid():
        add_goal(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        messages.success(request, _("The goal is added."))
        return redirect(case)
    may = verdict(request.actor, Act.ADD_GOAL, case)
    return show(request, "protection/case/goal.html", {"case": case, "form": form, "may": may})


@require_POST
@open_to(*CASE_ROLES)
def step_goal(request: Request, ref: str, pk: UUID) -> HttpResponse:
    """Move a goal to another state."""
    case = visible_case(request, ref)
    moved = find(case.goals.all(), pk=pk)
    moved.case = case
    move_goal(
        actor=request.actor, goal=moved, to=request.POST.get("to", ""), at=request.received_at
    )
    messages.success(request, _("The goal has moved on."))
    return redirect(case)


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def task(request: Request, ref: str) -> HttpResponse:
    """Add something to do by a day."""
    case = visible_case(request, ref)
    form = TaskForm(
        request.POST if request.method == "POST" else None,
        colleagues=case_workers(request.actor),
        today=day_of(request),
        initial={"assignee": request.actor.user_id, "due_on": day_of(request)},
    )
    if form.is_valid():
        add_task(
            actor=request.actor,
            case=case,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            assignee=form.chosen,
            at=request.received_at,
        )
        messages.success(request, _("The task is added."))
        return redirect(case)
    may = verdict(request.actor, Act.ADD_TASK, case)
    return show(request, "protection/case/task.html", {"case": case, "form": form, "may": may})


@require_POST
@open_to(*CASE_ROLES)
def finish(request: Request, ref: str, pk: UUID) -> HttpResponse:
    """Mark a task as done."""
    case = visible_case(request, ref)
    mine = case.tasks.filter(organisation=request.actor.organisation_id)
    done = find(mine, pk=pk)
    done.case = case
    finish_task(actor=request.actor, task=done, at=request.received_at)
    messages.success(request, _("Done. One thing less."))
    return redirect(case)


def _not_shared(request: Request, case: Case) -> list[str]:
    access = case.access_of(request.actor.organisation_id)
    groups = access.groups if access else []
    return [domain for domain, group in NEED_GROUP.items() if group not in groups]
