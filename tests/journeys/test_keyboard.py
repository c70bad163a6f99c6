"""Keyboard only: whoever tabs through a page sees where they are, and always comes out again."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewWindow
from tests.journeys.windows import Window
from tumar.access.models import Membership
from tumar.protection.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What is wrong with the focus, in a word; empty if one sees where it is. A ring around what is
# out of sight helps nobody, so the thing itself must be uncovered and inside the window.
FAULT = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return 'end';
  const seen = here.closest('label') || here;
  const box = seen.getBoundingClientRect();
  const ring = [here, seen].map(e => getComputedStyle(e))
    .some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 16));
  const uncovered = !on || seen.contains(on) || on.contains(here);
  const name = here.outerHTML.slice(0, 120);
  if (!ring) return 'no ring: ' + name;
  if (!inside) return 'out of sight: ' + name;
  return uncovered ? '' : 'covered: ' + name;
}"""
REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length"""


def tab_through(window: Window) -> int:
    """Tab from the top until the page ends; returns how many stops there were."""
    stops = 0
    at_most = window.page.evaluate(REACHABLE) * 2 + 10  # a date field has a stop for each part
    while stops <= at_most:
        window.page.keyboard.press("Tab")
        fault = window.page.evaluate(FAULT)
        if fault == "end":
            return stops
        assert not fault, (window.page.url, fault)
        stops += 1
    raise AssertionError(f"{window.page.url}: no way out after {stops} stops")


def test_focus_is_always_seen_and_nowhere_caught(
    new_window: NewWindow, case: Case, caseworker: Membership
) -> None:
    window = new_window(by=caseworker)
    for path in ("/", "/protection/cases/", case.get_absolute_url()):
        window.visit(path)
        window.look()
        assert tab_through(window) > 8


def test_the_first_stop_leads_past_the_navigation(
    new_window: NewWindow, case: Case, caseworker: Membership
) -> None:
    window = new_window(by=caseworker)
    window.visit(case.get_absolute_url())

    window.page.keyboard.press("Tab")
    assert window.page.evaluate("document.activeElement.className") == "skip"
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")

    assert window.page.evaluate("document.activeElement.closest('main') !== null")


def test_a_case_is_found_opened_and_written_into_without_a_mouse(
    new_window: NewWindow, case: Case, caseworker: Membership
) -> None:
    window = new_window(by=caseworker)
    window.visit("/protection/cases/")
    window.page.get_by_role("link", name=case.ref.upper()).focus()
    window.page.keyboard.press("Enter")
    window.page.wait_for_url(f"**{case.get_absolute_url()}")
    window.field("text").focus()
    window.page.keyboard.type("She slept well.")
    for _stop in range(10):  # kind, the parts of the day, the button
        window.page.keyboard.press("Tab")
        if window.page.evaluate("document.activeElement.type") == "submit":
            break
    window.page.keyboard.press("Enter")

    window.page.locator(".timeline", has_text="She slept well.").wait_for()
