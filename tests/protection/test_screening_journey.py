"""The border guard's way in a real browser: a telephone of 360 px, from hello to a referral."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from tests.plumbing.chromium import Axe, Picture
from tumar.access.models import Membership
from tumar.protection.models import Referral
from tumar.reference.models import Organisation, Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNS = (
    "Misled about what the job was",
    "Misled about pay",
    "Misled about working conditions",
    "Excessive working days",
    "Little or no pay",
    "Bad living conditions",
    "Depends on the exploiter",
    "Hard to live in an unfamiliar place",
)
SCHEMES: tuple[Any, ...] = ("light", "dark")
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def phone(page: Page, live_server: Any, screener: Membership) -> Page:
    client = Client()
    client.force_login(screener.user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url, "value": session}
    page.context.add_cookies([cookie])
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}/protection/screenings/new/")
    return page


def look(page: Page, axe: Axe) -> None:
    """Every screen on the way: nothing for axe to find, in light and dark, and nothing too wide."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no half-changed colours
        assert axe(page) == []
    page.emulate_media(color_scheme="light")
    assert not page.evaluate(TOO_WIDE)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def test_eight_signs_and_a_referral_take_six_screens(
    phone: Page, shelter: Organisation, axe: Axe, picture: Picture
) -> None:
    Service.objects.create(organisation=shelter, service="shelter_emergency", capacity=12)
    look(phone, axe)
    phone.get_by_label("No, an adult").check()
    phone.get_by_label("Work, a household").check()
    press(phone, "Begin with safety")

    look(phone, axe)
    picture(phone, "screening-safety")
    phone.get_by_label("Nowhere to sleep tonight").check()
    press(phone, "Tick signs on one page")

    look(phone, axe)
    for sign in SIGNS:
        phone.get_by_label(sign).first.check()
    press(phone, "Finish and refer now")

    look(phone, axe)
    phone.get_by_role("radio", name="Shelter").check()
    phone.get_by_label("Yes, said aloud before a witness").check()
    press(phone, "See what they will see")

    look(phone, axe)
    picture(phone, "screening-preview")
    press(phone, "Send now")

    look(phone, axe)
    referral = Referral.objects.get()
    assert phone.get_by_text(referral.ref).is_visible()
    assert referral.recipient == shelter


def test_one_question_a_screen_can_be_answered_stopped_and_resumed(
    phone: Page, axe: Axe, picture: Picture
) -> None:
    phone.get_by_label("Not sure", exact=True).check()
    phone.get_by_label("Not sure yet").check()
    press(phone, "Begin with safety")
    press(phone, "Ask one question at a time")

    look(phone, axe)
    picture(phone, "screening-question")
    press(phone, "Yes, seen or told")
    press(phone, "Not now")
    press(phone, "Stop")
    look(phone, axe)
    press(phone, "Resume")

    look(phone, axe)
    assert phone.get_by_text("2 of 10 asked · 1 seen").first.is_visible()
    press(phone, "Finish and see the outcome")
    look(phone, axe)
    picture(phone, "screening-result")
    assert phone.get_by_text("Too little is known").is_visible()
