"""The gallery in a real browser: axe, keyboard, narrow screens, and Leave now."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.plumbing.chromium import Axe
from tests.ui import addresses
from tumar.access.models import Membership
from tumar.ui.navigation import NAVIGATION, NavigationEntry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.ui.addresses"),
    pytest.mark.django_db(transaction=True),
]
BLANK_WITHIN = 300  # milliseconds

SMALL_TARGETS = """() => [...document.querySelectorAll(
    'a.button, button, summary, .rail-entry, .dock-entry, input, select, a.chip, .tab')]
  .filter(e => e.checkVisibility() && !(['checkbox', 'radio'].includes(e.type)))
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 80)])
  .filter(([box]) => box.height > 0 && (box.height < 39.5 || box.width < 39.5))
  .map(([box, html]) => `${box.width}x${box.height} ${html}`)"""
HIDDEN_FOCUS = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 16));
  const here = document.activeElement;
  const label = here.closest('label') || here;
  return !on || label.contains(on) || on.contains(here) ? '' : here.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def gallery(page: Page, live_server: Any, caseworker: Membership) -> Iterator[Page]:
    """The gallery, opened by a signed-in case worker, with six entries in the rail."""
    kept = NAVIGATION[:]
    NAVIGATION[:] = [NavigationEntry(f"Place {n}", "home", "ui:gallery") for n in range(6)]
    client = Client()
    client.force_login(caseworker.user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{**cookie, "value": session}])
    page.goto(f"{live_server.url}/ui/gallery/")
    yield page
    NAVIGATION[:] = kept


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing(gallery: Page, axe: Axe, scheme: Any, direction: str) -> None:
    gallery.emulate_media(color_scheme=scheme)
    gallery.goto(gallery.url.split("?")[0] + f"?dir={direction}")

    assert axe(gallery) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1360])
def test_nothing_has_to_be_scrolled_sideways(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 800})

    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert gallery.evaluate(over) == 0


@pytest.mark.parametrize("width", [360, 1360])
def test_what_is_pressed_is_large_enough(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 800})

    assert gallery.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("width", [360, 1360])
def test_the_focus_is_never_under_a_bar(gallery: Page, width: int) -> None:
    gallery.set_viewport_size({"width": width, "height": 700})
    gallery.emulate_media(reduced_motion="reduce")

    hidden = []
    for _ in range(90):
        gallery.keyboard.press("Tab")
        hidden.append(gallery.evaluate(HIDDEN_FOCUS))

    assert [each for each in hidden if each] == []


def test_leave_now_blanks_the_page_ends_the_session_and_cannot_be_gone_back_from(
    gallery: Page, live_server: Any
) -> None:
    addresses.LEFT.clear()

    with gallery.expect_request("**/leave/"):
        gallery.locator(".top").get_by_role("button", name="Leave now").click(no_wait_after=True)
    gallery.wait_for_url("**/away/")

    assert addresses.LEFT == ["POST"]
    gallery.go_back()
    expect(gallery.get_by_text("Every component")).to_have_count(0)


def test_leave_now_is_there_in_a_dialog_too(gallery: Page) -> None:
    gallery.get_by_role("link", name="Add a note").click()

    gallery.get_by_role("dialog").get_by_role("button", name="Leave now").click(no_wait_after=True)

    gallery.wait_for_url("**/away/")


def test_shift_three_times_blanks_the_page_at_once(gallery: Page) -> None:
    measure = """() => new Promise(done => {
      const press = () => window.dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'}));
      const start = performance.now();
      new MutationObserver(() => document.body || done(performance.now() - start))
        .observe(document.documentElement, {childList: true});
      press(); press(); press();
    })"""

    assert gallery.evaluate(measure) < BLANK_WITHIN
    gallery.wait_for_url("**/away/")


def test_capital_letters_do_not_leave(gallery: Page) -> None:
    gallery.locator("#id_name").first.click()
    for letter in ("A", "B", "C", "D"):
        gallery.keyboard.press(f"Shift+{letter}")

    expect(gallery.locator("#id_name").first).to_have_value("ABCD")
    assert "/ui/gallery/" in gallery.url


def test_a_dialog_opens_closes_with_escape_and_gives_the_focus_back(gallery: Page) -> None:
    opener = gallery.get_by_role("link", name="Add a note")
    opener.click()
    expect(gallery.get_by_role("dialog", name="Add a note")).to_be_visible()

    gallery.keyboard.press("Escape")

    expect(gallery.get_by_role("dialog", name="Add a note")).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_follow_up_question_shows_only_after_its_answer(gallery: Page) -> None:
    form = gallery.locator("form.form").nth(1)
    follow_up = form.get_by_label("When would be better?")
    expect(follow_up).to_be_visible()

    form.get_by_text("Yes", exact=True).click()

    expect(follow_up).to_be_hidden()


def test_the_look_changes_at_once_and_stays(gallery: Page) -> None:
    gallery.locator(".reader summary").click()
    with gallery.expect_response("**/ui/look/"):
        gallery.locator(".reader").get_by_role("button", name="Dark").click()
    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")

    gallery.reload()

    expect(gallery.locator("html")).to_have_attribute("data-theme", "dark")


def test_nothing_breaks_the_content_policy_and_no_script_fails(gallery: Page) -> None:
    said: list[str] = []
    gallery.on("console", lambda message: said.append(message.text))
    gallery.on("pageerror", lambda error: said.append(f"Content Security Policy? {error}"))

    gallery.reload()
    gallery.wait_for_load_state("networkidle")

    assert [each for each in said if "Content Security Policy" in each] == []
