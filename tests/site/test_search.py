"""The search of the top bar: what is in scope, and never an address with a name in it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import MembershipFactory, OrganisationFactory, a_case, a_screening
from tumar.access import Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.protection.models import Case
from tumar.reference.models import Service
from tumar.site.finding import question_of


def find(client: Client, text: str) -> str:
    return client.post("/search/", {"text": text}).content.decode()


def results(page: str) -> str:
    """What was found, without the form that repeats the question."""
    return page.split("</form>", 4)[-1]


def test_a_case_is_found_by_its_reference(browser: Client, case: Case) -> None:
    assert case.get_absolute_url() in find(browser, case.ref.upper())


def test_a_person_is_found_by_name_and_leads_to_her_case(browser: Client, case: Case) -> None:
    page = find(browser, "Айнура Токтосунова")

    assert case.get_absolute_url() in page


def test_what_is_out_of_scope_answers_exactly_like_nothing(
    browser: Client, outsider: Membership
) -> None:
    theirs, screening = a_case(outsider), a_screening(outsider)

    pages = [find(browser, text) for text in (theirs.ref, screening.ref, "kg-25-nothing")]

    assert all("Nothing that you may know of" in page for page in pages)


def test_a_search_for_a_person_is_on_record_without_its_words(browser: Client, case: Case) -> None:
    find(browser, "Айнура")

    line = Line.objects.filter(event="people.person.search").get()
    assert line.kind == "look"
    assert "Айнура" not in str(line.facts)


@pytest.mark.parametrize("role", [Role.SCREENER, Role.COORDINATOR, Role.DPO, Role.ANALYST])
def test_roles_that_open_no_identity_find_no_person(role: Role, client: Client, case: Case) -> None:
    membership = MembershipFactory.create(organisation=case.lead, role=role)
    client.force_login(membership.user)

    page = find(client, "Айнура Токтосунова")

    assert "Nothing that you may know of" in page
    assert not Line.objects.filter(event="people.person.search").exists()


def test_services_are_found_and_a_confidential_area_is_not_shown(browser: Client) -> None:
    shelter = OrganisationFactory.create(
        name="Hidden house",
        confidential_address=True,
        area="KG02000000000",
        phone="+996 312 000000",
    )
    Service.objects.create(organisation=shelter, service="shelter_emergency", area="KG02000000000")

    by_service, by_name = find(browser, "emergency shelter"), find(browser, "hidden house")

    assert "Hidden house" in by_service
    assert "Hidden house" in by_name
    for page in (by_service, by_name):
        assert "Issyk-Kul" not in page
        assert "000000" not in page


def test_hostile_text_is_shown_and_never_run(browser: Client) -> None:
    page = find(browser, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_text_is_never_taken_from_the_address(browser: Client, case: Case) -> None:
    page = browser.get("/search/", {"text": case.ref}).content.decode()

    assert case.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("2001-05-17", ["birth"]), ("AC 1234567", ["document", "phone"]), ("Айнура", ["name"])],
)
def test_a_text_is_taken_for_what_it_looks_like(text: str, kinds: list[str]) -> None:
    assert set(question_of(text).kinds) <= set(kinds)
    assert question_of(text).kinds
