"""T34: names that hide, turn, pile up or never end are stored clean or refused in words, and
every name on a page stands alone in its own direction."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

import pytest

from tests.factories import actor_of
from tests.security.visiting import program, signed_in
from tests.security.walk import Walk
from tests.security.world import AT, Story, a_token
from tumar.access.models import Membership
from tumar.people.commands import open_identity
from tumar.people.models import Person
from tumar.protection.models import Note, Task

ZALGO = "ʻА" + "\u0301\u0302\u0303\u0304\u0305" * 40 + "йнура"
HOSTILE = {
    "controls": "Ай\x00ну\x07ра\x1b[31m\x7f",
    "override": "Ай\u202eарун\u202c",
    "isolate": "\u2066Ай\u2069нура\u2067",
    "marks": "\u200fАй\u200eнура\u061c",
    "invisible": "Ай\u200b\u2060\ufeff\u00adнура",
    "tags": "Айнура\U000e0041\U000e0042",
    "pile": ZALGO,
    "lines": "Ай\nну\r\nра\u2028\u2029",
    "decomposed": unicodedata.normalize("NFD", "Йой Ёё"),
}
FORBIDDEN = {"Cc", "Cs"}


def is_clean(text: str, *, lines: bool = False) -> bool:
    """No control, no direction mark, no pile, one normal form."""
    pile = longest = 0
    for sign in text:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, pile)
        if unicodedata.category(sign) in FORBIDDEN and not (lines and sign in "\n\t"):
            return False
        if sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff":
            return False
    return longest <= 3 and unicodedata.is_normalized("NFC", text)


def registered(member: Membership, name: str) -> list[str] | None:
    """The names that were stored; None when the form was refused."""
    before = set(Person.objects.values_list("pk", flat=True))
    sent = {"names-rows": "1", "names-0-text": name, "names-0-kind": "legal"}
    answer = signed_in(member).post("/people/intake/register/", sent, follow=True)
    assert answer.status_code == 200
    person = Person.objects.exclude(pk__in=before).select_related("data_key").first()
    if person is None:
        assert b"error" in answer.content.lower()
        return None
    opened = open_identity(actor=actor_of(member), person=person, at=AT)
    return [each.text for each in opened.names]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_is_stored_clean_or_refused(kind: str, by: dict[str, Membership]) -> None:
    names = registered(by["worker"], HOSTILE[kind])

    assert names is None or (names and all(is_clean(name) for name in names))


def test_ten_thousand_letters_are_refused_in_words_and_kept_on_the_page(
    by: dict[str, Membership],
) -> None:
    long = "Айнура" * 1700

    answer = signed_in(by["worker"]).post(
        "/people/intake/register/", {"names-rows": "1", "names-0-text": long}, follow=True
    )

    page = answer.content.decode()
    assert Person.objects.count() == 0
    assert "shorten this to 200 characters" in page
    assert long in page


def test_joiners_without_which_a_language_is_misspelt_stay(by: dict[str, Membership]) -> None:
    assert registered(by["worker"], "می\u200cخواهم") == ["می\u200cخواهم"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_clean_through_pages_and_api_alike(
    kind: str, by: dict[str, Membership], story: Story
) -> None:
    text, path = HOSTILE[kind], story.case.get_absolute_url()
    before = Note.objects.count(), Task.objects.count()
    note = {"text": text, "kind": "contact", "happened_on": "2026-01-05"}
    task = {"text": text, "due_on": "2099-01-05"}
    api, on_case = program(a_token(by["worker"])), f"/api/v1/cases/{story.case.ref}"

    answers = [
        signed_in(by["worker"]).post(f"{path}notes/", note, follow=True),
        signed_in(by["worker"]).post(f"{path}tasks/", task, follow=True),
        api.post(f"{on_case}/notes", note, content_type="application/json"),
        api.post(f"{on_case}/tasks", task, content_type="application/json"),
    ]

    assert not [answer.status_code for answer in answers if answer.status_code >= 500]
    notes = Note.objects.select_related("data_key").order_by("-written_at")
    tasks = Task.objects.select_related("data_key").order_by("-made_at")
    stored = [row.text for row in notes[: notes.count() - before[0]]]
    stored += [row.text for row in tasks[: tasks.count() - before[1]]]
    assert stored
    assert [each for each in stored if not is_clean(each, lines=True)] == []


class _Alone(HTMLParser):
    """Finds names that stand in running text without `<bdi>` or a direction of their own."""

    VOID = frozenset({"input", "img", "br", "meta", "link", "hr", "source", "path", "use", "rect"})
    # A title, an option and a script's data cannot hold elements; a browser isolates them itself.
    ALONE = frozenset({"bdi", "title", "option", "textarea", "script"})

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names, self.open, self.found = names, [], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, plain: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append((tag, dict(plain).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        isolated = any(tag in self.ALONE or auto for tag, auto in self.open)
        if not isolated and any(name in text for name in self.names):
            self.found.append(" > ".join(tag for tag, _auto in self.open[-4:]))


def test_every_name_on_every_page_stands_alone(walk: Walk) -> None:
    names, shown, loose = walk.canaries.of("name"), 0, []

    for answer in walk.answers:
        if "html" in answer.kind and any(name in answer.source for name in names):
            reader = _Alone(names)
            reader.feed(answer.source)
            loose += [(answer.name, where) for where in reader.found]
            shown += 1

    assert loose == []
    assert shown >= 2
