"""Nothing is written without an event, and no event without its line."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from tests.factories import THEN, MembershipFactory, OrganisationFactory, a_person, actor_of
from tumar import audit
from tumar.access import SYSTEM
from tumar.access.models import Membership
from tumar.audit import UnrecordedWrite, WriteWhileReading
from tumar.audit.models import Line
from tumar.people.models import Grant, Person, SearchToken


class Refused(PermissionDenied):
    """Somebody may not."""


class Broken(RuntimeError):
    """Something went wrong in the middle."""


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


def recording(event: str = "test.write") -> Any:
    return audit.record(SYSTEM, event, on=Person, at=THEN)


def looking(event: str = "test.look") -> Any:
    return audit.look(SYSTEM, event, on=Person, at=THEN)


def write_and_fail(inside: type[Exception] | None, after: type[Exception] | None = None) -> None:
    """Write within an event, and raise before it is over or right after."""
    with recording():
        Person.objects.update(code_name="changed")
        if inside:
            raise inside
    if after:
        raise after


def events() -> list[tuple[str, str]]:
    return list(Line.objects.filter(event__startswith="test.").values_list("kind", "event"))


def test_an_event_leaves_one_line_that_says_who_what_and_when(
    caseworker: Membership, person: Person
) -> None:
    with audit.record(actor_of(caseworker), "test.write", on=person, at=THEN) as event:
        event.about(person.pk)
        event.note(code="x")

    line = Line.objects.get(event="test.write")
    assert (line.kind, line.user_id, line.organisation_id, line.at) == (
        "act",
        caseworker.user_id,
        caseworker.organisation_id,
        THEN,
    )
    assert (line.subject, line.subject_id, line.person) == (
        "people.person",
        str(person.pk),
        person.pk,
    )
    assert line.facts == {"code": "x"}


def test_a_look_leaves_a_line_and_writes_nothing(person: Person) -> None:
    with looking(), pytest.raises(UnrecordedWrite):
        person.save()

    assert events() == [("look", "test.look")]


def test_a_look_inside_an_event_cannot_write_what_the_event_may(person: Person) -> None:
    with recording():
        with looking(), pytest.raises(UnrecordedWrite):
            person.save()
        person.save()

    assert events() == [("look", "test.look"), ("act", "test.write")]


def test_after_an_event_writing_is_over(person: Person) -> None:
    with recording():
        person.save()

    with pytest.raises(UnrecordedWrite):
        person.save()


def test_an_error_undoes_the_writes_and_the_line_together(person: Person) -> None:
    with pytest.raises(Broken):
        write_and_fail(Broken)

    assert Person.objects.get().code_name != "changed"
    assert events() == []


def test_an_error_after_an_inner_event_undoes_that_too(person: Person) -> None:
    with pytest.raises(Broken), recording("test.outer"):
        write_and_fail(None, Broken)

    assert Person.objects.get().code_name != "changed"
    assert events() == []


def test_a_refusal_undoes_the_writes_and_leaves_a_line_of_its_own(person: Person) -> None:
    with pytest.raises(Refused):
        write_and_fail(Refused)

    assert Person.objects.get().code_name != "changed"
    assert events() == [("denial", "test.write")]


def test_a_refusal_inside_is_told_once_by_the_outermost(person: Person) -> None:
    with (
        pytest.raises(Refused),
        audit.record(SYSTEM, "test.outer", on=Person, at=THEN, person=person.pk),
        recording("test.inner"),
    ):
        raise Refused

    line = Line.objects.get(event__startswith="test.")
    assert (line.kind, line.event, line.person) == ("denial", "test.outer", person.pk)


def test_a_refused_look_is_a_denial(db: None) -> None:
    with pytest.raises(Refused), looking():
        raise Refused

    assert events() == [("denial", "test.look")]


def test_a_denial_can_be_left_alone(db: None) -> None:
    audit.deny(SYSTEM, "test.refuse", on=Person, at=THEN, status=404)

    assert Line.objects.get(event="test.refuse").facts == {"status": 404}


def a_token(person: Person) -> SearchToken:
    return SearchToken(person=person, purpose="name", token=1)


WRITES = {
    "save": lambda person: person.save(),
    "save some fields": lambda person: person.save(update_fields=["code_name"]),
    "save a loaded fixture": lambda person: person.save_base(raw=True),
    "delete": lambda person: person.delete(),
    "create": lambda person: SearchToken.objects.create(person=person, purpose="name", token=1),
    "get_or_create": lambda person: SearchToken.objects.get_or_create(
        person=person, purpose="name", token=-1
    ),
    "update_or_create": lambda person: SearchToken.objects.update_or_create(
        person=person, purpose="name", token=-1
    ),
    "update": lambda person: Person.objects.update(code_name="x"),
    "delete many": lambda person: SearchToken.objects.filter(person=person).delete(),
    "bulk_create": lambda person: SearchToken.objects.bulk_create([a_token(person)]),
    "bulk_create over conflicts": lambda person: SearchToken.objects.bulk_create(
        [a_token(person)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["token"],
    ),
    "bulk_update": lambda person: SearchToken.objects.bulk_update(
        list(person.tokens.all()), ["token"]
    ),
    "create on a relation": lambda person: person.tokens.create(purpose="name", token=1),
    "update on a relation": lambda person: person.tokens.update(token=1),
    "delete on a relation": lambda person: person.grants.all().delete(),
    "add to a relation": lambda person: person.tokens.add(*person.tokens.all()),
    "set a relation": lambda person: person.tokens.set([a_token(person)], bulk=False),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_no_way_to_write_works_outside_an_event(person: Person, write: Any) -> None:
    before = (person.code_name, person.tokens.count(), person.grants.count())

    with pytest.raises(UnrecordedWrite), transaction.atomic():
        write(person)

    again = Person.objects.get(pk=person.pk)
    assert (again.code_name, again.tokens.count(), again.grants.count()) == before


def test_reading_needs_no_event(person: Person) -> None:
    assert Person.objects.filter(pk=person.pk).exists()
    assert Grant.objects.count() == 1


def test_where_something_is_only_read_no_event_can_begin(person: Person) -> None:
    with audit.only_reading():
        with pytest.raises(WriteWhileReading), recording():
            person.save()
        with looking():
            assert Person.objects.exists()
        audit.deny(SYSTEM, "test.refuse", on=Person, at=THEN)

    assert events() == [("look", "test.look"), ("denial", "test.refuse")]


def test_a_line_as_bytes_does_not_depend_on_the_order_of_its_facts(db: None) -> None:
    one = Line(kind="act", event="e", at=THEN, user_id=1, organisation_id=1, facts={"a": 1, "b": 2})
    other = Line(
        kind="act", event="e", at=THEN, user_id=1, organisation_id=1, facts={"b": 2, "a": 1}
    )

    assert one.canonical() == other.canonical()


def test_lines_about_a_person_come_newest_first(caseworker: Membership, person: Person) -> None:
    other = a_person(MembershipFactory.create(organisation=OrganisationFactory.create()))
    for event in ("test.first", "test.second"):
        audit.deny(SYSTEM, event, on=Person, at=THEN, person=person.pk)
    audit.deny(SYSTEM, "test.other", on=Person, at=THEN, person=other.pk)

    about = [line.event for line in Line.objects.about(person.pk) if "test." in line.event]

    assert about == ["test.second", "test.first"]
