"""T46, T47: searching for somebody another organisation knows is answered exactly as searching
for nobody: the same page, the same status, the same number of queries."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import a_person
from tests.security.visiting import signed_in
from tumar.access.models import Membership
from tumar.people.models import Person
from tumar.people.rules import Contact, Document, Name

# The token of the form, and the minute in which a page was made.
CHANCE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|<p class="printed">.*?</p>', re.DOTALL
)
HERS: dict[str, Any] = {
    "names": (Name("Жыпаргүл Өмүракунова"), Name("Jypargul Omurakunova")),
    "documents": (Document("passport", "QX7391846"),),
    "contacts": (Contact("phone", "+996 555 739184"),),
}
QUESTIONS = [
    ("/people/search/", {"name": "Жыпаргүл Өмүракунова"}),
    ("/people/search/", {"name": "Omurakunova"}),
    ("/people/search/", {"document": "QX7391846"}),
    ("/people/search/", {"phone": "0555739184"}),
    ("/people/search/", {"name": "Жыпаргүл", "born_0": "2001", "born_1": "5", "born_2": "17"}),
    ("/people/intake/", {"name": "Жыпаргүл Өмүракунова"}),
    ("/people/intake/", {"document": "QX7391846", "phone": "0555739184"}),
    ("/people/intake/register/", {"begin": "1", "name": "Жыпаргүл Өмүракунова"}),
    ("/search/", {"text": "Жыпаргүл Өмүракунова"}),
    ("/search/", {"text": "QX7391846"}),
    ("/search/", {"text": "0555739184"}),
]
Told = tuple[int, str, int]


def ask(member: Membership, path: str, asked: dict[str, str], *, htmx: bool = False) -> Told:
    """Status, body without its token, and the number of queries."""
    client = signed_in(member)
    client.get("/account/")  # the session is written once, by whatever page comes first
    headers = {"HX-Request": "true"} if htmx else {}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, asked, headers=headers)
    return answer.status_code, CHANCE.sub("", answer.content.decode()), len(queries)


def difference(now: Told, before: Told) -> list[str]:
    """What is not the same in two answers, line by line."""
    lines = unified_diff(before[1].splitlines(), now[1].splitlines(), "nobody", "her", n=0)
    return [*lines, *([] if now[::2] == before[::2] else [f"{before[::2]} {now[::2]}"])]


@pytest.fixture
def told_of_nobody(by: dict[str, Membership]) -> list[Told]:
    """The answers before she was ever registered anywhere; others are."""
    a_person(by["worker"])
    a_person(by["outsider"], names=(Name("Someone Else"),), documents=(), contacts=())
    return [ask(by["outsider"], path, asked) for path, asked in QUESTIONS]


def test_somebody_out_of_scope_is_answered_exactly_like_nobody(
    by: dict[str, Membership], told_of_nobody: list[Told]
) -> None:
    her = a_person(by["worker"], **HERS)

    told = [ask(by["outsider"], path, asked) for path, asked in QUESTIONS]

    for (path, asked), now, before in zip(QUESTIONS, told, told_of_nobody, strict=True):
        assert difference(now, before) == [], (path, sorted(asked))
        assert her.pseudonym not in now[1]
        assert her.code_name not in now[1]


def test_the_same_questions_find_her_where_she_is_known(
    by: dict[str, Membership], told_of_nobody: list[Told]
) -> None:
    """Else searches that find nobody at all would pass the test above."""
    her = a_person(by["worker"], **HERS)

    found = [her.pseudonym in ask(by["worker"], path, asked)[1] for path, asked in QUESTIONS]

    assert sum(found) >= 7


def test_the_part_for_htmx_tells_as_little(by: dict[str, Membership]) -> None:
    path, asked = QUESTIONS[0]
    before = ask(by["outsider"], path, asked, htmx=True)
    a_person(by["worker"], **HERS)

    assert ask(by["outsider"], path, asked, htmx=True) == before


def test_registering_her_again_elsewhere_says_nothing_of_the_first_time(
    by: dict[str, Membership],
) -> None:
    a_person(by["worker"], **HERS)
    sent = {
        "names-rows": "1", "names-0-text": "Жыпаргүл Өмүракунова", "names-0-kind": "legal",
        "documents-rows": "1", "documents-0-kind": "passport", "documents-0-number": "QX7391846",
    }  # fmt: skip

    answer = signed_in(by["outsider"]).post("/people/intake/register/", sent, follow=True)

    assert answer.status_code == 200
    assert Person.objects.count() == 2
    assert not re.search("already|exists|duplicate|known to", answer.content.decode().lower())


@pytest.mark.parametrize("ref_kind", ["case", "referral", "screening"])
def test_a_reference_out_of_scope_is_like_one_that_was_never_given(
    ref_kind: str, by: dict[str, Membership], request: pytest.FixtureRequest
) -> None:
    story = request.getfixturevalue("story")
    real = str(getattr(story, ref_kind).ref)
    invented = real[:-3] + "zzz"

    told = [ask(by["outsider"], "/search/", {"text": ref}) for ref in (real, invented)]

    assert told[0][1].replace(real, "X") == told[1][1].replace(invented, "X")
    assert told[0][0::2] == told[1][0::2]
