"""Her answers as the consents page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tumar.people.models import Consent, ConsentState, LegalGround
from tumar.people.queries import ConsentPage
from tumar.people.rules import EXPLAINED
from tumar.reference.codelists import code_list
from tumar.ui.parts import Badge, Event


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that counts, for one recipient."""

    consent: Consent
    recipient: str
    badge: Badge
    groups: Sequence[str]
    explained: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Purpose:
    """A line of the matrix."""

    key: str
    label: str
    answers: Sequence[Answer]
    grounds: Sequence[LegalGround]


def matrix(page: ConsentPage) -> list[Purpose]:
    """Purposes with something said about them first; the rest stays to be asked."""
    rows = [
        Purpose(
            row.purpose,
            code_list("purposes").label(row.purpose),
            [_answer(consent, page.at) for consent in row.answers],
            row.grounds,
        )
        for row in page.rows
    ]
    return sorted(rows, key=lambda row: not (row.answers or row.grounds))


def history_rows(page: ConsentPage) -> list[Event]:
    """Every answer there ever was, newest first."""
    return [_event(consent, page.at) for consent in page.history]


def state_badge(consent: Consent, at: datetime) -> Badge:
    """Where an answer stands at a moment; a date that has passed needs no job to count."""
    if consent.is_live(at):
        narrowed = consent.state == ConsentState.NARROWED
        return Badge(_("Yes, to less"), "ok", "check") if narrowed else _yes()
    if consent.state == ConsentState.REFUSED:
        return Badge(_("No"), "danger", "hand-stop")
    if consent.state == ConsentState.WITHDRAWN:
        return Badge(_("Withdrawn"), "danger", "ban")
    return Badge(_("Over"), "neutral", "clock")


def _yes() -> Badge:
    return Badge(_("Yes"), "ok", "check")


def _answer(consent: Consent, at: datetime) -> Answer:
    return Answer(
        consent=consent,
        recipient=_recipient(consent),
        badge=state_badge(consent, at),
        groups=consent.get_groups_display(),  # type: ignore[attr-defined]
        explained=_explained(consent),
        is_live=consent.is_live(at),
    )


def _recipient(consent: Consent) -> str:
    if consent.recipient is None:
        return _("Our organisation, and whoever the purpose needs")
    return str(consent.recipient)


def _explained(consent: Consent) -> str:
    told = len(set(consent.explained) & set(EXPLAINED))
    return ngettext(
        "%(told)d of %(all)d point explained",
        "%(told)d of %(all)d points explained",
        len(EXPLAINED),
    ) % {"told": told, "all": len(EXPLAINED)}


def _event(consent: Consent, at: datetime) -> Event:
    badge = state_badge(consent, at)
    purpose = code_list("purposes").label(consent.purpose)
    return Event(
        title=f"{purpose}: {badge.label}",
        at=consent.given_at,
        who=str(consent.asked_by),
        text="\n".join(filter(None, (_recipient(consent), _explained(consent), consent.words))),
        icon=badge.icon,
        tone=badge.tone,
    )
