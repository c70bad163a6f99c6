"""Persons of our own cases are counted once in each year of decision."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.evidence.factories import a_decided_case, decide
from tests.factories import LATER, THEN, MembershipFactory, actor_of, an_answer
from tumar.access import SYSTEM, NotAllowed, Role
from tumar.access.models import Membership
from tumar.evidence.commands import rebuild_case_tallies
from tumar.evidence.jobs import refresh_case_tallies
from tumar.evidence.models import Counting, Release, Tally
from tumar.protection.commands import open_case


def counted(dimension: str = "sex") -> dict[tuple[int, str], int]:
    rebuild_case_tallies(actor=SYSTEM, at=LATER)
    tallies = Tally.objects.filter(dimension=dimension).values_list("year", "code", "people")
    return {(year, code): people for year, code, people in tallies}


def test_a_person_identified_is_counted_in_the_year_of_decision(caseworker: Membership) -> None:
    a_decided_case(caseworker, on=date(2023, 12, 31), sex="female")

    assert counted() == {(2023, "female"): 1}


def test_presumed_and_identified_in_one_year_is_one_person(caseworker: Membership) -> None:
    case = a_decided_case(caseworker, status="presumed", on=date(2024, 1, 1))
    decide(case, caseworker, "identified", date(2024, 9, 1))

    assert sum(counted().values()) == 1


def test_presumed_in_one_year_and_identified_in_the_next_is_in_both(caseworker: Membership) -> None:
    case = a_decided_case(caseworker, status="presumed", on=date(2023, 11, 1), sex="male")
    decide(case, caseworker, "identified", date(2024, 2, 1))

    assert counted() == {(2023, "male"): 1, (2024, "male"): 1}


def test_two_cases_of_one_person_in_one_year_are_one_person(caseworker: Membership) -> None:
    first = a_decided_case(caseworker)
    second = open_case(actor=actor_of(caseworker), person=first.person, at=THEN)
    decide(second, caseworker, "presumed", date(2024, 7, 1))

    assert sum(counted().values()) == 1


@pytest.mark.parametrize("status", ["potential", "not_identified", "self_withdrawn"])
def test_no_other_decision_counts(caseworker: Membership, status: str) -> None:
    a_decided_case(caseworker, status=status)

    assert counted() == {}


def test_a_decision_annulled_since_counts_no_more(caseworker: Membership) -> None:
    case = a_decided_case(caseworker)
    decide(case, caseworker, "annulled", date(2024, 6, 1), at=LATER)

    assert counted() == {}


def test_a_person_with_several_forms_is_counted_in_each(caseworker: Membership) -> None:
    case = a_decided_case(caseworker, forms="lab.construction")
    second = open_case(actor=actor_of(caseworker), person=case.person, at=THEN)
    decide(second, caseworker, "identified", date(2024, 8, 1))
    a_decided_case(caseworker, person=case.person, forms="sex.online")

    assert counted("form") == {(2024, "forced_labour"): 1, (2024, "sexual"): 1}


def test_what_is_not_known_is_counted_as_not_known(caseworker: Membership) -> None:
    a_decided_case(caseworker, forms="", sex="unknown", citizenship="undetermined")

    assert counted("form") == {(2024, ""): 1}
    assert counted("sex") == {(2024, ""): 1}
    assert counted("citizenship") == {(2024, ""): 1}


def test_the_counting_rule_may_be_identified_only(caseworker: Membership) -> None:
    a_decided_case(caseworker, status="presumed")

    counting = rebuild_case_tallies(actor=SYSTEM, at=LATER, rule="identified")

    assert (counting.people, counting.rule) == (0, "identified")


def test_counting_again_replaces_what_was_counted(caseworker: Membership) -> None:
    a_decided_case(caseworker)
    refresh_case_tallies()
    a_decided_case(caseworker)

    refresh_case_tallies()

    assert Counting.objects.get().people == 2
    assert Release.objects.count() == 1


def test_counting_costs_as_many_queries_for_one_case_as_for_several(
    caseworker: Membership,
) -> None:
    spent = []
    for cases in (1, 4):
        for _ in range(cases):
            a_decided_case(caseworker)
        with CaptureQueriesContext(connection) as queries:
            rebuild_case_tallies(actor=SYSTEM, at=LATER)
        spent.append(len(queries))

    assert spent[0] + 2 >= spent[1]  # the first has nothing to delete


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ANALYST, Role.COORDINATOR}))
def test_only_those_who_prepare_statistics_have_cases_counted(db: None, role: Role) -> None:
    with pytest.raises(NotAllowed):
        rebuild_case_tallies(actor=actor_of(MembershipFactory.create(role=role)), at=THEN)


def test_a_person_who_refused_to_be_counted_is_not(caseworker: Membership) -> None:
    case = a_decided_case(caseworker, on=date(2024, 5, 1), sex="female")
    a_decided_case(caseworker, on=date(2024, 5, 1), sex="male")
    an_answer(caseworker, case.person, None, purpose="national_statistics", state="refused")

    assert counted() == {(2024, "male"): 1}


def test_a_later_yes_counts_again(caseworker: Membership) -> None:
    case = a_decided_case(caseworker, on=date(2024, 5, 1), sex="female")
    about = {"purpose": "national_statistics"}
    an_answer(caseworker, case.person, None, **about, state="refused", at=THEN)
    an_answer(caseworker, case.person, None, **about, state="given", at=LATER)

    assert counted() == {(2024, "female"): 1}
