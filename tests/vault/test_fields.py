"""Sealed columns behave like any other, except that nobody reads them without the key."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from tests.factories import LATER, THEN, a_person, an_answer
from tumar import audit
from tumar.access import SYSTEM
from tumar.access.models import Membership
from tumar.people.models import Consent, IdentityPart, LegalGround, Part, Person
from tumar.vault.envelope import CannotOpen
from tumar.vault.fields import PlainOnItsWay
from tumar.vault.inventory import sealed_columns
from tumar.vault.models import DataKey

CANARY = "Kanarienvogel"
Counted = Callable[[int], Any]


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


@pytest.fixture
def consent(caseworker: Membership, person: Person) -> Consent:
    return an_answer(caseworker, person, None, words=CANARY)


def recording() -> Any:
    return audit.record(SYSTEM, "test.write", on=Person, at=THEN)


def stored(model: type[Any], column: str, pk: object) -> bytes:
    field = model._meta.pk
    with connection.cursor() as cursor:
        # The names come from the model itself.
        table = model._meta.db_table
        cursor.execute(
            f"SELECT {column} FROM {table} WHERE {field.column} = %s",  # noqa: S608
            [field.get_db_prep_value(pk, connection)],
        )
        return bytes(cursor.fetchone()[0])


def plant(model: type[Any], column: str, pk: object, envelope: bytes) -> None:
    field = model._meta.pk
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {field.column} = %s",  # noqa: S608
            [envelope, field.get_db_prep_value(pk, connection)],
        )


def test_the_column_holds_no_readable_text(consent: Consent) -> None:
    column = stored(Consent, "words", consent.pk)

    assert column[:1] == b"\x01"
    assert CANARY.encode() not in column
    assert Consent.objects.get(pk=consent.pk).words == CANARY


def test_a_value_moved_to_another_person_does_not_open(
    caseworker: Membership, consent: Consent
) -> None:
    other = an_answer(caseworker, a_person(caseworker), None, words="hers")
    plant(Consent, "words", other.pk, stored(Consent, "words", consent.pk))

    with pytest.raises(CannotOpen):
        _ = Consent.objects.get(pk=other.pk).words


def test_a_value_moved_to_another_row_of_the_same_person_does_not_open(
    caseworker: Membership, person: Person, consent: Consent
) -> None:
    other = an_answer(caseworker, person, None, words="later")
    plant(Consent, "words", other.pk, stored(Consent, "words", consent.pk))

    with pytest.raises(CannotOpen):
        _ = Consent.objects.get(pk=other.pk).words


def test_a_value_moved_to_another_table_does_not_open(person: Person, consent: Consent) -> None:
    with recording():
        ground = LegalGround.objects.create(
            id=consent.pk,  # even under the same number
            person=person,
            data_key=person.data_key,
            organisation=consent.asked_by,
            purpose="medical",
            basis="vital_interest",
            article="art. 1",
            made_at=THEN,
            made_by=0,
        )
    plant(LegalGround, "reason", ground.pk, stored(Consent, "words", consent.pk))

    with pytest.raises(CannotOpen):
        _ = LegalGround.objects.get(pk=ground.pk).reason


def test_one_part_of_an_identity_put_in_place_of_another_does_not_open(person: Person) -> None:
    names, birth = (person.parts.get(kind=kind) for kind in (Part.NAMES, Part.BIRTH))
    plant(IdentityPart, "content", birth.pk, stored(IdentityPart, "content", names.pk))

    with pytest.raises(CannotOpen):
        _ = person.parts.get(kind=Part.BIRTH).content


def test_a_row_given_to_another_key_does_not_open(caseworker: Membership, consent: Consent) -> None:
    other = a_person(caseworker)
    with recording():
        Consent.objects.filter(pk=consent.pk).update(data_key=other.data_key)

    with pytest.raises(CannotOpen):
        _ = Consent.objects.get(pk=consent.pk).words


@pytest.mark.parametrize("envelope", [b"", b"\x01", CANARY.encode(), b"\x01" + bytes(28)])
def test_what_is_no_envelope_is_an_error_and_never_plain_text(
    consent: Consent, envelope: bytes
) -> None:
    plant(Consent, "words", consent.pk, envelope)

    with pytest.raises(CannotOpen):
        _ = Consent.objects.get(pk=consent.pk).words


def test_after_its_key_is_destroyed_nothing_opens(consent: Consent, person: Person) -> None:
    DataKey.objects.filter(pk=person.data_key_id).update(wrapped=None, destroyed_at=LATER)

    with pytest.raises(CannotOpen):
        _ = Consent.objects.get(pk=consent.pk).words
    with pytest.raises(CannotOpen):
        _ = person.parts.select_related("data_key").get(kind=Part.NAMES).content


def test_a_wrapped_key_moved_to_another_person_does_not_unwrap(
    caseworker: Membership, person: Person
) -> None:
    other = a_person(caseworker)
    DataKey.objects.filter(pk=other.data_key_id).update(wrapped=person.data_key.wrapped)

    with pytest.raises(CannotOpen):
        _ = other.parts.select_related("data_key").get(kind=Part.NAMES).content


def test_the_key_of_records_does_not_open_an_identity(person: Person) -> None:
    part = person.parts.select_related("data_key").get(kind=Part.NAMES)
    field: Any = IdentityPart._meta.get_field("content")
    part.data_key.__dict__["identity"] = part.data_key.record

    with pytest.raises(CannotOpen):
        _ = part.content
    assert field.purpose == "identity"


def test_a_value_is_opened_only_when_it_is_asked_for(consent: Consent) -> None:
    DataKey.objects.filter(pk=consent.data_key_id).update(wrapped=None, destroyed_at=LATER)

    listed = list(Consent.objects.select_related("data_key"))

    assert [each.purpose for each in listed] == ["referral"]


def test_values_and_only_give_sealed_bytes(consent: Consent) -> None:
    for value in (
        Consent.objects.values("words").get()["words"],
        Consent.objects.values_list("words", flat=True).get(),
    ):
        assert bytes(value)[:1] == b"\x01"
        assert CANARY.encode() not in bytes(value)


def test_a_deferred_value_is_fetched_when_it_is_asked_for(
    consent: Consent, django_assert_num_queries: Counted
) -> None:
    row = Consent.objects.select_related("data_key").defer("words").get(pk=consent.pk)

    assert row.get_deferred_fields() == {"words"}
    with django_assert_num_queries(1):
        assert row.words == CANARY


def test_an_unopened_value_is_not_a_deferred_one(consent: Consent) -> None:
    assert Consent.objects.get(pk=consent.pk).get_deferred_fields() == set()


def test_refreshing_a_row_brings_what_another_saved(consent: Consent) -> None:
    ours, theirs = (Consent.objects.get(pk=consent.pk) for _ in range(2))
    assert ours.words == CANARY
    theirs.words = "changed"
    with recording():
        theirs.save()

    ours.refresh_from_db()

    assert ours.words == "changed"


def test_saving_some_fields_leaves_the_sealed_one_as_it_is(consent: Consent) -> None:
    before = stored(Consent, "words", consent.pk)
    row = Consent.objects.get(pk=consent.pk)
    row.words = "not meant to be saved"
    with recording():
        row.save(update_fields=["state"])

    assert stored(Consent, "words", consent.pk) == before


def test_saving_a_row_that_was_not_opened_keeps_its_envelope(consent: Consent) -> None:
    before = stored(Consent, "words", consent.pk)
    with recording():
        Consent.objects.get(pk=consent.pk).save()

    assert stored(Consent, "words", consent.pk) == before


def test_each_save_of_an_opened_row_seals_anew(consent: Consent) -> None:
    before = stored(Consent, "words", consent.pk)
    with recording():
        consent.save()

    assert stored(Consent, "words", consent.pk) != before
    assert Consent.objects.get(pk=consent.pk).words == CANARY


def test_a_part_changed_in_place_is_saved(person: Person) -> None:
    part = person.parts.select_related("data_key").get(kind=Part.NAMES)
    part.content["names"].append({"text": "Second", "kind": "alias"})
    with recording():
        part.save()

    assert len(person.parts.get(kind=Part.NAMES).content["names"]) == 2


def test_many_rows_at_once_are_sealed_each_in_its_place(person: Person) -> None:
    made = [
        Consent(
            person=person,
            data_key=person.data_key,
            asked_by=person.grants.get().organisation,
            purpose="medical",
            state="given",
            given_by="self",
            method="written",
            words=f"{CANARY} {number}",
            given_at=THEN,
        )
        for number in range(3)
    ]
    with recording():
        Consent.objects.bulk_create(made)

    assert all(CANARY.encode() not in stored(Consent, "words", each.pk) for each in made)
    found = {each.words for each in Consent.objects.select_related("data_key")}
    assert found == {f"{CANARY} {number}" for number in range(3)}


def test_plain_text_never_gets_to_the_database_by_update(consent: Consent) -> None:
    consent.words = "new"
    with pytest.raises(PlainOnItsWay) as refusal, recording():
        Consent.objects.filter(pk=consent.pk).update(words=CANARY)
    with pytest.raises(PlainOnItsWay), recording():
        Consent.objects.bulk_update([consent], ["words"])

    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize("asked", ["words", "words__contains", "words__startswith", "words__in"])
def test_nobody_can_search_by_a_sealed_column(consent: Consent, asked: str) -> None:
    with pytest.raises(FieldError):
        list(Consent.objects.filter(**{asked: CANARY}))


def test_text_that_looks_like_base64_stays_as_it_is(consent: Consent) -> None:
    consent.words = "QUJD"
    consent.clean_fields(exclude=["explained"])

    assert consent.words == "QUJD"


def test_the_inventory_names_every_sealed_column_and_its_purpose(db: None) -> None:
    listed = {(each.table, each.column): each.purpose for each in sealed_columns()}

    assert listed["people_identitypart", "content"] == "identity"
    assert listed["people_consent", "words"] == "record"
    assert {table for (table, _), purpose in listed.items() if purpose == "identity"} == {
        "people_identitypart"
    }
