"""The inbox and what was sent: three lists, and a referral's history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.audit.models import Line
from tumar.protection.models import Referral
from tumar.protection.policy import Act
from tumar.protection.rules import REFERRAL_OPEN
from tumar.reference.codelists import code_list
from tumar.ui.lists import Column, Filter, Listing
from tumar.ui.parts import Badge, Due, Event, Lines, Tone

STATE_TONES: Mapping[str, Tone] = {
    "sent": "warn",
    "received": "info",
    "accepted": "ok",
    "in_service": "ok",
    "declined": "danger",
    "expired": "danger",
}

ENDINGS: Mapping[str, tuple[str | Promise, str, Tone]] = {
    "declined": (_("Declined"), "circle-x", "danger"),
    "completed": (_("Completed"), "circle-check", "ok"),
    "cancelled": (_("Withdrawn; access ended"), "ban", "neutral"),
    "expired": (_("Nobody answered in time"), "hourglass", "danger"),
}


def state_badge(referral: Referral) -> Badge:
    """Its state in a word."""
    label = code_list("referral_states").label(referral.state)
    return Badge(label, STATE_TONES.get(referral.state, "neutral"))


def reply_due(referral: Referral) -> Due | str:
    """By when it must be answered, while it waits."""
    if referral.state not in REFERRAL_OPEN or referral.reply_due_at is None:
        return ""
    return Due(referral.reply_due_at.date())


def _what(referral: Referral) -> Lines:
    services = ", ".join(map(code_list("service_types").label, referral.services))
    return Lines(referral.get_kind_display(), services)


def _urgency(referral: Referral) -> Badge | str:
    label = code_list("urgency").label(referral.urgency)
    tones: dict[str, Tone] = {"immediate": "danger", "today": "warn"}
    return Badge(label, tones[referral.urgency]) if referral.urgency in tones else label


def _sent_on(referral: Referral) -> str:
    return date_format(referral.sent_at, "j M Y") if referral.sent_at else ""


def _columns(other: str | Promise, who: Callable[[Referral], object], order: str) -> list[Column]:
    return [
        Column(_("Referral"), _what, link=True),
        Column(other, who),
        Column(_("Answer needed"), _urgency, optional=True),
        Column(_("Reply due"), reply_due, order="reply_due_at" if order == "reply_due_at" else ""),
        Column(
            _("Sent"),
            _sent_on,
            order="-sent_at",
            optional=True,
        ),
        Column(_("State"), state_badge, corner=True),
    ]


_IMMEDIATE = Filter("now", _("Needed now"), lambda rows: rows.filter(urgency="immediate"))

WAITING = Listing(
    title=_("Inbox"),
    intro=_("Referrals sent to your organisation that wait for your answer."),
    columns=_columns(_("From"), attrgetter("sender.name"), "reply_due_at"),
    filters=[_IMMEDIATE],
    order="reply_due_at",
    empty=_("Nothing waits for an answer"),
    empty_hint=_("When an organisation refers somebody to you, it appears here at once."),
    empty_icon="send",
)

ANSWERED = Listing(
    title=_("Inbox: answered"),
    intro=_("Referrals your organisation has taken on, declined or completed."),
    columns=_columns(_("From"), attrgetter("sender.name"), "-sent_at"),
    filters=[
        Filter(
            "under-way",
            _("Under way"),
            lambda rows: rows.filter(state__in=("accepted", "in_service")),
        )
    ],
    order="-sent_at",
    empty=_("Nothing answered yet"),
    empty_hint=_("What you accept or decline is kept here."),
    empty_icon="clipboard-check",
)

SENT = Listing(
    title=_("Sent referrals"),
    intro=_("What your organisation has asked of others, and what became of it."),
    columns=_columns(_("To"), attrgetter("recipient.name"), "-sent_at"),
    filters=[
        Filter("waiting", _("Waiting"), lambda rows: rows.filter(state__in=REFERRAL_OPEN), "state"),
        Filter(
            "declined",
            _("Declined or late"),
            lambda rows: rows.filter(state__in=("declined", "expired")),
        ),
        _IMMEDIATE,
    ],
    order="-sent_at",
    empty=_("Nothing sent yet"),
    empty_hint=_("Refer from a case, or at once from a screening."),
    empty_icon="send",
)


def history(referral: Referral, lines: Iterable[Line]) -> list[Event]:
    """What happened to a referral, newest first.

    Args:
        lines: of the log, about this referral's receipt and the beginning of work.
    """
    return sorted(_happened(referral, lines), key=lambda event: str(event.at), reverse=True)


def _happened(referral: Referral, lines: Iterable[Line]) -> Iterator[Event]:
    sender, recipient = referral.sender.name, referral.recipient.name
    if referral.sent_at:
        yield Event(_("Sent"), referral.sent_at, sender, icon="send", tone="info")
    for line in lines:
        began = line.event == Act.BEGIN
        title = _("Work has begun") if began else _("Arrived and is being read")
        yield Event(title, line.at, recipient, icon="heart-handshake" if began else "eye-check")
    if referral.answered_at and referral.state != "declined":
        yield Event(_("Accepted"), referral.answered_at, recipient, icon="check", tone="ok")
    if referral.ended_at and referral.state in ENDINGS:
        ending, icon, tone = ENDINGS[referral.state]
        who = recipient if referral.state in {"declined", "completed"} else ""
        yield Event(ending, referral.ended_at, who, referral.feedback, icon, tone)
