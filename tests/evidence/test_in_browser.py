"""The room's pages in a real browser: nothing inline, nothing from elsewhere, readable by all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from tests.evidence.factories import a_row, take_in
from tests.factories import MembershipFactory
from tumar.access import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "arabic": {"locale": "ar"},
}


def people() -> list[dict[str, str]]:
    lands = {"KG": 60, "UZ": 30, "TJ": 12, "NA": 3, "RU": 7}
    many = {"Female": 1, "Male": 2, "Transgender/NonConforming": 30}
    return [
        a_row(yearOfRegistration=year, gender=gender, citizenship=land)
        for year in ("2017", "2018", "2019", "2020")
        for land, people in lands.items()
        for gender, share in many.items()
        for _ in range(people // share)
    ]


@pytest.fixture
def opened(
    client: Client, live_server: Any, new_context: Callable[..., BrowserContext]
) -> Callable[[str, str], Page]:
    """Open an address as an analyst, in one of the looks."""
    client.force_login(MembershipFactory.create(role=Role.ANALYST).user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open_page(url: str, look: str) -> Page:
        context = new_context(**LOOKS[look])
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + url)
        return page

    return open_page


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_readable_in_every_look(
    opened: Callable[[str, str], Page], axe: Callable[[Page], list[str]], look: str
) -> None:
    bad = take_in([a_row(), a_row(ageBroad="old")], keep="good").batch
    take_in(people())

    for url in (
        reverse("evidence:statistics"),
        reverse("evidence:import"),
        reverse("evidence:batch", args=[bad.pk]),
    ):
        page = opened(url, look)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_empty_page_is_readable(
    opened: Callable[[str, str], Page], axe: Callable[[Page], list[str]]
) -> None:
    assert axe(opened(reverse("evidence:statistics"), "light")) == []


def test_years_are_chosen_without_a_script(
    opened: Callable[[str, str], Page], picture: Callable[[Page, str], None]
) -> None:
    take_in(people())
    page = opened(reverse("evidence:statistics"), "light")
    picture(page, "statistics")

    page.get_by_label("From").select_option("2018")
    page.get_by_label("to", exact=True).select_option("2018")
    page.get_by_role("button", name="Show").click()

    page.wait_for_url("**since=2018**")
    assert page.locator(".stat-value").first.inner_text() == "170"
