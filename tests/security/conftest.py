"""A store with one story in it, told in canaries."""

from typing import Any

import pytest
from django.db import transaction

from tests.security.voices import Canaries
from tests.security.walk import Walk, walked
from tests.security.world import Story, a_batch, a_service, a_story, members
from tumar.access.models import Membership


@pytest.fixture
def by(db: None) -> dict[str, Membership]:
    """The members of four organisations; the story is led by "lead"."""
    found = members()
    a_service(found["worker"].organisation)
    a_batch()
    return found


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def story(by: dict[str, Membership], canaries: Canaries) -> Story:
    return a_story(by, canaries)


@pytest.fixture(scope="session")
def walk(django_db_setup: None, django_db_blocker: Any) -> Walk:
    """What all members saw and left behind. Nothing of it is in the store any more."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = walked()
        transaction.set_rollback(True)
    return found
