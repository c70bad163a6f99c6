"""A person at a screen: what they press, follow and read; every page is looked over on the way."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from tumar.access.models import User

if TYPE_CHECKING:  # imported here it would come before pytest rewrites it
    from tests.plumbing.chromium import Axe

AT = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)  # a Tuesday morning
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
DESK = {"width": 1360, "height": 850}
PHONE = {"width": 360, "height": 740}


class Clock:
    """The clock at the door, set to a fixed moment and going on from there.

    So that pictures look the same whenever they are taken, and what is due today stays due today.
    """

    def __init__(self, moment: datetime = AT) -> None:
        self._moment, self._set_at = moment, time.monotonic()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=time.monotonic() - self._set_at)


@dataclass
class Window:
    """One person's window."""

    page: Page
    url: str
    axe: Axe

    def visit(self, path: str) -> int:
        """Go to a path of the house, or to a whole address; returns the status of the answer."""
        answer = self.page.goto(path if path.startswith("http") else self.url + path)
        assert answer is not None
        return answer.status

    def press(self, label: str, *, inside: Locator | None = None) -> None:
        """Press a button that leads to a page, and see that the page is in order."""
        within = self.page if inside is None else inside
        self._go(within.get_by_role("button", name=label, exact=True).first)

    def follow(self, label: str | re.Pattern[str]) -> None:
        """Follow the first link of that name, and see that the page is in order."""
        exact = isinstance(label, str)
        self._go(self.page.locator("main").get_by_role("link", name=label, exact=exact).first)

    def enter(self, username: str) -> None:
        """Come in through a door of the demonstration."""
        self.visit("/demo/")
        door = self.page.locator("form", has=self.page.locator(f"[value={username}]"))
        self._go(door.get_by_role("button").first)

    def open_for(self, user: User) -> None:
        """Be signed in already."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "url": self.url, "value": session}
        self.page.context.add_cookies([cookie])

    def look(self) -> None:
        """Nothing for axe to find, and nothing wider than the window."""
        assert (self.page.url, self.axe(self.page)) == (self.page.url, [])
        assert not self.page.evaluate(TOO_WIDE), self.page.url

    def stretch(self) -> None:
        """Show more of a page, as a higher screen does."""
        size = self.page.viewport_size or DESK
        self.page.set_viewport_size({"width": size["width"], "height": 1150})

    def field(self, name: str) -> Locator:
        """A field by the name it is sent under."""
        return self.page.locator(f"main [name='{name}']")

    def tick(self, name: str, value: str) -> None:
        """Choose one of several."""
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    @property
    def said(self) -> str:
        """What stands on the page."""
        return self.page.locator("main").inner_text()

    def _go(self, thing: Locator) -> None:
        with self.page.expect_navigation():
            thing.click()
        self.look()
