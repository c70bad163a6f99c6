"""T12: the child of another record, named under a record one may open, does not exist there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.security.rows import difference, snapshot
from tests.security.visiting import CHILDREN, names_of, places, signed_in
from tests.security.voices import Canaries
from tests.security.world import Story, a_story
from tumar.access.models import Membership
from tumar.site.addresses import addresses

RECORDS = {"ref", "pseudonym"}


@pytest.fixture
def other(by: dict[str, Membership]) -> Story:
    """Another case of the same organisation, on the same worker's desk."""
    return a_story(by, Canaries(seed=1))


def nested() -> list[str]:
    """Every route that names a record and a row of it."""
    return [a.route for a in addresses() if len(names_of(a.route)) > 1 and "pk>" in a.route]


def crossed(by: dict[str, Membership], mine: Story, theirs: Story) -> Iterator[str]:
    """Every such address with my record and the child of theirs."""
    for place in places(mine, by["worker"]):
        if place.address.route in nested() and not place.path.startswith("/users/"):
            path = place.path
            for child in CHILDREN.values():
                path = path.replace(
                    f"/{getattr(mine, child).pk}/", f"/{getattr(theirs, child).pk}/"
                )
            assert path != place.path, f"say in CHILDREN what {place.address.route} names"
            yield path


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_child_of_another_case_is_not_there(
    method: str, by: dict[str, Membership], story: Story, other: Story
) -> None:
    client = signed_in(by["chief"])
    before = snapshot()

    for path in crossed(by, story, other):
        answer = getattr(client, method)(path, {"to": "accepted", "text": "x"})
        assert answer.status_code in ({404} if method == "post" else {404, 405}), path

    assert difference(before, snapshot()) == []
    assert len(nested()) >= 7


def test_the_same_child_is_there_under_its_own_record(
    by: dict[str, Membership], story: Story
) -> None:
    """Else a 404 for everything would pass the test above."""
    client = signed_in(by["worker"])

    for place in places(story, by["worker"]):
        if place.address.route in nested() and not place.path.startswith("/users/"):
            with transaction.atomic():
                assert client.post(place.path, {}).status_code != 404, place.path
                transaction.set_rollback(True)


def test_a_role_of_another_organisation_cannot_be_ended_through_a_colleague(
    by: dict[str, Membership],
) -> None:
    client = signed_in(by["administrator"])
    colleague, stranger = by["worker"], by["outsider"]

    for user in (colleague.user_id, stranger.user_id):
        answer = client.post(f"/users/{user}/roles/{stranger.pk}/end/")
        assert answer.status_code == 404
    own = client.post(f"/users/{by['chief'].user_id}/roles/{colleague.pk}/end/")
    assert own.status_code == 404
    stranger.refresh_from_db()
    colleague.refresh_from_db()
    assert (stranger.ended_at, colleague.ended_at) == (None, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_to_an_outsider_no_address_of_the_story_exists(
    method: str, by: dict[str, Membership], story: Story
) -> None:
    client = signed_in(by["outsider"])
    before = snapshot()
    named = [p for p in places(story, by["outsider"]) if RECORDS & set(names_of(p.address.route))]

    for place in named:
        if "token" in (place.address.door or ()):
            continue
        answer = getattr(client, method)(place.path)
        assert answer.status_code in {404, 405}, place.path
        assert story.person.code_name not in answer.content.decode()

    assert difference(before, snapshot()) == []
    assert len(named) > 30
