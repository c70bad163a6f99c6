"""Windows for the people of a journey, and the demonstration country at a fixed moment."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys.windows import AT, DESK, Clock, Window
from tumar.access.models import Membership
from tumar.site.demo import load

if TYPE_CHECKING:  # imported here it would come before pytest rewrites it
    from tests.plumbing.chromium import Axe

# A picture shows a country at work; for the rest a small one will do.
CASES = 400 if os.environ.get("TUMAR_SCREENSHOTS") == "1" else 40

NewWindow = Callable[..., Window]


@pytest.fixture
def new_window(new_context: Callable[..., BrowserContext], live_server: Any, axe: Axe) -> NewWindow:
    """Open a window that shares nothing with others, at a desk unless said otherwise.

    Args:
        by: the member who is signed in already.
        size: of the viewport, in pixels.
    """

    def open_one(by: Membership | None = None, size: dict[str, int] = DESK, **how: Any) -> Window:
        # Without movement, no colour is caught half-way through its change.
        context = new_context(viewport=size, reduced_motion="reduce", **how)
        window = Window(context.new_page(), live_server.url, axe)
        if by is not None:
            window.open_for(by.user)
        return window

    return open_one


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every page, set to a fixed moment."""
    set_to = Clock()
    monkeypatch.setattr("tumar.access.doors.timezone", set_to)
    monkeypatch.setattr("tumar.evidence.views.statistics.timezone", set_to)
    return set_to


@pytest.fixture
def country(transactional_db: None, clock: Clock, settings: Any) -> None:
    """The demonstration, open by its doors."""
    settings.MODE, settings.LOGIN_URL = "demo", "demo"
    load(at=AT, cases=CASES)
