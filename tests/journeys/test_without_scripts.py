"""A browser without JavaScript: signing in, the list, a note, and a referral accepted."""

from __future__ import annotations

import pytest

from tests.factories import a_case, a_referral
from tests.journeys.conftest import NewWindow
from tests.journeys.windows import Window
from tumar.access.models import Membership
from tumar.protection.models import Case, Referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a stone, a lamp and a window"  # of nobody


def sign_in(window: Window, member: Membership) -> None:
    member.user.set_password(PASSWORD)
    member.user.save()
    window.visit("/protection/cases/")
    window.field("login").fill(member.user.username)
    window.field("password").fill(PASSWORD)
    go(window, "Sign in")
    assert window.page.url.endswith("/protection/cases/")


def go(window: Window, button: str) -> None:
    with window.page.expect_navigation():
        window.page.get_by_role("button", name=button, exact=True).first.click()


def test_everything_can_be_done(
    new_window: NewWindow, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    a_referral(outsider, a_case(outsider), caseworker.organisation)
    window = new_window(java_script_enabled=False)
    sign_in(window, caseworker)

    window.page.get_by_role("link", name=case.ref.upper()).click()
    window.field("text").fill("She slept well.")
    go(window, "Add the note")
    assert "She slept well." in window.said

    window.visit("/protection/referrals/")
    window.page.get_by_role("link", name="Asks for services").click()
    go(window, "Accept")
    assert "Accepted. The case is on your desk now." in window.said
    assert Referral.objects.get().state == "accepted"

    window.visit("/protection/cases/?show=referred&order=due_on")
    assert Referral.objects.get().case.ref.upper() in window.said


def test_a_referral_can_be_withdrawn_though_no_dialog_opens(
    new_window: NewWindow, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    referral = a_referral(caseworker, case, outsider.organisation)
    window = new_window(by=caseworker, java_script_enabled=False)
    window.visit(referral.get_absolute_url())
    window.page.get_by_role("link", name="Withdraw", exact=True).click()
    go(window, "Withdraw")

    referral.refresh_from_db()
    assert referral.state == "cancelled"
