"""What all tests share: one member of each role, an outsider, and a signed-in browser."""

import pytest
from django.test import Client

from tests.factories import MembershipFactory, OrganisationFactory, a_case
from tests.plumbing.append_only import let_tests_flush
from tumar.access import Role
from tumar.access.models import Membership
from tumar.protection.models import Case
from tumar.reference.models import Organisation

let_tests_flush()


@pytest.fixture
def shelter(db: None) -> Organisation:
    return OrganisationFactory.create(key="shelter", name="Shelter")


@pytest.fixture
def caseworker(shelter: Organisation) -> Membership:
    return MembershipFactory.create(organisation=shelter)


@pytest.fixture
def supervisor(shelter: Organisation) -> Membership:
    return MembershipFactory.create(organisation=shelter, role=Role.SUPERVISOR)


@pytest.fixture
def screener(db: None) -> Membership:
    return MembershipFactory.create(role=Role.SCREENER)


@pytest.fixture
def coordinator(db: None) -> Membership:
    return MembershipFactory.create(role=Role.COORDINATOR)


@pytest.fixture
def outsider(db: None) -> Membership:
    """Charlie: a case worker of another organisation."""
    return MembershipFactory.create()


@pytest.fixture
def case(caseworker: Membership) -> Case:
    return a_case(caseworker)


@pytest.fixture
def browser(caseworker: Membership, client: Client) -> Client:
    client.force_login(caseworker.user)
    return client
