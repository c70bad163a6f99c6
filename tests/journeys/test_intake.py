"""Intake with consent: searched for, registered, asked, and the look at the name is on record."""

import pytest

from tests.journeys.conftest import NewWindow
from tests.journeys.windows import Window
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.models import Consent
from tumar.protection.models import Case
from tumar.reference.codelists import code_list

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CYRILLIC, LATIN = "Зарина Юсупова", "Zarina Yusupova"
SAFETY = "She speaks freely on Thursdays only. Say that the library calls."


def search_first(window: Window) -> None:
    window.visit("/people/intake/")
    window.look()
    window.field("name").fill(CYRILLIC)
    window.field("born_year").fill("2003")
    window.field("born_about").check()
    window.page.get_by_role("button", name="Search", exact=True).click()
    window.page.get_by_text("Nobody you may know of fits.").wait_for()
    window.look()


def tell(window: Window) -> None:
    """Two names in two scripts, a birth date in part, a telephone that is not safe, a language."""
    window.press("Add another name")
    assert window.field("names-0-text").input_value() == CYRILLIC  # nobody is asked twice
    assert window.field("birth-born_year").input_value() == "2003"
    window.field("names-1-text").fill(LATIN)
    window.field("names-1-kind").select_option("other_spelling")
    window.tick("birth-sex", "female")
    window.field("languages-0-code").select_option("uzb")
    window.field("contacts-0-channel").select_option("phone")
    window.field("contacts-0-value").fill("+996 555 010203")
    window.tick("contacts-0-safe", "no")


def ask(window: Window) -> None:
    window.tick("consent-state", "given")
    for point in code_list("consent_checklist").codes:
        window.tick("consent-explained", point)
    window.tick("consent-given_by", "self")
    window.tick("consent-method", "oral_witnessed")
    window.field("consent-words").fill("“Yes, but my aunt must not know.”")


def test_a_person_is_searched_for_registered_asked_and_her_case_begun(
    new_window: NewWindow, caseworker: Membership
) -> None:
    window = new_window(by=caseworker)
    search_first(window)
    window.press("None of these: register")
    tell(window)
    ask(window)
    window.press("Register")

    window.tick("risk", "high")
    window.field("safety").fill(SAFETY)
    window.press("Open the case")
    case = Case.objects.get()
    answer = Consent.objects.get()
    assert window.page.url.endswith(case.get_absolute_url())
    assert window.page.locator("main .banner", has_text=SAFETY).is_visible()
    assert CYRILLIC not in window.page.content()
    assert (answer.purpose, answer.state) == ("case_management", "given")
    assert len(answer.explained) == 7

    window.follow("Show identity")
    assert CYRILLIC in window.said
    assert LATIN in window.said
    assert "Not safe" in window.said or "Do not call" in window.said
    looked = Line.objects.get(event="people.identity.open")
    assert looked.user_id == caseworker.user_id
    assert looked.person == case.person_id

    window.follow("Who looked")
    assert "Opened the identity" in window.said or "Opened an identity" in window.said
