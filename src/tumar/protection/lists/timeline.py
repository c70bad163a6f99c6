"""The time line of a case as data, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tumar.access import Actor
from tumar.protection.models import Note
from tumar.protection.queries import CasePage, Moment
from tumar.ui.parts import Tone

SHOWN = 25  # moments in sight; the older ones open at a press

ICONS = {
    "note": "message-2",
    "decision": "shield-check",
    "referral": "send",
    "service": "heart-handshake",
    "screening": "clipboard-text",
    "opened": "folder",
    "closed": "check",
}
TONES: dict[str, Tone] = {"ok": "ok", "warn": "warn", "info": "info"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment with its sign, and whether the reader may correct it."""

    moment: Moment
    icon: str
    tone: Tone
    is_own: bool

    @property
    def note(self) -> Note | None:
        return self.moment.note


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is in sight, and what is older."""

    recent: Sequence[Entry]
    older: Sequence[Entry]


def timeline(page: CasePage, actor: Actor) -> Timeline:
    """Notes, decisions, referrals and services of a case in one line."""
    entries = [_entry(moment, actor) for moment in page.timeline]
    return Timeline(entries[:SHOWN], entries[SHOWN:])


def _entry(moment: Moment, actor: Actor) -> Entry:
    note = moment.note
    return Entry(
        moment=moment,
        icon=ICONS[moment.kind],
        tone=TONES.get(moment.tone, "neutral"),
        is_own=note is not None and note.author_id == actor.user_id,
    )
