"""The page of the log: one organisation's lines, in words, and reading it is a line too."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import LATER, MembershipFactory, a_case, actor_of
from tumar.access import Role, all_rules
from tumar.access.models import Membership
from tumar.access.policy import REFUSED
from tumar.audit.models import Line
from tumar.protection.commands import open_case_page
from tumar.protection.models import Case
from tumar.reference.models import Organisation
from tumar.site.words import WORDS


@pytest.fixture
def reader(client: Client, shelter: Organisation) -> Client:
    client.force_login(MembershipFactory.create(organisation=shelter, role=Role.DPO).user)
    return client


def test_a_look_at_a_case_is_in_the_log_with_who_looked(
    reader: Client, case: Case, caseworker: Membership
) -> None:
    open_case_page(actor=actor_of(caseworker), case=case, at=LATER)

    page = reader.get("/log/").content.decode()

    assert "Opened the page of a case" in page
    assert caseworker.user.full_name in page


def test_the_log_of_another_organisation_is_not_shown(reader: Client, outsider: Membership) -> None:
    a_case(outsider)

    assert outsider.user.full_name not in reader.get("/log/").content.decode()


def test_reading_the_log_is_on_record(reader: Client, case: Case) -> None:
    reader.get("/log/")

    line = Line.objects.latest("pk")
    assert (line.kind, line.event) == ("look", "access.log.read")
    assert line.facts["lines"] > 0


@pytest.mark.parametrize(
    ("show", "there", "gone"),
    [
        ("look", "Opened the page of a case", "Opened a new case"),
        ("act", "Opened a new case", "Opened the page of a case"),
    ],
)
def test_the_log_can_be_narrowed_to_one_kind(
    show: str, there: str, gone: str, reader: Client, case: Case, caseworker: Membership
) -> None:
    open_case_page(actor=actor_of(caseworker), case=case, at=LATER)

    page = reader.get(f"/log/?show={show}").content.decode()

    assert there in page
    assert gone not in page


def test_a_refusal_is_shown_with_the_page_it_was_about(
    reader: Client, caseworker: Membership
) -> None:
    refused = Client()
    refused.force_login(caseworker.user)
    refused.get("/users/")

    page = reader.get("/log/?show=denial").content.decode()

    assert "Came to a page that stayed closed" in page
    assert "users" in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DPO])
def test_nobody_else_reads_the_log(role: Role, client: Client, shelter: Organisation) -> None:
    client.force_login(MembershipFactory.create(organisation=shelter, role=role).user)

    assert client.get("/log/").status_code == 403


def test_the_part_for_htmx_is_the_table_of_the_page(reader: Client, case: Case) -> None:
    part = reader.get("/log/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "Opened a new case" in part


@pytest.mark.parametrize("lines", [1, 50])
def test_the_log_costs_the_same_for_one_line_and_for_fifty(
    lines: int, reader: Client, case: Case, caseworker: Membership,
    django_assert_max_num_queries: object,
) -> None:  # fmt: skip
    for _line in range(lines):
        open_case_page(actor=actor_of(caseworker), case=case, at=LATER)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        reader.get("/log/")


def test_every_act_has_words_in_the_log() -> None:
    assert not {*all_rules(), REFUSED} - WORDS.keys()
    assert not WORDS.keys() - {*all_rules(), REFUSED}
