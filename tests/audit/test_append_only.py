"""The log takes new lines and nothing else, whoever asks and however."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import THEN
from tumar import audit
from tumar.access import SYSTEM
from tumar.audit.models import Line
from tumar.people.models import Person


@pytest.fixture
def line(db: None) -> Line:
    audit.deny(SYSTEM, "test.refuse", on=Person, at=THEN)
    return Line.objects.get(event="test.refuse")


def by_sql(statement: str) -> Callable[[Line], None]:
    def run(line: Line) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def change(line: Line) -> None:
    line.event = "test.other"
    line.save()


ATTACKS: dict[str, Callable[[Line], object]] = {
    "save": change,
    "delete": lambda line: line.delete(),
    "update": lambda line: Line.objects.update(event="test.other"),
    "delete many": lambda line: Line.objects.filter(pk=line.pk).delete(),
    "UPDATE": by_sql("UPDATE audit_line SET event = 'test.other'"),
    "UPDATE of nothing new": by_sql("UPDATE audit_line SET event = event"),
    "DELETE": by_sql("DELETE FROM audit_line"),
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_a_line_can_be_neither_changed_nor_deleted(
    line: Line, attack: Callable[[Line], object]
) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attack(line)

    assert Line.objects.get(pk=line.pk).event == "test.refuse"


def test_the_whole_log_cannot_be_emptied_at_once(line: Line) -> None:
    # SQLite has no TRUNCATE; there a DELETE without WHERE is what empties a table.
    truncate = connection.vendor == "postgresql"
    statement = "TRUNCATE audit_line" if truncate else "DELETE FROM audit_line"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_sql(statement)(line)

    assert Line.objects.filter(pk=line.pk).exists()


def test_a_line_cannot_be_replaced_by_another_of_its_number(line: Line) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.bulk_create(
            [
                Line(
                    pk=line.pk,
                    kind="act",
                    event="test.other",
                    at=THEN,
                    user_id=0,
                    organisation_id=0,
                )
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["event"],
        )

    assert Line.objects.get(pk=line.pk).event == "test.refuse"


def test_insert_or_replace_does_not_slip_past_the_triggers(line: Line) -> None:
    if connection.vendor != "sqlite":
        assert Line.objects.get(pk=line.pk).event == "test.refuse"  # there is no such statement
        return

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        by_sql(
            "INSERT OR REPLACE INTO audit_line "
            "SELECT id, kind, 'test.other', at, user_id, organisation_id, subject, subject_id, "
            "person, facts FROM audit_line"
        )(line)

    assert Line.objects.get(pk=line.pk).event == "test.refuse"


def test_a_line_of_an_unknown_kind_is_refused(db: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.create(kind="rumour", event="x", at=THEN, user_id=0, organisation_id=0)
