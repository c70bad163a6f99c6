"""What the tests of pages share: a request that has come through the door, and rows to list."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from tests.factories import THEN, OrganisationFactory, actor_of
from tumar.access.http import Request
from tumar.access.models import Membership
from tumar.reference.models import Service

Asks = Callable[..., Request]


@pytest.fixture
def asks(rf: RequestFactory, caseworker: Membership) -> Asks:
    """A GET by a case worker: `asks("?show=mine", htmx=True)`."""

    def ask(query: str = "", *, htmx: bool = False) -> Request:
        headers = {"HX-Request": "true"} if htmx else {}
        request = cast("Request", rf.get(f"/list/{query}", headers=headers))
        request.user = caseworker.user
        request.actor = actor_of(caseworker)
        request.memberships = [caseworker]
        request.htmx = HtmxDetails(request)
        request.received_at = THEN
        return request

    return ask


@pytest.fixture
def services(db: None) -> list[Service]:
    """57 services with many ties, and with rows that lack a capacity or a day."""
    organisations = OrganisationFactory.create_batch(57)
    return Service.objects.bulk_create(
        Service(
            organisation=organisation,
            service=["shelter_emergency", "shelter_long", "medical_acute"][n * 5 % 3],
            capacity=[None, None, 1, 2, 3, 40][n * 7 % 11 % 6],
            checked_on=[None, date(2025, 3, 1), date(2025, 3, 9)][n * 2 % 5 % 3],
        )
        for n, organisation in enumerate(organisations)
    )
