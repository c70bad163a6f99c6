"""T57: when the line cannot be written, nothing else is: neither the change nor the look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import actor_of
from tests.security.rows import difference, snapshot
from tests.security.store import hits
from tests.security.visiting import pages, signed_in
from tests.security.voices import Canaries
from tests.security.world import AT, TODAY, Story
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import open_identity
from tumar.protection import commands

FULL = {
    "sqlite": [
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit_line "
        "BEGIN SELECT RAISE(ABORT, 'full'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit_line "
        "FOR EACH ROW EXECUTE FUNCTION full_disk()",
    ],
}
EMPTY = {
    "sqlite": ["DROP TRIGGER full_disk"],
    "postgresql": ["DROP TRIGGER full_disk ON audit_line", "DROP FUNCTION full_disk()"],
}


@contextmanager
def no_room_for_lines() -> Iterator[None]:
    """A database that takes no more lines, as when its disk is full."""
    _run(FULL)
    try:
        yield
    finally:
        _run(EMPTY)


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)


def test_a_write_without_its_line_is_undone(by: dict[str, Membership], story: Story) -> None:
    before, actor = snapshot(), actor_of(by["worker"])

    with no_room_for_lines():
        for act in (
            lambda: commands.write_note(
                actor=actor, case=story.case, text="x", kind="visit", happened_on=TODAY, at=AT
            ),
            lambda: commands.assess_risk(actor=actor, case=story.case, risk="high", at=AT),
            lambda: commands.add_task(
                actor=actor, case=story.case, text="x", due_on=TODAY, assignee=None, at=AT
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()

    assert difference(before, snapshot()) == []


def test_nothing_is_shown_whose_look_cannot_be_written(
    by: dict[str, Membership], story: Story
) -> None:
    with (
        no_room_for_lines(),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        open_identity(actor=actor_of(by["worker"]), person=story.person, at=AT)


@pytest.mark.slow
def test_a_page_that_tells_of_her_is_an_error_without_its_line(
    by: dict[str, Membership], story: Story, canaries: Canaries
) -> None:
    """Pages that need no line show none of her words; all others fail."""
    client, failing = signed_in(by["worker"]), 0
    lines = Line.objects.count()

    with no_room_for_lines():
        for place in pages(story, by["worker"]):
            with transaction.atomic():
                answer = client.get(place.path)
                text = answer.content.decode()
            assert hits(text.encode(), canaries) == [], place.path
            failing += answer.status_code == 500

    assert failing >= 8
    assert Line.objects.count() == lines
