"""The desk: what must be done first, and names only for those who asked for them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    LATER,
    THEN,
    a_case,
    a_person,
    a_referral,
    actor_of,
)
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.rules import Name
from tumar.protection import commands
from tumar.protection.models import Case

LIST = "/protection/cases/"


def real_queries(captured: CaptureQueriesContext) -> int:
    """Queries without what opens and ends transactions."""
    outer = ("SAVEPOINT", "RELEASE", "BEGIN", "ROLLBACK", "COMMIT")
    return sum(not query["sql"].startswith(outer) for query in captured.captured_queries)


def a_task(by: Membership, case: Case, days: int) -> None:
    due_on = (LATER + timedelta(days=days)).date()
    commands.add_task(
        actor=actor_of(by), case=case, text="to do", due_on=due_on, assignee=None, at=LATER
    )


def test_the_case_that_is_due_first_stands_first(browser: Client, caseworker: Membership) -> None:
    later, sooner = a_case(caseworker), a_case(caseworker)
    a_task(caseworker, later, 20)
    a_task(caseworker, sooner, 3)

    page = browser.get(LIST).content.decode()

    assert page.index(sooner.ref.upper()) < page.index(later.ref.upper())


def test_the_list_names_nobody_at_first(browser: Client, case: Case) -> None:
    page = browser.get(LIST).content.decode()

    assert case.person.code_name in page
    assert "Айнура" not in page


def test_names_are_opened_on_request_and_leave_a_line(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    browser.post(reverse("protection:show-names"), {"names": "show"})

    page = browser.get(LIST).content.decode()

    assert "Айнура Токтосунова" in page
    line = Line.objects.get(event="people.person.list")
    assert line.user_id == caseworker.user_id
    assert line.facts == {"persons": [str(case.person_id)]}


def test_a_coordinator_sees_what_was_referred_and_no_name(
    client: Client, case: Case, caseworker: Membership, coordinator: Membership
) -> None:
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", groups=["legal"]
    )
    commands.accept_referral(actor=actor_of(coordinator), referral=referral, at=LATER)
    client.force_login(coordinator.user)

    page = client.get(LIST).content.decode()
    refused = client.post(reverse("protection:show-names"), {"names": "show"})

    assert case.ref.upper() in page
    assert "Айнура" not in page
    assert refused.status_code == 403


def test_an_outsider_has_an_empty_desk(client: Client, case: Case, outsider: Membership) -> None:
    client.force_login(outsider.user)

    page = client.get(LIST).content.decode()

    assert case.ref.upper() not in page
    assert "No open cases." in page


def test_a_screener_is_refused_at_the_door(client: Client, screener: Membership) -> None:
    client.force_login(screener.user)

    assert client.get(LIST).status_code == 403


def _make_it_dangerous(by: Membership, case: Case) -> None:
    commands.assess_risk(actor=actor_of(by), case=case, risk="critical", at=LATER)


def _make_it_late(by: Membership, case: Case) -> None:
    a_task(by, case, 1)


def _leave_it_to_nobody(by: Membership, case: Case) -> None:
    commands.assign_case(actor=actor_of(by), case=case, worker=None, at=LATER)


@pytest.mark.parametrize(
    ("chip", "change"),
    [
        ("high", _make_it_dangerous),
        ("due", _make_it_late),
        ("new", _leave_it_to_nobody),
    ],
)
def test_a_chip_narrows_the_list(
    browser: Client, caseworker: Membership, chip: str, change: Any
) -> None:
    meant, other = a_case(caseworker), a_case(caseworker)
    change(caseworker, meant)

    page = browser.get(LIST, {"show": chip}).content.decode()

    assert meant.ref.upper() in page
    assert other.ref.upper() not in page


def test_mine_are_those_i_keep(browser: Client, caseworker: Membership) -> None:
    mine, other = a_case(caseworker), a_case(caseworker)
    _leave_it_to_nobody(caseworker, other)

    page = browser.get(LIST, {"show": "mine"}).content.decode()

    assert mine.ref.upper() in page
    assert other.ref.upper() not in page


def test_children_are_found_by_their_age_band(browser: Client, caseworker: Membership) -> None:
    from tumar.reference.dates import PartialDate

    child = a_case(caseworker, person=a_person(caseworker, born=PartialDate.parse("2012")))
    adult = a_case(caseworker)

    page = browser.get(LIST, {"show": "children"}).content.decode()

    assert child.ref.upper() in page
    assert "Girl" in page
    assert adult.ref.upper() not in page


def test_closed_cases_come_on_request_only(
    browser: Client, caseworker: Membership, supervisor: Membership
) -> None:
    closed, still_open = a_case(caseworker), a_case(caseworker)
    commands.close_case(actor=actor_of(supervisor), case=closed, reason="goals_met", at=LATER)

    by_default = browser.get(LIST).content.decode()
    on_request = browser.get(LIST, {"show": "closed"}).content.decode()

    assert closed.ref.upper() not in by_default
    assert closed.ref.upper() in on_request
    assert still_open.ref.upper() not in on_request


def test_a_row_does_not_tell_what_was_not_shared(
    client: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    commands.describe_event(
        actor=actor_of(caseworker), case=case, based_on=0, at=LATER,
        content={"forms": ["begging"], "exploited_in": "TUR"},
    )  # fmt: skip
    referral = a_referral(caseworker, case, outsider.organisation, groups=["contact"])
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    client.force_login(outsider.user)

    page = client.get(LIST).content.decode()

    assert case.ref.upper() in page
    assert "begging" not in page


@pytest.mark.parametrize("names", ["hide", "show"])
def test_fifty_rows_cost_as_many_queries_as_one(
    browser: Client, caseworker: Membership, names: str
) -> None:
    a_case(caseworker)
    browser.post(reverse("protection:show-names"), {"names": names})
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(LIST)
    for _more in range(49):
        a_case(caseworker)

    with CaptureQueriesContext(connection) as fifty:
        page = browser.get(LIST).content.decode()

    assert page.count("row-link") == 50
    assert real_queries(fifty) == real_queries(one)
    assert real_queries(fifty) <= 13


def test_the_part_for_htmx_is_the_part_of_the_page(browser: Client, case: Case) -> None:
    whole = browser.get(LIST).content.decode()
    part = browser.get(LIST, headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in whole
    assert case.ref.upper() in part


def test_a_hostile_name_is_shown_as_text(browser: Client, caseworker: Membership) -> None:
    person = a_person(caseworker, names=(Name("<script>alert(1)</script>"),))
    commands.open_case(actor=actor_of(caseworker), person=person, at=THEN)
    browser.post(reverse("protection:show-names"), {"names": "show"})

    page = browser.get(LIST).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_way_back_after_names_never_leads_elsewhere(browser: Client) -> None:
    answer = browser.post(
        reverse("protection:show-names"), {"names": "show", "back": "//elsewhere.example/"}
    )

    assert answer.headers["Location"] == LIST
