"""Referrals for programs: the inbox, and every answer to it."""

from __future__ import annotations

from typing import Literal

from ninja import Router

from tumar.access.http import Request, find
from tumar.access.scopes import require_scope
from tumar.protection.api.schemas import DeclineIn, FeedbackIn, ReferralOut, ReferralPageOut
from tumar.protection.commands import (
    accept_referral,
    begin_referral,
    cancel_referral,
    complete_referral,
    decline_referral,
    open_referral,
    receive_referral,
)
from tumar.protection.models import Referral
from tumar.ui.lists.keyset import Order, read

router = Router(tags=["referrals"])

PER_PAGE = 50
WHOLE = ("case__person", "data_key", "sender", "recipient")
STEPS = {
    "receive": receive_referral,
    "accept": accept_referral,
    "begin": begin_referral,
    "cancel": cancel_referral,
}


@router.get("", response=ReferralPageOut, url_name="api-referrals")
def list_referrals(
    request: Request, box: Literal["received", "sent"] = "received", after: str = ""
) -> ReferralPageOut:
    """Referrals received or sent, newest first; 50 at a time."""
    require_scope(request, "referrals:read")
    rows = Referral.objects.visible_to(request.actor).select_related(*WHOLE)
    mine = {"recipient" if box == "received" else "sender": request.actor.organisation_id}
    page = read(rows.filter(**mine), Order.of("-made_at"), PER_PAGE, after)
    return ReferralPageOut(referrals=[ReferralOut.of(row) for row in page.rows], next=page.after)


@router.get("/{slug:ref}", response=ReferralOut, url_name="api-referral")
def read_referral(request: Request, ref: str) -> ReferralOut:
    """One referral with its preview. The look is on record."""
    require_scope(request, "referrals:read")
    referral = open_referral(
        actor=request.actor, referral=_referral(request, ref), at=request.received_at
    )
    return ReferralOut.of(referral)


@router.post("/{slug:ref}/decline", response=ReferralOut, url_name="api-decline")
def decline(request: Request, ref: str, answer: DeclineIn) -> ReferralOut:
    """Decline with a reason, so that the sender can look elsewhere at once."""
    require_scope(request, "referrals:write")
    declined = decline_referral(
        actor=request.actor,
        referral=_referral(request, ref),
        at=request.received_at,
        **answer.dict(),
    )
    return ReferralOut.of(declined)


@router.post("/{slug:ref}/complete", response=ReferralOut, url_name="api-complete")
def complete(request: Request, ref: str, answer: FeedbackIn) -> ReferralOut:
    """End a referral that was taken on, and tell the sender how it went."""
    require_scope(request, "referrals:write")
    completed = complete_referral(
        actor=request.actor,
        referral=_referral(request, ref),
        at=request.received_at,
        **answer.dict(),
    )
    return ReferralOut.of(completed)


@router.post("/{slug:ref}/{step}", response=ReferralOut, url_name="api-referral-step")
def take_step(
    request: Request, ref: str, step: Literal["receive", "accept", "begin", "cancel"]
) -> ReferralOut:
    """Confirm receipt, accept, begin, or (as the sender) withdraw."""
    require_scope(request, "referrals:write")
    referral = STEPS[step](
        actor=request.actor, referral=_referral(request, ref), at=request.received_at
    )
    return ReferralOut.of(referral)


def _referral(request: Request, ref: str) -> Referral:
    return find(Referral.objects.visible_to(request.actor).select_related(*WHOLE), ref=ref)
