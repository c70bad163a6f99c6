"""From a request for a decision on status to closure, and what the time line tells of it."""

from __future__ import annotations

import pytest

from tests.factories import THEN, MembershipFactory, a_case, a_referral
from tests.journeys.conftest import NewWindow
from tests.journeys.windows import Window
from tumar.access import Role
from tumar.access.models import Membership
from tumar.protection.models import Case, Referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASONS = "Deceived about the work; unpaid for seven months."


@pytest.fixture
def case(caseworker: Membership, coordinator: Membership) -> Case:
    """A case sent to the coordinator for a decision on status."""
    made = a_case(caseworker)
    a_referral(
        caseworker, made, coordinator.organisation,
        kind="identification", services=[], groups=["legal", "narrative"], urgency="routine",
        at=THEN,
    )  # fmt: skip
    return made


def decide(window: Window) -> None:
    referral = Referral.objects.get()
    window.visit("/")
    window.look()
    window.follow(referral.ref)
    window.press("Accept")
    window.follow("Open the case")
    window.follow("Record")
    window.tick("status", "identified")
    window.field("legal_reference").fill("Act on trafficking in persons (example), art. 17")
    window.field("reasons").fill(REASONS)
    window.press("Record the decision")
    assert REASONS in window.said

    window.visit(referral.get_absolute_url())
    window.follow("Complete, and tell how it went")
    window.field("feedback").fill("Decided on the day.")
    window.press("Complete")


def close(window: Window, case: Case) -> None:
    window.visit(case.get_absolute_url())
    window.follow("Close the case")
    window.tick("reason", "goals_met")
    window.press("Close the case")


def test_the_coordinator_decides_the_supervisor_closes_and_the_time_line_tells_all(
    new_window: NewWindow, case: Case, coordinator: Membership, supervisor: Membership
) -> None:
    decide(new_window(by=coordinator))
    window = new_window(by=supervisor)
    close(window, case)

    told = window.page.locator(".timeline").inner_text()
    for event in ("Case closed", "Asks for a decision on status", "Identified", "Case opened"):
        assert event in told
    assert REASONS in told

    analyst = new_window(by=MembershipFactory.create(role=Role.ANALYST))
    assert analyst.visit("/statistics/") == 200
    analyst.press("Count the cases again")
    assert "The cases have been counted." in analyst.said
    assert analyst.visit(case.get_absolute_url()) == 403
