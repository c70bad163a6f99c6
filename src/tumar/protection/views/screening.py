"""Screenings: the list, a beginning, one screening as it stands, finishing, stopping, resuming."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumar.access import Role, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.protection import commands
from tumar.protection.forms.screening import ANSWER_WORDS, StartForm, usual_place
from tumar.protection.lists.screening import SCREENINGS, with_what_became
from tumar.protection.models import Referral, Screening
from tumar.protection.policy import Act
from tumar.protection.rules import RESULT_WORDS
from tumar.protection.rules.asking import sheet_of
from tumar.reference.codelists import code_list
from tumar.reference.indicators import WeightStatus, indicator_set
from tumar.ui.lists import listing
from tumar.ui.pages import show

SCREENS = (Role.SCREENER, Role.CASEWORKER, Role.SUPERVISOR)
SHOWN = 6  # unfinished ones above the list; the filter finds the rest


@require_safe
@open_to(*SCREENS)
def screenings(request: Request) -> HttpResponse:
    """Screenings of the own organisation, those not finished first."""
    mine = Screening.objects.visible_to(request.actor)
    unfinished = mine.exclude(state="finished").order_by("-started_at")[:SHOWN]
    return listing(
        request,
        SCREENINGS,
        with_what_became(mine, request.actor),
        template="protection/screening_list.html",
        context={"unfinished": list(unfinished)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def start_screening(request: Request) -> HttpResponse:
    """Two plain questions choose the set of signs; then safety comes first."""
    form = StartForm(request.POST or None, initial={"place": usual_place(request.memberships)})
    if not form.is_valid():
        return show(request, "protection/screening_start.html", {"form": form})
    said = form.cleaned_data
    screening = commands.start_screening(
        actor=request.actor,
        profile=form.profile,
        place=said["place"],
        language=said["language"],
        at=request.received_at,
    )
    if said["interpreter"]:
        commands.answer_screening(
            actor=request.actor,
            screening=screening,
            based_on=screening.version,
            urgent=["interpreter"],
            at=request.received_at,
        )
    return redirect("protection:screening-safety", screening.ref)


@require_safe
@open_to(*SCREENS)
def screening(request: Request, ref: str) -> HttpResponse:
    """One screening as it stands: its parts, its outcome in words, or how to take it up again."""
    opened = commands.open_screening(
        actor=request.actor, screening=find_screening(request, ref), at=request.received_at
    )
    signs = indicator_set(commands.SIGNS)
    sheet = sheet_of(signs, opened.profile, opened.answers, opened.positive)
    context = {
        "screening": opened,
        "sheet": sheet,
        "signs": signs,
        "answered": sum(part.answered for part in sheet),
        "all_signs": sum(len(part.signs) for part in sheet),
        "words": ANSWER_WORDS,
        "result_words": RESULT_WORDS.get(opened.result, ""),
        "is_verified": signs.weight_status(opened.profile) is not WeightStatus.NOT_VERIFIED,
        "urgent_words": [code_list("urgent_needs").label(need) for need in opened.urgent],
        "acts_words": [code_list("acts").label(act) for act in opened.acts],
        "referrals": _referrals(request, opened),
        "may_refer": verdict(request.actor, Act.REFER_URGENTLY, opened),
        "may_open_case": verdict(request.actor, Act.OPEN_CASE, None),
        "may_resume": verdict(request.actor, Act.RESUME, opened),
    }
    return show(request, "protection/screening.html", context)


@require_POST
@open_to(*SCREENS)
def finish_screening(request: Request, ref: str) -> HttpResponse:
    """Apply the rule to what is there."""
    found = find_screening(request, ref)
    commands.finish_screening(actor=request.actor, screening=found, at=request.received_at)
    return redirect(found)


@require_POST
@open_to(*SCREENS)
def stop_screening(request: Request, ref: str) -> HttpResponse:
    """Stop at once, without a reason; what was said stays."""
    found = find_screening(request, ref)
    commands.stop_screening(actor=request.actor, screening=found, at=request.received_at)
    return redirect(found)


@require_POST
@open_to(*SCREENS)
def resume_screening(request: Request, ref: str) -> HttpResponse:
    """Take a stopped screening up again where it was left."""
    found = find_screening(request, ref)
    commands.resume_screening(actor=request.actor, screening=found, at=request.received_at)
    return redirect(found)


def find_screening(request: Request, ref: str) -> Screening:
    """The screening the reader's organisation has under this reference, or 404."""
    mine = Screening.objects.visible_to(request.actor).select_related("data_key", "organisation")
    return find(mine, ref=ref)


def _referrals(request: Request, opened: Screening) -> list[Referral]:
    sent = Referral.objects.visible_to(request.actor).filter(
        case__screening=opened, sender=request.actor.organisation_id
    )
    return list(sent.select_related("recipient").order_by("-made_at"))
