"""T01, T02, T03: whoever carries the whole store away finds no name, number, address or note in
it, in no alphabet, encoding or sound, nor in the file store, the cache, the sessions or the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.security.store import dump, files, hits, opened
from tests.security.voices import Canaries
from tests.security.walk import Walk
from tests.security.world import Story
from tumar.people.models import Person
from tumar.people.queries.identities import identities_of
from tumar.site.demo import load
from tumar_match.names import codes, fold

CODE = re.compile(r"[\w.\-]*", re.ASCII)  # in a sealed list: the same codes stand everywhere
DISTINCT = re.compile(r"[a-zA-Z]{5,}")  # a shorter code could stand anywhere


def derived(names: set[str]) -> Iterator[str]:
    """What names are turned into to be found: sounds and their codes."""
    for name in names:
        yield fold(name)
        yield from (code for code in codes(name) if DISTINCT.fullmatch(code))


def figures(canaries: Canaries) -> set[str]:
    """The numbers as the index reads them, with and without what stands before them."""
    phone, document = canaries.say("phone"), canaries.say("document")
    return {phone, f"996{phone}", f"0{phone}", document, f"QX{document}", f"qx{document}"}


def test_the_canaries_are_really_in_the_store(story: Story, canaries: Canaries) -> None:
    texts = "".join(opened()).replace(" ", "")  # numbers are written in groups

    kept_as_files = canaries.of("file", "file_name")
    assert {each for each in canaries if each not in texts} == kept_as_files
    assert len(canaries.spoken) > 20


@pytest.mark.django_db(transaction=True)
def test_a_stolen_database_holds_no_canary(story: Story, canaries: Canaries) -> None:
    stolen = dump()

    assert story.case.ref.encode() in stolen  # it is the real thing
    sentences = [text for text in opened() if not CODE.fullmatch(text)]
    assert len(sentences) > len(canaries.spoken) / 2
    assert hits(stolen, [*canaries, *sentences, *figures(canaries)]) == []


@pytest.mark.django_db(transaction=True)
def test_a_stolen_database_holds_no_sound_of_a_name(story: Story, canaries: Canaries) -> None:
    sounds = set(derived(canaries.of("name")))

    assert len(sounds) >= 6
    assert hits(dump(), sounds) == []


@pytest.mark.django_db(transaction=True)
def test_the_demonstration_country_leaks_as_little() -> None:
    load(at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC), cases=25)
    people = identities_of(Person.objects.select_related("data_key")).values()
    texts = {name.text for one in people for name in one.names}
    texts |= {d.number for one in people for d in one.documents}
    texts |= {re.sub(r"\D", "", c.value)[-9:] for one in people for c in one.contacts}
    texts |= {a.text for one in people for a in one.addresses}
    whole = {text for text in texts if len(text) >= 8}

    assert len(whole) > 40
    stolen = dump()
    assert [each for each in sorted(whole) if each.encode() in stolen] == []
    sentences = {text for text in opened() if len(text) > 24}
    assert [each for each in sorted(sentences) if each.encode() in stolen] == []


def test_the_file_store_holds_neither_content_nor_names(story: Story, canaries: Canaries) -> None:
    lying = files()

    assert hits(lying, canaries) == []
    assert b"JFIF" not in lying  # the head of the picture that was added
    assert b"photo" not in lying.lower()


def test_sessions_cache_messages_and_log_hold_no_canary(walk: Walk) -> None:
    left = "\n".join([walk.sessions, *walk.cookies, *walk.log]).encode()

    assert walk.sessions
    assert walk.cookies
    assert walk.log
    assert hits(left + walk.cached + walk.rows, walk.canaries) == []
