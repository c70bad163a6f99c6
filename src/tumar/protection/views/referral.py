"""The inbox, what was sent, and one referral with its answers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumar.access import Role, Verdict, denied, require, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import CASE_ROLES
from tumar.protection import commands
from tumar.protection.commands import NoGround
from tumar.protection.forms.referral import CompleteForm, DeclineForm
from tumar.protection.lists import referral as lists
from tumar.protection.lists.package import in_words
from tumar.protection.models import Referral
from tumar.protection.policy import Act
from tumar.protection.queries import lines_of
from tumar.protection.rules import REFERRAL_NEXT, may_move
from tumar.ui.lists import Listing, listing
from tumar.ui.pages import show

REFERS = (Role.SCREENER, Role.CASEWORKER, Role.SUPERVISOR, Role.COORDINATOR)

# What may be done from the page, and the state each leads to.
ANSWERS = {
    "accept": (Act.ACCEPT, "accepted"),
    "receive": (Act.RECEIVE, "received"),
    "begin": (Act.BEGIN, "in_service"),
    "complete": (Act.COMPLETE, "completed"),
    "decline": (Act.DECLINE, "declined"),
}


@require_safe
@open_to(*REFERS)
def inbox(request: Request) -> HttpResponse:
    """What waits for an answer; screeners, who receive nothing, see what they sent."""
    if not request.actor.has(*CASE_ROLES):
        return redirect("protection:sent-referrals")
    waiting = Referral.objects.received_by(request.actor).waiting()
    return _listing(request, lists.WAITING, waiting, "waiting")


@require_safe
@open_to(*CASE_ROLES)
def answered(request: Request) -> HttpResponse:
    """What the organisation has answered."""
    received = Referral.objects.received_by(request.actor)
    over = received.exclude(pk__in=received.waiting().values("pk"))
    return _listing(request, lists.ANSWERED, over, "answered")


@require_safe
@open_to(*REFERS)
def sent(request: Request) -> HttpResponse:
    """What the organisation has asked of others."""
    ours = Referral.objects.visible_to(request.actor).filter(sender=request.actor.organisation_id)
    return _listing(request, lists.SENT, ours, "sent")


@require_safe
@open_to(*REFERS)
def referral(request: Request, ref: str) -> HttpResponse:
    """One referral: what is asked, what opens on acceptance, the answers, and its history."""
    actor, found = request.actor, _find(request, ref)
    opened = commands.open_referral(actor=actor, referral=found, at=request.received_at)
    is_sender = opened.sender_id == actor.organisation_id
    possible = {
        name: verdict(actor, act, opened)
        for name, (act, to) in ANSWERS.items()
        if not is_sender and may_move(REFERRAL_NEXT, opened.state, to)
    }
    can_withdraw = is_sender and may_move(REFERRAL_NEXT, opened.state, "cancelled")
    context = {
        "referral": opened,
        "is_sender": is_sender,
        "is_recipient": not is_sender,
        "words": in_words(opened.package),
        "badge": lists.state_badge(opened),
        "due": lists.reply_due(opened),
        "possible": possible,
        "withdraw": verdict(actor, Act.CANCEL, opened) if can_withdraw else None,
        "may_look": verdict(actor, Act.LOOK, opened.case),
        "may_refer_on": is_sender and verdict(actor, Act.REFER, opened.case),
        "may_refer_urgently": is_sender and _may_refer_urgently(request, opened),
        "history": lists.history(opened, lines_of(opened, (Act.RECEIVE, Act.BEGIN))),
    }
    return show(request, "protection/referral.html", context)


@require_POST
@open_to(*REFERS)
def receive_referral(request: Request, ref: str) -> HttpResponse:
    """Confirm that it has arrived."""
    return _move(
        request,
        ref,
        commands.receive_referral,
        gettext_lazy("The sender can see now that it has arrived."),
    )


@require_POST
@open_to(*REFERS)
def accept_referral(request: Request, ref: str) -> HttpResponse:
    """Take it on: the case comes to the desk."""
    return _move(
        request,
        ref,
        commands.accept_referral,
        gettext_lazy("Accepted. The case is on your desk now."),
    )


@require_POST
@open_to(*REFERS)
def begin_referral(request: Request, ref: str) -> HttpResponse:
    """Say that work has begun."""
    return _move(
        request,
        ref,
        commands.begin_referral,
        gettext_lazy("The sender can see now that work has begun."),
    )


@require_POST
@open_to(*REFERS)
def cancel_referral(request: Request, ref: str) -> HttpResponse:
    """Withdraw it: the recipient is cut off."""
    return _move(
        request,
        ref,
        commands.cancel_referral,
        gettext_lazy("Withdrawn. They cannot open it any more."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*REFERS)
def decline_referral(request: Request, ref: str) -> HttpResponse:
    """Decline with a reason."""
    found = _find(request, ref)
    require(request.actor, Act.DECLINE, found)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        commands.decline_referral(
            actor=request.actor, referral=found, at=request.received_at, **form.cleaned_data
        )
        messages.success(request, _("Declined. The sender sees your reason now."))
        return redirect(found)
    return show(request, "protection/referral_decline.html", {"referral": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*REFERS)
def complete_referral(request: Request, ref: str) -> HttpResponse:
    """Complete it, and tell how it went."""
    found = _find(request, ref)
    require(request.actor, Act.COMPLETE, found)
    form = CompleteForm(request.POST or None)
    if form.is_valid():
        commands.complete_referral(
            actor=request.actor, referral=found, at=request.received_at, **form.cleaned_data
        )
        messages.success(request, _("Completed. The sender sees how it went."))
        return redirect(found)
    return show(request, "protection/referral_complete.html", {"referral": found, "form": form})


def _may_refer_urgently(request: Request, opened: Referral) -> Verdict:
    screening = opened.case.screening
    if screening is None:
        return denied(_("This referral did not come from a screening."))
    return verdict(request.actor, Act.REFER_URGENTLY, screening)


def _find(request: Request, ref: str) -> Referral:
    mine = Referral.objects.visible_to(request.actor).select_related(
        "case__person", "case__screening", "case__lead", "sender", "recipient", "consent",
        "legal_ground", "data_key",
    )  # fmt: skip
    return find(mine, ref=ref)


def _move(
    request: Request, ref: str, command: Callable[..., Referral], done: str | Promise
) -> HttpResponse:
    found = _find(request, ref)
    try:
        command(actor=request.actor, referral=found, at=request.received_at)
    except NoGround as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, str(done))
    return redirect(found)


def _listing(request: Request, what: Listing, rows: QuerySet[Referral], tab: str) -> HttpResponse:
    received = Referral.objects.received_by(request.actor)
    return listing(
        request,
        what,
        rows.select_related("sender", "recipient"),
        template="protection/referral_list.html",
        context={
            "tab": tab,
            "receives": request.actor.has(*CASE_ROLES),
            "waiting": received.waiting().count(),
        },
    )
