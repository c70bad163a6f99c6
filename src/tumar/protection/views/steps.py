"""The steps of a screening: each is saved by itself, in any order, and none must be complete."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.protection import commands
from tumar.protection.commands import ChangedMeanwhile
from tumar.protection.forms.screening import (
    ANSWER_WORDS,
    ActsForm,
    SafetyForm,
    SignsForm,
    StepForm,
)
from tumar.protection.models import Screening
from tumar.protection.rules.asking import AskedDimension, next_to_ask, sheet_of
from tumar.protection.views.screening import SCREENS, find_screening
from tumar.reference.indicators import indicator_set
from tumar.ui.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def safety(request: Request, ref: str) -> HttpResponse:
    """Safety and urgent need, before any question."""
    opened = _opened(request, ref)
    initial = {"version": opened.version, "urgent": opened.urgent}
    form = SafetyForm(request.POST or None, initial=initial)
    return _step(request, opened, form, "protection/screening_safety.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def ask(request: Request, ref: str, sign: str) -> HttpResponse:
    """One question a screen; every button is an answer."""
    opened = _opened(request, ref)
    sheet = _sheet(opened)
    part, asked = next(
        ((part, each) for part in sheet for each in part.signs if each.sign.id == sign),
        (None, None),
    )
    if part is None or asked is None:
        raise Http404
    form = SignsForm([asked], request.POST or None, initial={"version": opened.version})
    context = {
        "part": part,
        "asked": asked,
        "at": part.signs.index(asked) + 1,
        "answered": sum(each.answered for each in sheet),
        "all_signs": sum(len(each.signs) for each in sheet),
    }
    return _step(request, opened, form, "protection/screening_ask.html", context, after=sign)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def signs(request: Request, ref: str, dimension: str = "") -> HttpResponse:
    """All signs as ticks for somebody in a hurry, or all questions of one dimension."""
    opened = _opened(request, ref)
    sheet = _sheet(opened)
    parts = [part for part in sheet if dimension in ("", part.dimension.key)]
    if not parts:
        raise Http404
    asked = [each for part in parts for each in part.signs]
    form = SignsForm(asked, request.POST or None, initial={"version": opened.version})
    later = [part.dimension.key for part in sheet[sheet.index(parts[0]) + 1 :]]
    context = {"parts": parts, "dimension": dimension, "next_part": later[0] if later else ""}
    if form.is_bound and request.POST.get("then") == "part" and later:
        context["go"] = later[0]
    return _step(request, opened, form, "protection/screening_signs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def acts(request: Request, ref: str) -> HttpResponse:
    """The acts of article 3, asked once, and a note."""
    opened = _opened(request, ref)
    initial = {"version": opened.version, "acts": opened.acts, "note": opened.note}
    form = ActsForm(request.POST or None, initial=initial)
    return _step(request, opened, form, "protection/screening_acts.html", {})


def _opened(request: Request, ref: str) -> Screening:
    found = find_screening(request, ref)
    return commands.open_screening(actor=request.actor, screening=found, at=request.received_at)


def _sheet(opened: Screening) -> list[AskedDimension]:
    return sheet_of(indicator_set(commands.SIGNS), opened.profile, opened.answers)


def _step(
    request: Request,
    opened: Screening,
    form: StepForm,
    template: str,
    context: Mapping[str, object],
    *,
    after: str = "",
) -> HttpResponse:
    """Show a step; or save it and go on; or show what a colleague wrote meanwhile."""
    if request.method != "POST" and opened.state != "draft":
        return redirect(opened)
    shown = {"screening": opened, "form": form, "sheet": _sheet(opened), "words": ANSWER_WORDS}
    if not form.is_valid():
        return show(request, template, {**shown, **context})
    try:
        saved = _save(request, opened, form)
    except ChangedMeanwhile as changed:
        clash = {
            "pairs": form.differences(changed.theirs),
            "version": changed.version,
            "written": _written(request),
        }
        return show(request, "protection/screening_conflict.html", {**shown, **clash}, status=409)
    if part := context.get("go"):
        return redirect("protection:screening-part", saved.ref, part)
    return _go_on(request, saved, form.cleaned_data["then"], after)


def _save(request: Request, opened: Screening, form: StepForm) -> Screening:
    """Save a step; where a colleague wrote elsewhere meanwhile, both stay."""

    def save(based_on: int) -> Screening:
        return commands.answer_screening(
            actor=request.actor,
            screening=opened,
            based_on=based_on,
            at=request.received_at,
            **form.given(),
        )

    try:
        return save(form.cleaned_data["version"])
    except ChangedMeanwhile as changed:
        if form.differences(changed.theirs):
            raise
        return save(changed.version)


def _written(request: Request) -> list[tuple[str, str]]:
    """What the reader sent, to be sent again with the choice; nothing typed is lost."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in {"version", "csrfmiddlewaretoken"} and not name.startswith("choose-")
    ]


def _go_on(request: Request, saved: Screening, then: str, after: str) -> HttpResponse:
    """Where the reader wanted to go; else to the next question nobody has answered."""
    if then == "stop":
        commands.stop_screening(actor=request.actor, screening=saved, at=request.received_at)
    if then.startswith("finish"):
        commands.finish_screening(actor=request.actor, screening=saved, at=request.received_at)
    if then in {"stop", "finish", "overview"}:
        return redirect(saved)
    if then in {"refer", "finish_and_refer"}:
        return redirect("protection:refer-now", saved.ref)
    if then == "signs":
        return redirect("protection:screening-signs", saved.ref)
    following = next_to_ask(indicator_set(commands.SIGNS), saved.answers, after)
    if then in {"acts", "part"} or not following:
        return redirect("protection:screening-acts", saved.ref)
    return redirect("protection:ask", saved.ref, following)
