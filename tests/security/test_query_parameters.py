"""T15, T33: what stands behind the question mark can neither widen what a reader sees, nor order
it by what they may not see, nor reach the database as anything but a value."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import a_case
from tests.security.visiting import endpoints, pages, program, signed_in
from tests.security.world import Story, a_token
from tumar.access.models import Membership

LISTS = (
    "/protection/cases/",
    "/protection/referrals/",
    "/protection/referrals/sent/",
    "/protection/screenings/",
)
LINK = re.compile(r'href="(/(?:protection|people|users)/[^"?#]*)"')
INJECTIONS = (
    "' OR 1=1 --",
    '" OR ""="',
    "1; DROP TABLE audit_line; --",
    "pk) UNION SELECT password FROM access_user --",
    "case__person__data_key__wrapped",
    "?",
    "-",
    "__class__",
    "due_on__gte",
    "pk__in",
    "package->>'preview'",
    "answers__DR01",
    "$.password",
    "\x00",
    "%00%27",
    "%s%s%s",
    "{0.__class__}",
    "😀" * 50,
    "a" * 5000,
)
ASKED = (
    "order",
    "at",
    "show",
    "after",
    "fields",
    "expand",
    "id_search",
    "organisation",
    "page",
    "lead",
    "is_open",
    "box",
    "source",
    "year",
    "screening",
    "next",
    "service",
)


def hidden_paths() -> list[str]:
    """A path to every column of every model from a list of cases, and how one might ask for it."""
    found = {
        f"{start}{field.name}"
        for start in ("", "case__", "case__person__", "person__", "sender__", "case__worker__")
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    more = {"?", "case__notes__text", "case__person__parts__content", "case__person__tokens__token"}
    return sorted(found | more)


def links(page: Any) -> list[str]:
    """What a list leads to, in its order."""
    assert page.status_code == 200
    return LINK.findall(page.content.decode().split("<main")[1])


@pytest.fixture
def many(by: dict[str, Membership], story: Story) -> None:
    """A desk with more than one page, and an equal desk next door."""
    for _case in range(6):
        a_case(by["worker"])
        a_case(by["outsider"])


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_not_ordered_by_what_no_column_offers(
    path: str, by: dict[str, Membership]
) -> None:
    client = signed_in(by["worker"])
    page = client.get(path)
    plain = links(page)
    offered = set(re.findall(r"order=-?(\w+)", page.content.decode()))
    asked = [hidden for hidden in hidden_paths() if hidden not in offered]

    # Each costs a page, so a sample of every kind: one of twelve, and the most telling ones.
    telling = [a for a in asked if re.search("content|token|password|wrapped|text|safety", a)]
    for hidden in {*asked[::40], *telling[::6], "?"}:
        for sign in ("", "-"):
            assert links(client.get(path, {"order": sign + hidden})) == plain, hidden


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("path", LISTS)
def test_parameters_nobody_asked_for_change_nothing(path: str, by: dict[str, Membership]) -> None:
    client, other = signed_in(by["worker"]), by["outsider"].organisation_id
    plain = links(client.get(path))
    wider = {
        "organisation": other, "lead": other, "id_search": "true", "fields": "*",
        "expand": "person",
        "case__lead": other, "all": "1", "scope": "all", "actor": other, "include": "identity",
    }  # fmt: skip

    assert links(client.get(path, wider)) == plain
    for name, value in wider.items():
        assert links(client.get(path, {"show": f"{name}={value}"})) == plain


@pytest.mark.usefixtures("many")
def test_a_mark_that_was_changed_or_belongs_to_another_list_counts_as_none(
    by: dict[str, Membership],
) -> None:
    from tests.security.marks import mark_of

    mine, theirs = signed_in(by["worker"]), signed_in(by["outsider"])
    plain = links(mine.get(LISTS[0]))
    elsewhere = mark_of(by["outsider"])

    # A mark of another reader is only a place in an order: it shows no row of theirs.
    own = {link for link in plain if re.search("/cases/[^/]+/", link)}
    assert set(links(mine.get(LISTS[0], {"at": elsewhere}))) <= own | set(plain)
    for spoiled in (elsewhere[:-3], elsewhere[::-1], "x" + elsewhere, "AAAA", "é", ""):
        assert links(mine.get(LISTS[0], {"at": spoiled})) == plain
    assert links(mine.get("/protection/screenings/", {"at": elsewhere})) == links(
        mine.get("/protection/screenings/")
    )
    assert not own & set(links(theirs.get(LISTS[0])))


def _count(client: Client, path: str, asked: dict[str, str]) -> tuple[int, int]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(path, asked)
    kept = [q for q in queries.captured_queries if "savepoint" not in q["sql"].lower()]
    return answer.status_code, len(kept)


@pytest.mark.slow
def test_injected_text_is_refused_or_passed_over_with_the_same_number_of_queries(
    by: dict[str, Membership], story: Story
) -> None:
    client, token = signed_in(by["worker"]), a_token(by["worker"])
    api = program(token)
    readers = [(client, p.path) for p in pages(story, by["worker"]) if "<" not in p.address.route]
    readers += [(client, story.case.get_absolute_url())]
    readers += [(api, p.path) for p in endpoints(story, by["worker"]) if "<" not in p.address.route]
    tried = 0

    for reader, path in readers:
        status, plain = _count(reader, path, {})
        if status != 200:
            continue
        for number, text in enumerate(INJECTIONS):
            if number % 4 != tried % 4 and path not in LISTS:
                continue  # every string on the lists, and a quarter of them on each other page
            answer, queries = _count(reader, path, dict.fromkeys(ASKED, text))
            assert answer in {200, 400, 404, 422}, (path, text[:40])
            assert queries <= plain, (path, text[:40])
        tried += 1

    assert tried > 15


@pytest.mark.parametrize("text", [t for t in INJECTIONS if "\x00" not in t and len(t) < 1000])
def test_injected_text_in_a_search_finds_nobody(
    text: str, by: dict[str, Membership], story: Story
) -> None:
    client = signed_in(by["worker"])

    for path, field in (
        ("/search/", "text"),
        ("/people/search/", "name"),
        ("/people/search/", "document"),
    ):
        answer = client.post(path, {field: text})
        assert answer.status_code in {200, 400}
        assert story.person.pseudonym not in answer.content.decode()


@pytest.mark.parametrize("text", ["x' OR '1'='1", "kg-25-%", "..%2f..", "kg-25-'", "%00", "*"])
def test_injected_text_in_an_address_names_nothing(
    text: str, by: dict[str, Membership], story: Story
) -> None:
    for path in (f"/protection/cases/{text}/", f"/people/persons/{text}/"):
        assert signed_in(by["worker"]).get(path).status_code in {400, 404}
    api = program(a_token(by["worker"]))
    assert api.get(f"/api/v1/cases/{text}").status_code in {400, 404, 405, 422}
