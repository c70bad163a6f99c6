"""How long a session lasts: while it is used, and never beyond a day's work."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "began", "seen"  # session keys; seconds since 1970
NOTED_EVERY = timedelta(seconds=60)  # else every request would write its session


def is_over(session: SessionBase, at: datetime) -> bool:
    """Was nothing asked for too long, or is the whole session too old? (R07)"""
    now = at.timestamp()
    idle, whole = now - session.get(SEEN, now), now - session.get(BEGAN, now)
    return bool(idle > settings.SESSION_IDLE.total_seconds() or whole > settings.SESSION_COOKIE_AGE)


def note(session: SessionBase, at: datetime) -> None:
    """Remember that the session is in use."""
    now = at.timestamp()
    if BEGAN not in session:
        session[BEGAN] = now
    if now - session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        session[SEEN] = now
