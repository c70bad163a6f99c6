"""T04, T05 from end to end: whoever can write into the database, but has no key, can make a page
fail, and never make it show one person's words as another's, nor any plain text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from tests.security.store import sealed_models, texts_of
from tests.security.visiting import body, pages, signed_in
from tests.security.voices import Canaries
from tests.security.world import Story, a_story
from tumar.access.models import Membership
from tumar.people.commands import open_photo
from tumar.people.models import Person
from tumar.vault.envelope import CannotOpen
from tumar.vault.files import name_of, path_of
from tumar.vault.inventory import SealedColumn, sealed_columns
from tumar.vault.models import StoredFile

COLUMNS = [
    column for column in sealed_columns() if column.table not in {"(files)", "vault_storedfile"}
]
REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")


@pytest.fixture
def theirs() -> Canaries:
    return Canaries(seed=1)


@pytest.fixture
def other(by: dict[str, Membership], theirs: Canaries) -> Story:
    return a_story(by, theirs)


def _with_keys(rows: list[Any]) -> list[Any]:
    keys = [row.pk for row in rows]
    return list(type(rows[0])._default_manager.select_related("data_key").filter(pk__in=keys))


def model_of(column: SealedColumn) -> type[models.Model]:
    return next(m for m in apps.get_models() if m._meta.db_table == column.table)


def rows_of(column: SealedColumn, story: Story) -> list[Any]:
    """The rows of a column's table that are sealed under the keys of one story."""
    keys = {row.data_key_id for row in (story.person, story.screening, story.draft)}
    return list(model_of(column)._default_manager.filter(data_key__in=keys).order_by("pk"))


def raw(table: str, column: str, key: Any) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [_key(key)])  # noqa: S608
        return bytes(cursor.fetchone()[0])


def put(table: str, column: str, key: Any, value: bytes) -> None:
    """Write past the application, as a thief of the database would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, _key(key)])  # noqa: S608
        assert cursor.rowcount == 1


def _key(key: Any) -> Any:
    return key.hex if connection.vendor == "sqlite" else key


def showing(member: Membership, story: Story, canaries: Canaries) -> dict[str, set[str]]:
    """Which pages show which canary, while all is well."""
    client, found = signed_in(member), {}
    for place in pages(story, member):
        text = body(client.get(place.path)).decode("utf-8", "replace")
        found[place.path] = {each for each in canaries if each in text}
    return found


@pytest.mark.slow
def test_another_persons_words_in_a_column_make_the_page_fail_and_show_nothing(
    by: dict[str, Membership], story: Story, other: Story, canaries: Canaries, theirs: Canaries
) -> None:
    worker = by["worker"]
    shown = showing(worker, story, canaries)
    failing = 0

    for column in COLUMNS:
        mine, strange = rows_of(column, story), rows_of(column, other)
        pairs = list(zip(mine, strange, strict=False))
        assert pairs, f"the story has no row in {column.table}"
        texts = [" ".join(texts_of(getattr(row, column.column))) for row in _with_keys(mine)]
        kept = [raw(column.table, column.column, row.pk) for row, _other in pairs]
        for row, else_row in pairs:
            moved = raw(column.table, column.column, else_row.pk)
            put(column.table, column.column, row.pk, moved)
            fresh = type(row)._default_manager.select_related("data_key").get(pk=row.pk)
            with pytest.raises(CannotOpen):
                getattr(fresh, column.column)
        for path in _pages_with(texts, shown):
            answer = signed_in(worker).get(path)
            text = body(answer).decode()
            assert answer.status_code == 500, f"{column} {path}"
            assert REFERENCE.search(text)
            assert [each for each in (*canaries, *theirs) if each in text] == []
            failing += 1
        for (row, _other), value in zip(pairs, kept, strict=True):
            put(column.table, column.column, row.pk, value)

    assert failing >= 10, "few pages were asked, so little is proved"


def _pages_with(texts: list[str], shown: dict[str, set[str]]) -> list[str]:
    """Two pages at most that show something of these texts; the attack is the same on each."""
    words = {word for text in texts for word in text.split()}
    return [path for path, seen in shown.items() if seen & words][:2]


def test_two_columns_of_one_row_cannot_change_places(story: Story) -> None:
    swapped = 0
    for model, fields in sealed_models():
        for one, two in pairwise(fields):
            row = model._default_manager.select_related("data_key").first()
            assert row is not None
            table = model._meta.db_table
            first, second = (raw(table, f.column, row.pk) for f in (one, two))
            put(table, one.column, row.pk, second)
            put(table, two.column, row.pk, first)
            row = model._default_manager.select_related("data_key").get(pk=row.pk)
            for each in (one, two):
                with pytest.raises(CannotOpen):
                    getattr(row, each.name)
            swapped += 1

    assert swapped >= 4


@pytest.mark.parametrize("broken", [b"", b"\x00", b"\x01", b"plain text", b"\x02" + b"0" * 60])
def test_what_is_no_envelope_is_an_error_and_never_shown_as_it_stands(
    broken: bytes, by: dict[str, Membership], story: Story
) -> None:
    put("protection_note", "text", story.note.pk, broken)

    answer = signed_in(by["worker"]).get(story.case.get_absolute_url())

    assert answer.status_code == 500
    assert b"plain text" not in answer.content
    assert REFERENCE.search(answer.content.decode())


def test_a_name_or_a_file_of_another_person_does_not_open(
    by: dict[str, Membership], story: Story, other: Story
) -> None:
    mine, theirs = story.attachment, other.attachment
    put("vault_storedfile", "sealed_name", mine.pk, bytes(theirs.sealed_name))
    with pytest.raises(CannotOpen):
        name_of(StoredFile.objects.select_related("data_key").get(pk=mine.pk))

    path_of(story.photo.file).write_bytes(path_of(other.photo.file).read_bytes())
    answer = signed_in(by["worker"]).get(f"/people/persons/{story.person.pseudonym}/photo/")
    assert answer.status_code == 500
    assert b"JFIF" not in answer.content


def test_a_photo_pointed_at_another_persons_file_opens_only_as_that_persons(
    by: dict[str, Membership], story: Story, other: Story
) -> None:
    """A row moved in the database is no envelope, so the key that goes with it must be hers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_photo SET file_id = %s WHERE id = %s",
            [_key(other.photo.file_id), story.photo.pk],
        )
    from tests.factories import actor_of
    from tests.security.world import AT

    person = Person.objects.get(pk=story.person.pk)
    with pytest.raises(CannotOpen):
        list(open_photo(actor=actor_of(by["worker"]), person=person, at=AT) or [])
