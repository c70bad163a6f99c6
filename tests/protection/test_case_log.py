"""Who opened a case: in words, and no names of other organisations' people."""

from django.test import Client

from tests.factories import LATER, a_case, a_referral, actor_of
from tests.protection.test_case_forms import at
from tumar.access.models import Membership
from tumar.people.policy import Act as PeopleAct
from tumar.protection import commands
from tumar.protection.lists.log import WORDS
from tumar.protection.models import Case
from tumar.protection.policy import Act


def test_every_act_has_its_words() -> None:
    assert {*Act, *PeopleAct} <= set(WORDS)


def test_colleagues_are_named_and_others_only_by_their_organisation(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    commands.open_case_page(actor=actor_of(outsider), case=case, at=LATER)
    browser.get(case.get_absolute_url())

    page = browser.get(at("case-log", case)).content.decode()

    assert "Opened the case" in page
    assert f"<bdi>{caseworker.user.full_name}</bdi>" in page
    assert outsider.organisation.name in page
    assert f"<bdi>{outsider.user.full_name}</bdi>" not in page


def test_it_says_nothing_of_organisations_that_have_no_part_in_this_case(
    browser: Client, case: Case, outsider: Membership
) -> None:
    a_case(outsider, person=case.person)

    page = browser.get(at("case-log", case)).content.decode()

    assert outsider.organisation.name not in page


def test_reading_it_is_a_look_of_its_own(browser: Client, case: Case) -> None:
    browser.get(at("case-log", case))

    page = browser.get(at("case-log", case)).content.decode()

    assert "Read who looked" in page


def test_a_coordinator_is_refused_with_the_reason(
    client: Client, case: Case, caseworker: Membership, coordinator: Membership
) -> None:
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", groups=["legal"]
    )
    commands.accept_referral(actor=actor_of(coordinator), referral=referral, at=LATER)
    client.force_login(coordinator.user)

    assert client.get(at("case-log", case)).status_code == 403
