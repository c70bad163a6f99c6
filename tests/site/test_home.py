"""What each role finds on the first page, in a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.access_matrix.world import NOW
from tests.factories import (
    MembershipFactory,
    a_case,
    a_referral,
    a_screening,
    actor_of,
)
from tumar.access import Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.protection import commands
from tumar.protection.models import Case
from tumar.reference.models import Organisation
from tumar.site.overview import sections_for
from tumar.site.watch import FEWEST, watch_over


def page_of(client: Client, membership: Membership) -> str:
    client.force_login(membership.user)
    return client.get("/").content.decode()


def a_task(by: Membership, case: Case, text: str) -> None:
    day = (NOW - timedelta(days=1)).date()
    commands.add_task(actor=actor_of(by), case=case, text=text, due_on=day, assignee=None, at=NOW)


def test_a_case_worker_sees_what_is_late_and_what_waits(
    client: Client, caseworker: Membership, outsider: Membership, case: Case
) -> None:
    a_task(caseworker, case, "Ask about the <b>clinic</b>")
    a_referral(outsider, a_case(outsider), caseworker.organisation, at=NOW)

    page = page_of(client, caseworker)

    assert "Ask about the &lt;b&gt;clinic&lt;/b&gt;" in page
    assert outsider.organisation.name in page


def test_reading_tasks_on_the_first_page_is_a_look(
    client: Client, caseworker: Membership, case: Case
) -> None:
    a_task(caseworker, case, "phone")

    page_of(client, caseworker)

    line = Line.objects.latest("pk")
    assert (line.kind, line.event, line.facts) == ("look", "protection.case.list", {"tasks": 1})


def test_nothing_of_another_organisation_is_on_the_page(
    client: Client, caseworker: Membership, outsider: Membership
) -> None:
    theirs = a_case(outsider)
    a_task(outsider, theirs, "canary words")

    page = page_of(client, caseworker)

    assert "canary words" not in page
    assert theirs.ref not in page


def test_a_supervisor_sees_who_carries_what_and_what_nobody_has(
    client: Client, supervisor: Membership, caseworker: Membership
) -> None:
    taken, free = a_case(caseworker), a_case(caseworker)
    chief = actor_of(supervisor)
    commands.assign_case(actor=chief, case=taken, worker=caseworker.user, at=NOW)
    commands.assign_case(actor=chief, case=free, worker=None, at=NOW)

    page = page_of(client, supervisor)

    assert caseworker.user.full_name in page
    assert free.ref in page.split("Cases nobody has")[1]


def test_a_screener_sees_what_became_of_those_they_referred(
    client: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)
    commands.refer_urgently(
        actor=actor_of(screener), screening=screening, to=shelter,
        services=["shelter_emergency"], reason="tonight", consented=True, article="",
        identity=_nobody(), at=NOW,
    )  # fmt: skip

    page = page_of(client, screener)

    assert "What became of those you referred" in page
    assert shelter.name in page


def test_the_coordinator_sees_the_mechanism_in_numbers(
    client: Client, coordinator: Membership, caseworker: Membership, case: Case
) -> None:
    a_referral(
        caseworker, case, coordinator.organisation, kind="identification", services=[],
        groups=["legal"], at=NOW,
    )  # fmt: skip

    page = page_of(client, coordinator)

    assert "From a question to protection" in page
    assert caseworker.organisation.name in page.split("Waiting for a decision")[1]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.DPO])
def test_roles_without_cases_see_no_case(role: Role, client: Client, case: Case) -> None:
    membership = MembershipFactory.create(organisation=case.lead, role=role)

    page = page_of(client, membership)

    assert case.ref not in page


def test_the_protection_officer_is_shown_who_looks_far_more_than_usual(
    client: Client, shelter: Organisation, case: Case, caseworker: Membership
) -> None:
    dpo = MembershipFactory.create(organisation=shelter, role=Role.DPO)
    for _look in range(FEWEST):
        commands.open_case_page(actor=actor_of(caseworker), case=case, at=NOW)

    page = page_of(client, dpo)

    assert "Far more than usual" in page
    assert [each.is_unusual for each in watch_over(shelter.pk, NOW).lookers] == [True]


def test_a_usual_week_is_nothing_unusual(
    shelter: Organisation, case: Case, caseworker: Membership
) -> None:
    for week in range(5):
        for _look in range(FEWEST):
            commands.open_case_page(
                actor=actor_of(caseworker), case=case, at=NOW - timedelta(days=7 * week, hours=1)
            )

    assert [each.is_unusual for each in watch_over(shelter.pk, NOW).lookers] == [False]


def test_an_administrator_sees_open_links_and_users_without_a_role(
    client: Client, shelter: Organisation, caseworker: Membership
) -> None:
    chief = MembershipFactory.create(organisation=shelter, role=Role.ADMINISTRATOR)
    from tumar.access.commands import end_role, invite

    actor = actor_of(chief)
    invite(actor=actor, user=caseworker.user, organisation=shelter, at=NOW)
    end_role(actor=actor, membership=caseworker, at=NOW)

    page = page_of(client, chief)

    assert page.count(caseworker.user.full_name) == 2


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_costs_the_same_for_one_case_and_for_many(
    role: Role, caseworker: Membership, outsider: Membership, shelter: Organisation,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    actor = actor_of(MembershipFactory.create(organisation=shelter, role=role))
    costs = []
    for _round in range(2):
        for _each in range(3):
            a_task(caseworker, a_case(caseworker), "phone")
            a_referral(outsider, a_case(outsider), shelter, at=NOW)
        with django_assert_max_num_queries(40) as counted:
            _read(sections_for(actor, NOW))
        costs.append(len(counted))

    assert costs[0] == costs[1]


def _read(sections: Any) -> None:
    from django.template.loader import render_to_string

    for template, here in sections:
        render_to_string(template, {"here": here})


def _nobody() -> Any:
    from tests.factories import an_identity

    return an_identity()
