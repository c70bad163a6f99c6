"""A referral across two organisations: agreed to, previewed, accepted, and taken back."""

from __future__ import annotations

import pytest

from tests.factories import a_case, a_person
from tests.journeys.conftest import NewWindow
from tests.journeys.windows import Window
from tumar.access.models import Membership
from tumar.protection.commands import write_note
from tumar.protection.models import Case, Referral
from tumar.reference.dates import PartialDate
from tumar.reference.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Айнура Токтосунова"
NOTE = "She asked for a lamp at night."
GROUPS = {"identity", "contact", "legal"}


@pytest.fixture
def case(caseworker: Membership, outsider: Membership) -> Case:
    """Hers, with a note; the other organisation has a lawyer."""
    from tests.factories import THEN, actor_of

    Service.objects.create(organisation=outsider.organisation, service="legal_representation")
    person = a_person(caseworker, born=PartialDate.parse("2001"))
    made = a_case(caseworker, person=person, safety="Write, never call.")
    write_note(
        actor=actor_of(caseworker), case=made, text=NOTE, kind="observation",
        happened_on=THEN.date(), at=THEN,
    )  # fmt: skip
    return made


def refer(window: Window, case: Case, to: Membership) -> None:
    """Need, agreement, package, preview, sent."""
    window.visit(case.get_absolute_url())
    window.follow("Refer")
    window.tick("kind", "service")
    window.tick("services", "legal_representation")
    window.tick("to", str(to.organisation_id))
    window.field("urgency").select_option("soon")
    window.field("reason").fill("Seven months of wages are owed to her.")
    window.press("Go on")

    window.tick("answer", "given")
    window.tick("agreed_groups", "legal")
    window.field("method").select_option("oral_witnessed")
    window.field("given_by").select_option("self")
    window.press("Write down and go on")
    window.press("See what they will see")
    assert "Legal representation" in window.said
    assert NAME not in window.page.content()
    window.press("Send")


def accept(window: Window) -> None:
    """From the inbox to the case, which shows what was shared and nothing else."""
    window.visit("/protection/referrals/")
    window.look()
    window.follow("Asks for services")
    assert NAME not in window.page.content()
    window.press("Accept")
    window.follow("Open the case")
    assert "Write, never call." in window.said
    assert "Not shared with your organisation." in window.said
    assert NOTE not in window.page.content()
    window.follow("Show identity")
    assert NAME in window.said


def withdraw(window: Window, case: Case) -> None:
    window.visit(f"/people/persons/{case.person.pseudonym}/consents/")
    window.follow("Withdraw")
    window.press("Withdraw now")
    assert "Withdrawn. It counts from this moment." in window.said


def test_the_other_organisation_sees_what_she_agreed_to_and_only_as_long_as_she_does(
    new_window: NewWindow, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    ours, theirs = new_window(by=caseworker), new_window(by=outsider)

    refer(ours, case, outsider)
    assert set(Referral.objects.get().groups) == GROUPS
    accept(theirs)
    withdraw(ours, case)

    for path in (case.get_absolute_url(), f"/people/persons/{case.person.pseudonym}/"):
        assert theirs.visit(path) == 404
        assert "There is nothing here" in theirs.page.content()
        assert NAME not in theirs.page.content()
    theirs.look()
