"""Finding the same person: in three scripts, in scope only, and with few opened."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import LATER, THEN, a_person, actor_of
from tumar.access import NotAllowed
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import grant_access, search_persons
from tumar.people.models import Person, SearchToken
from tumar.people.queries import Candidate, Question, find_candidates
from tumar.people.queries.search import OPENED_AT_MOST
from tumar.people.rules import Contact, Document, Name, all_lengths, bits_for
from tumar.reference.dates import PartialDate
from tumar.vault.tokens import token

Counted = Callable[..., Any]

WAYS_TO_ASK = {
    "the same name": Question(name="Айнура Токтосунова"),
    "in Latin letters": Question(name="Ainura Toktosunova"),
    "another spelling": Question(name="Aynura Toktosunowa"),
    "in another order": Question(name="Токтосунова Айнура"),
    "the document as a clerk types it": Question(document="АС-1234567"),
    "the telephone as dialled at home": Question(phone="0700 12-34-56"),
    "the day of birth": Question(born=PartialDate.parse("2001-05-17")),
}


def found_by(member: Membership, question: Question) -> list[Candidate]:
    return search_persons(actor=actor_of(member), question=question, at=LATER)


@pytest.mark.parametrize("question", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK.keys())
def test_a_person_is_found(caseworker: Membership, question: Question) -> None:
    person = a_person(caseworker)

    assert [each.person for each in found_by(caseworker, question)] == [person]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("نورة العلي", "Noura Al-Ali"),
        ("محمد حسن", "Mohammed Hassan"),
        ("Mohammed Hassan", "محمد حسن"),
        ("Жаркынай Асанова", "Jarkynai Asanova"),
        ("Өмүрбек Үсөнов", "Omurbek Usonov"),
    ],
)
def test_a_name_in_one_script_is_found_in_another(
    caseworker: Membership, written: str, asked: str
) -> None:
    person = a_person(caseworker, names=(Name(written),))

    assert [each.person for each in found_by(caseworker, Question(name=asked))] == [person]


def test_any_of_several_names_is_enough(caseworker: Membership) -> None:
    person = a_person(caseworker, names=(Name("Мээрим"), Name("Dilnoza Karimova", "alias")))

    found = found_by(caseworker, Question(name="Дилноза Каримова"))

    assert [each.person for each in found] == [person]


def test_the_reasons_say_what_agreed(caseworker: Membership) -> None:
    a_person(caseworker)
    question = Question(
        name="Ainura Toktosunova",
        born=PartialDate.parse("2001"),
        document="AC1234567",
        phone="+996700123456",
    )

    found = found_by(caseworker, question)[0]

    assert set(found.reasons) == {"document", "phone", "name", "birth_may_be"}
    assert 0.9 < found.score <= 1


def test_the_better_match_stands_first(caseworker: Membership) -> None:
    a_person(caseworker, documents=(), contacts=())
    same = a_person(caseworker, names=(Name("Айнур Токтосун"),))

    found = found_by(caseworker, Question(name="Айнура Токтосунова", document="AC 1234567"))

    assert found[0].person == same


def test_another_name_that_shares_a_sound_is_not_shown(caseworker: Membership) -> None:
    a_person(caseworker, names=(Name("Нурлан Токтосунов"),), documents=(), contacts=())

    assert found_by(caseworker, Question(name="Гулзат Маматова")) == []


def test_nothing_asked_finds_nobody(caseworker: Membership) -> None:
    a_person(caseworker)

    assert found_by(caseworker, Question()) == []


@pytest.mark.parametrize("question", WAYS_TO_ASK.values(), ids=WAYS_TO_ASK.keys())
def test_out_of_scope_is_answered_exactly_like_nobody(
    caseworker: Membership,
    outsider: Membership,
    question: Question,
    django_assert_num_queries: Counted,
) -> None:
    queries = 6  # the last grant, how common, who; and the line with its transaction
    find_candidates(actor_of(outsider), Question(name="warm"))
    with django_assert_num_queries(queries):
        before = found_by(outsider, question)

    a_person(caseworker)

    with django_assert_num_queries(queries):
        after = found_by(outsider, question)
    assert before == after == []
    lines = [line.facts for line in Line.objects.filter(event="people.person.search")]
    assert lines[0] == lines[1]


def test_whoever_was_granted_no_identity_sees_no_name(
    caseworker: Membership, outsider: Membership
) -> None:
    person = a_person(caseworker)
    grant_access(
        actor=actor_of(caseworker),
        person=person,
        to=outsider.organisation,
        ground="referral:1",
        groups=["health"],
        at=THEN,
    )

    assert found_by(outsider, Question(document="AC 1234567")) == []


def test_a_search_costs_the_same_for_one_likely_person_and_for_fifty(
    caseworker: Membership, django_assert_num_queries: Counted
) -> None:
    question = Question(name="Айнура Токтосунова")
    a_person(caseworker)
    actor = actor_of(caseworker)
    with django_assert_num_queries(5):
        find_candidates(actor, question)
    for _ in range(50):
        a_person(caseworker, documents=(), contacts=())

    with django_assert_num_queries(5):
        found = find_candidates(actor, question)

    assert len(found) == 10


def test_no_more_than_a_few_are_ever_opened(
    caseworker: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tumar.people.queries.search.OPENED_AT_MOST", 3)
    for _ in range(5):
        a_person(caseworker)

    found = find_candidates(actor_of(caseworker), Question(document="AC 1234567"))

    assert len(found) == 3
    assert OPENED_AT_MOST == 60


def test_a_search_is_on_record_without_what_was_asked(caseworker: Membership) -> None:
    person = a_person(caseworker)

    found_by(caseworker, Question(name="Айнура Токтосунова", phone="0700123456"))

    line = Line.objects.get(event="people.person.search")
    assert (line.kind, line.facts) == ("look", {"clues": ["name", "phone"], "found": 1})
    shown = Line.objects.get(event="people.person.list")
    assert shown.person == person.pk


def test_a_coordinator_may_not_search(coordinator: Membership) -> None:
    with pytest.raises(NotAllowed):
        found_by(coordinator, Question(name="Айнура"))

    assert Line.objects.get(event="people.person.search").kind == "denial"


def test_the_index_holds_nothing_readable(caseworker: Membership) -> None:
    person = a_person(caseworker)

    rows = SearchToken.objects.filter(person=person).values_list("purpose", "token")

    assert {purpose for purpose, _token in rows} == {"name", "birth", "document", "phone"}
    assert all(isinstance(number, int) for _purpose, number in rows)


@given(st.text(min_size=1, max_size=40), st.integers(2, 14), st.integers(2, 14))
def test_tokens_of_different_lengths_never_meet(text: str, one: int, other: int) -> None:
    assert (token("name", text, one) == token("name", text, other)) == (one == other)


@given(st.text(min_size=1, max_size=40), st.integers(2, 14))
def test_a_token_is_no_longer_than_it_may_be(text: str, bits: int) -> None:
    assert 1 << bits <= token("name", text, bits) < 1 << bits + 1


def test_the_same_text_under_another_purpose_is_another_token() -> None:
    same = sum(token("name", str(n), 14) == token("phone", str(n), 14) for n in range(200))

    assert same < 5


@given(st.integers(0, 3_000_000))
def test_a_bucket_holds_several_persons_on_average_whatever_the_size(persons: int) -> None:
    bits = bits_for(persons)

    if persons >= 32:
        assert 4 <= persons / 2**bits < 16
    assert bits in all_lengths(persons)


def test_a_person_filed_when_the_installation_was_small_is_still_found(
    caseworker: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person(caseworker)

    monkeypatch.setattr("tumar.people.queries.search._known", lambda: 1_000_000)

    found = found_by(caseworker, Question(document="AC 1234567"))
    assert [each.person for each in found] == [person]


def test_in_an_installation_of_ten_thousand_few_stand_alone_in_a_bucket() -> None:
    persons = 10_000
    buckets = Counter(token("document", f"AC{n:07}", bits_for(persons)) for n in range(persons))

    alone = sum(size == 1 for size in buckets.values())
    assert alone / persons < 0.02
    assert sum(size for size in buckets.values() if size >= 3) / persons > 0.85


def test_what_is_no_longer_hers_no_longer_finds_her(caseworker: Membership) -> None:
    from tumar.people.commands import save_part

    person = a_person(caseworker)
    save_part(
        actor=actor_of(caseworker),
        person=person,
        kind="documents",
        content={"documents": []},
        based_on=1,
        at=LATER,
    )

    assert found_by(caseworker, Question(document="AC 1234567")) == []
    assert Person.objects.count() == 1


def test_a_contact_that_is_no_number_is_not_filed_as_one(caseworker: Membership) -> None:
    person = a_person(
        caseworker,
        documents=(Document("passport", "--"),),
        contacts=(Contact("email", "0700123456"), Contact("phone", "no number")),
    )

    assert set(person.tokens.values_list("purpose", flat=True)) == {"name", "birth"}
