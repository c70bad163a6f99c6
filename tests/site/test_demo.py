"""The demonstration country: the same seed gives the same, and rows are as commands leave them."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from tumar.access import Role
from tumar.access.models import Membership, User
from tumar.people.models import Grant, Person
from tumar.people.queries import names_of
from tumar.protection.commands.desk import next_due
from tumar.protection.models import Case, CaseAccess, Referral
from tumar.protection.rules import NEVER, REFERRAL_NEXT
from tumar.reference.models import Organisation
from tumar.site.demo import load
from tumar.site.demo.country import USERS

AT = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def country(db: None) -> None:
    load(at=AT, cases=120)


def what_is_there() -> list[tuple[object, ...]]:
    people = Person.objects.select_related("data_key").order_by("pk")
    names = names_of(people)
    cases = Case.objects.order_by("ref").values_list("ref", "status", "decision", "due_on", "form")
    return [*cases, *((person.pseudonym, names[person.pk]) for person in people)]


def test_the_same_seed_gives_the_same_country(db: None) -> None:
    told = []
    for _time in range(2):
        before = transaction.savepoint()
        load(at=AT, cases=30)
        told.append(what_is_there())
        transaction.savepoint_rollback(before)

    assert told[0] == told[1]
    assert len(told[0]) == 60


@pytest.mark.usefixtures("country")
def test_it_has_eight_organisations_marked_as_examples_and_twenty_users_in_all_roles() -> None:
    assert Organisation.objects.filter(is_example=True).count() == 8
    assert User.objects.count() == len(USERS) == 20
    assert set(Membership.objects.values_list("role", flat=True)) == {role.value for role in Role}
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.usefixtures("country")
def test_what_is_due_is_what_the_commands_would_say() -> None:
    for case in Case.objects.all():
        assert case.due_on == (next_due(case) if case.is_open else NEVER), case.ref


@pytest.mark.usefixtures("country")
def test_desks_and_grants_agree_with_the_cases() -> None:
    for access in CaseAccess.objects.select_related("case"):
        case = access.case
        assert (access.is_open, access.due_on) == (case.is_open, case.due_on)
        assert (
            Grant.objects.active()
            .filter(
                person=case.person_id, organisation=access.organisation_id, ground=access.ground
            )
            .exists()
        )


@pytest.mark.usefixtures("country")
def test_something_is_due_today_something_is_late_and_referrals_are_in_every_state() -> None:
    assert Case.objects.filter(due_on=AT.date()).exists()
    assert Case.objects.filter(due_on__lt=AT.date()).exists()
    states = set(Referral.objects.values_list("state", flat=True))
    assert states == set(REFERRAL_NEXT) - {"draft"}


@pytest.mark.usefixtures("country")
def test_names_come_in_three_scripts() -> None:
    names = "".join(names_of(Person.objects.select_related("data_key")).values())
    assert any("а" <= letter <= "я" for letter in names)
    assert any("a" <= letter <= "z" for letter in names)
    assert any("\u0600" <= letter <= "\u06ff" for letter in names)
