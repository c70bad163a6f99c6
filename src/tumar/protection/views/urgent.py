"""From a screening to another organisation's inbox, at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from tumar.access import require
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.protection import commands
from tumar.protection.commands import AlreadyReferred
from tumar.protection.forms.urgent import UrgentForm, first_guess
from tumar.protection.lists.package import in_words
from tumar.protection.models import Referral, Screening
from tumar.protection.policy import Act
from tumar.protection.queries import providers
from tumar.protection.rules import RESULT_WORDS
from tumar.protection.views.screening import SCREENS, find_screening
from tumar.ui.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*SCREENS)
def refer_now(request: Request, ref: str) -> HttpResponse:
    """An urgent referral: the form, then exactly what they will see, then it is sent."""
    opened = commands.open_screening(
        actor=request.actor, screening=find_screening(request, ref), at=request.received_at
    )
    require(request.actor, Act.REFER_URGENTLY, opened)
    wanted = request.POST.getlist("services") or first_guess(opened)["services"]
    form = UrgentForm(opened, providers(request.actor, wanted), request.POST or None)
    context: dict[str, object] = {
        "screening": opened,
        "form": form,
        "result_words": RESULT_WORDS.get(opened.result, ""),
    }
    step = request.POST.get("step", "")
    if step == "send" and form.is_valid() and _sent(request, opened, form):
        return redirect("protection:referred", opened.ref)
    if step == "preview" and form.is_valid():
        context["package"] = in_words(_preview(request, opened, form))
    return show(request, "protection/screening_refer.html", context)


@require_safe
@open_to(*SCREENS)
def referred(request: Request, ref: str) -> HttpResponse:
    """It is sent: the reference, when an answer is due, and what happens now."""
    found = find_screening(request, ref)
    sent = Referral.objects.visible_to(request.actor).filter(
        case__screening=found, sender=request.actor.organisation_id
    )
    referral = sent.select_related("recipient").order_by("-made_at").first()
    if referral is None:
        return redirect(found)
    context = {"screening": found, "referral": referral}
    return show(request, "protection/screening_referred.html", context)


def _sent(request: Request, opened: Screening, form: UrgentForm) -> bool:
    said = form.cleaned_data
    try:
        commands.refer_urgently(
            actor=request.actor,
            screening=opened,
            to=form.recipient,
            services=said["services"],
            reason=said["reason"],
            consented=form.consented,
            article=said["article"],
            identity=form.identity(request.received_at.date()),
            safety=said.get("safety", ""),
            at=request.received_at,
        )
    except AlreadyReferred as problem:
        form.add_error("to", str(problem))
        return False
    return True


def _preview(request: Request, opened: Screening, form: UrgentForm) -> dict[str, object]:
    return commands.preview_urgent(
        actor=request.actor,
        screening=opened,
        services=form.cleaned_data["services"],
        identity=form.identity(request.received_at.date()),
        at=request.received_at,
    )
