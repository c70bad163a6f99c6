"""T66: what a page costs does not grow with what is in the store."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    a_case,
    a_referral,
    a_screening,
    actor_of,
    an_answer,
)
from tests.security.visiting import endpoints, pages, program, signed_in
from tests.security.voices import Canaries
from tests.security.world import AT, TODAY, Story, a_batch, a_service, a_story, a_token
from tumar.access.models import Membership
from tumar.protection import commands

MANY = 50
READERS = (
    "worker",
    "chief",
    "screener",
    "coordinator",
    "dpo",
    "administrator",
    "analyst",
    "partner",
)
PLUMBING = re.compile(r"SAVEPOINT|^BEGIN|^COMMIT|^ROLLBACK|django_session", re.IGNORECASE)
Costs = dict[tuple[str, str], int]


def grow(by: dict[str, Membership], story: Story) -> None:
    """Fifty of everything a page may list, beside and inside the case that is looked at."""
    worker, actor = by["worker"], actor_of(by["worker"])
    recipients = OrganisationFactory.create_batch(MANY)
    for number, recipient in enumerate(recipients):
        case = a_case(worker)
        a_screening(by["screener"])
        a_batch(f"file {number}")
        a_service(recipient)
        MembershipFactory.create(organisation=worker.organisation)
        a_referral(worker, case, by["coordinator"].organisation, at=AT)
        a_referral(worker, story.case, recipient, at=AT)
        an_answer(worker, story.person, recipient, at=AT)
        commands.write_note(
            actor=actor, case=story.case, text="said", kind="visit", happened_on=TODAY, at=AT
        )
        commands.add_need(
            actor=actor, case=story.case, domain="shelter", urgency="soon", detail="x", at=AT
        )
        commands.add_goal(
            actor=actor, case=story.case, domain="income", text="x", due_on=TODAY, at=AT
        )
        commands.offer_service(
            actor=actor, case=story.case, service="shelter_emergency", provider=recipient,
            starts_on=None, at=AT,
        )  # fmt: skip
        commands.add_task(
            actor=actor, case=story.case, text="x", due_on=TODAY, assignee=worker.user, at=AT
        )


def measured(by: dict[str, Membership], story: Story) -> Costs:
    """The queries of each page, for the first reader to whom it opens."""
    found: Costs = {}
    asked: set[str] = set()  # a page costs the same whoever reads it, but for the overview
    for who in READERS:
        client, api = signed_in(by[who]), program(a_token(by[who]))
        client.get("/account/")
        for reader, place in [
            *((client, place) for place in pages(story, by[who])),
            *((api, place) for place in endpoints(story, by[who])),
        ]:
            if place.name in asked - {"home"}:
                continue
            if (cost := _cost(reader, place.path)) is not None:
                asked.add(place.name)
                found[who, place.name] = cost
    return found


def _cost(reader: Any, path: str) -> int | None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        answer = reader.get(path)
    if answer.status_code != 200:
        return None
    return sum(not PLUMBING.search(query["sql"]) for query in queries.captured_queries)


@pytest.mark.slow
def test_no_page_asks_more_of_a_large_store_than_of_a_small_one(
    by: dict[str, Membership],
) -> None:
    story = a_story(by, Canaries())
    small = measured(by, story)
    grow(by, story)

    large = measured(by, story)

    # Fewer is possible: an empty list asks more than a full one where it says what to do next.
    grown = {
        key: (small[key], large[key])
        for key in small.keys() & large.keys()
        if large[key] > small[key] + ALLOWED
    }
    assert grown == {}
    assert len(small) > 50


# A list that fills its page asks for one more: the mark of the page that follows.
ALLOWED = 1
