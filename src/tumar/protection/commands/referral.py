"""Referrals: sent on a ground, answered by the inbox, ended; access follows each step."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import SYSTEM, Actor, require
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.models import Consent, ConsentState
from tumar.people.queries import ground_for
from tumar.people.rules.pseudonyms import ALPHABET
from tumar.protection.commands.desk import put_on_desk, refresh_desk, take_off_desk
from tumar.protection.models import Case, CaseAccess, Referral
from tumar.protection.policy import Act
from tumar.protection.queries import referral_package
from tumar.protection.rules import REFERRAL_ANSWERED, REFERRAL_OPEN, reply_due
from tumar.reference.models import Organisation


class AlreadyReferred(Exception):
    """The organisation leads the case, or has an open referral of this kind."""


class NoGround(Exception):
    """Nothing allows this sharing: she has not agreed, and no law was written down."""


def send_referral(
    *,
    actor: Actor,
    case: Case,
    to: Organisation,
    kind: str,
    services: Iterable[str],
    groups: Iterable[str],
    urgency: str,
    reason: str,
    at: datetime,
    urgently: bool = False,
) -> Referral:
    """Send a referral to an organisation's inbox, with exactly what they will see.

    Args:
        urgently: from a screening, by a screener who keeps no cases.

    Raises:
        NotAllowed: the actor's organisation does not lead this case, or it is closed.
        AlreadyReferred: `to` leads the case or has an open referral of this kind.
        NoGround: neither consent nor a written legal ground covers these groups for `to`.
    """
    with audit.record(actor, Act.REFER, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.select_related("data_key", "person__data_key").lock(case)
        require(
            actor,
            Act.REFER_URGENTLY if urgently else Act.REFER,
            case.screening if urgently else case,
        )
        # A transfer hands over the whole case, so nothing less than all of it is asked for.
        wanted = sorted(ALL_GROUPS if kind == "transfer" else groups)
        _refuse_second(case, to, kind)
        ground = ground_for(case.person, purpose="referral", recipient=to, groups=wanted, at=at)
        if ground is None:
            raise NoGround(_("She has not agreed to this sharing, and no legal ground is written."))
        referral = Referral.objects.create(
            ref="r-" + "".join(secrets.choice(ALPHABET) for _i in range(8)).lower(),
            data_key=case.data_key,
            case=case,
            kind=kind,
            sender_id=actor.organisation_id,
            recipient=to,
            services=sorted(services),
            groups=wanted,
            urgency=urgency,
            reason=reason,
            package=referral_package(case, services=services, groups=wanted, urgency=urgency),
            state="sent",
            consent=ground.consent,
            legal_ground=ground.legal,
            made_by=actor.user_id,
            made_at=at,
            sent_at=at,
            reply_due_at=reply_due(urgency, at),
        )
        event.note(referral=str(referral.pk), to=to.pk, groups=wanted, ground=ground.key)
        refresh_desk(case)
        return referral


def preview_referral(
    *,
    actor: Actor,
    case: Case,
    services: Iterable[str],
    groups: Iterable[str],
    urgency: str,
    at: datetime,
) -> dict[str, Any]:
    """What `send_referral` would send, for the sender to read first; the look is on record."""
    with audit.look(actor, Act.REFER, on=case, at=at, person=case.person_id):
        require(actor, Act.REFER, case)
        return referral_package(case, services=services, groups=groups, urgency=urgency)


def open_referral(*, actor: Actor, referral: Referral, at: datetime) -> Referral:
    """Look at a referral and its preview; the look is on record."""
    with audit.look(actor, Act.OPEN_REFERRAL, on=referral, at=at, person=referral.case.person_id):
        require(actor, Act.OPEN_REFERRAL, referral)
        return referral


def receive_referral(*, actor: Actor, referral: Referral, at: datetime) -> Referral:
    """Confirm that a referral has arrived, so that the sender need not telephone."""
    with _answer(actor, Act.RECEIVE, referral, at) as locked:
        locked.state = "received"
        locked.save(update_fields=["state"])
        return locked


def begin_referral(*, actor: Actor, referral: Referral, at: datetime) -> Referral:
    """Say that work on an accepted referral has begun."""
    with _answer(actor, Act.BEGIN, referral, at) as locked:
        locked.state = "in_service"
        locked.save(update_fields=["state"])
        return locked


def accept_referral(*, actor: Actor, referral: Referral, at: datetime) -> Referral:
    """Take a referral on. The case comes to the desk, with the groups agreed and no others.

    A transfer makes the recipient the lead; the sender's access ends with it.

    Raises:
        NotAllowed: not the recipient, or it waits no more.
        NoGround: she has withdrawn since it was sent.
    """
    with _answer(actor, Act.ACCEPT, referral, at) as locked:
        if locked.consent and not locked.consent.is_live(at):
            raise NoGround(_("She has withdrawn her agreement. The referral cannot go on."))
        locked.state, locked.answered_at = "accepted", at
        locked.save(update_fields=["state", "answered_at"])
        if locked.kind == "transfer":
            _hand_over(actor, locked, at)
        else:
            put_on_desk(
                actor=actor, case=locked.case, organisation=locked.recipient,
                capacity="referred", ground=_ground(locked), groups=locked.groups, at=at,
            )  # fmt: skip
        refresh_desk(locked.case)
        return locked


def decline_referral(
    *, actor: Actor, referral: Referral, reason: str, feedback: str, at: datetime
) -> Referral:
    """Decline with a reason, so that the sender can look elsewhere at once."""
    with _answer(actor, Act.DECLINE, referral, at) as locked:
        locked.state, locked.answered_at, locked.ended_at = "declined", at, at
        locked.decline_reason, locked.feedback = reason, feedback
        locked.save()
        refresh_desk(locked.case)
        return locked


def complete_referral(*, actor: Actor, referral: Referral, feedback: str, at: datetime) -> Referral:
    """End a referral that was taken on, and tell the sender how it went."""
    with _answer(actor, Act.COMPLETE, referral, at) as locked:
        locked.state, locked.ended_at, locked.feedback = "completed", at, feedback
        locked.save()
        _let_go(actor, locked, at)
        return locked


def cancel_referral(*, actor: Actor, referral: Referral, at: datetime) -> Referral:
    """Withdraw a referral; the recipient is cut off from the next request on."""
    with _answer(actor, Act.CANCEL, referral, at) as locked:
        _cancel(actor, locked, at)
        return locked


def expire_referrals(*, at: datetime) -> int:
    """Mark referrals nobody answered in time, so that the sender sees it; returns how many."""
    late = Referral.objects.waiting().filter(reply_due_at__lte=at).select_related("case")
    for referral in late:
        with _answer(SYSTEM, Act.EXPIRE, referral, at) as locked:
            locked.state, locked.ended_at = "expired", at
            locked.save(update_fields=["state", "ended_at"])
            refresh_desk(locked.case)
    return len(late)


def end_with_consent(actor: Actor, consent: Consent, at: datetime) -> None:
    """Fill the slot of `people`: an answer that ended ends every referral that rested on it.

    A no to one organisation by name also ends what rested on an older yes to all.
    """
    told_by_name = Q()
    if consent.state == ConsentState.REFUSED and consent.recipient_id:
        told_by_name = Q(
            case__person=consent.person_id, recipient=consent.recipient_id, consent__isnull=False
        )
    resting = Referral.objects.filter(
        Q(consent=consent) | told_by_name, state__in=(*REFERRAL_OPEN, *REFERRAL_ANSWERED)
    )
    for referral in resting.select_related("case__person", "recipient", "data_key"):
        if not consent.is_live(at) or not set(referral.groups) <= set(consent.groups):
            _cancel(actor, referral, at)


def _cancel(actor: Actor, referral: Referral, at: datetime) -> None:
    referral.state, referral.ended_at = "cancelled", at
    referral.save(update_fields=["state", "ended_at"])
    _let_go(actor, referral, at)


def _let_go(actor: Actor, referral: Referral, at: datetime) -> None:
    take_off_desk(
        actor=actor,
        case=referral.case,
        organisation=referral.recipient,
        ground=_ground(referral),
        at=at,
    )
    refresh_desk(referral.case)


def _hand_over(actor: Actor, referral: Referral, at: datetime) -> None:
    case, former = referral.case, referral.sender
    CaseAccess.objects.active().filter(case=case, organisation=former).update(until=at)
    case.person.grants.active().filter(organisation=former).update(ended_at=at)
    CaseAccess.objects.active().filter(case=case, organisation=referral.recipient).update(until=at)
    case.lead, case.worker, case.status = referral.recipient, None, "open"
    case.save(update_fields=["lead", "worker", "status"])
    put_on_desk(
        actor=actor, case=case, organisation=referral.recipient, capacity="lead",
        ground="lead", groups=ALL_GROUPS, at=at,
    )  # fmt: skip
    referral.state, referral.ended_at = "completed", at
    referral.save(update_fields=["state", "ended_at"])


def _refuse_second(case: Case, to: Organisation, kind: str) -> None:
    open_ones = case.referrals.filter(
        recipient=to, kind=kind, state__in=(*REFERRAL_OPEN, *REFERRAL_ANSWERED)
    )
    if case.lead_id == to.pk or open_ones.exists():
        raise AlreadyReferred(_("This organisation has this case already."))


def _ground(referral: Referral) -> str:
    return f"referral:{referral.pk}"


@contextmanager
def _answer(actor: Actor, act: Act, referral: Referral, at: datetime) -> Iterator[Referral]:
    """One step of a referral: recorded, locked, asked; then the step itself."""
    with audit.record(actor, act, on=referral, at=at, person=referral.case.person_id) as event:
        locked = Referral.objects.select_related(
            "case__person", "case__data_key", "sender", "recipient", "consent", "data_key"
        ).lock(referral)
        require(actor, act, locked)
        event.note(case=str(locked.case_id), sender=locked.sender_id, recipient=locked.recipient_id)
        yield locked
