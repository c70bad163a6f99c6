"""The shell around every page: where one may go, as whom, in which look and direction."""

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.ui.conftest import Asks
from tumar.access import Role
from tumar.ui.context import Shell
from tumar.ui.navigation import NAVIGATION, NavigationEntry
from tumar.ui.pages import show

pytestmark = pytest.mark.urls("tests.ui.addresses")
GALLERY = "ui:gallery"


@pytest.fixture
def only_these() -> Iterator[list[NavigationEntry]]:
    """The rail, emptied for one test."""
    kept = NAVIGATION[:]
    NAVIGATION.clear()
    yield NAVIGATION
    NAVIGATION[:] = kept


def labels(shell: Shell) -> list[str]:
    return [str(place.label) for place in shell.places]


def test_the_rail_holds_what_the_reader_may_use_and_what_exists(
    asks: Asks, only_these: list[NavigationEntry]
) -> None:
    only_these += [
        NavigationEntry("Second", "home", GALLERY, order=2),
        NavigationEntry("First", "home", GALLERY, frozenset({Role.CASEWORKER}), order=1),
        NavigationEntry("Not mine", "home", GALLERY, frozenset({Role.ANALYST})),
        NavigationEntry("Not there", "home", "no:such-page"),
    ]

    assert labels(Shell(asks())) == ["First", "Second"]


def test_an_entry_counts_for_the_reader_alone(
    asks: Asks, only_these: list[NavigationEntry]
) -> None:
    only_these.append(
        NavigationEntry("x", "home", GALLERY, count=lambda actor: actor.organisation_id)
    )
    request = asks()

    assert Shell(request).places[0].count == request.actor.organisation_id


def test_the_entry_one_stands_under_is_marked(
    asks: Asks, only_these: list[NavigationEntry]
) -> None:
    only_these.append(NavigationEntry("x", "home", GALLERY))
    here, elsewhere = asks(), asks()
    here.path = reverse(GALLERY) + "deeper/"

    assert Shell(here).places[0].is_current
    assert not Shell(elsewhere).places[0].is_current


def test_a_phone_has_four_entries_and_the_rest_behind_more(
    asks: Asks, only_these: list[NavigationEntry]
) -> None:
    only_these += [NavigationEntry(str(n), "home", GALLERY, order=n) for n in range(7)]
    shell = Shell(asks())

    assert len(shell.dock) == 4
    assert [place.label for place in shell.more] == ["4", "5", "6"]


def test_the_gallery_shows_itself_in_both_directions(browser: Client) -> None:
    plain = browser.get(reverse(GALLERY)).content.decode()
    turned = browser.get(reverse(GALLERY) + "?dir=rtl").content.decode()

    assert 'dir="ltr"' in plain
    assert 'dir="rtl"' in turned
    assert plain.count("<h1") == plain.count("<main") == 1
    assert "<title>Gallery · Tumar</title>" in plain


def test_a_page_is_not_kept_by_the_browser(browser: Client) -> None:
    assert browser.get(reverse(GALLERY)).headers["Cache-Control"] == "no-store"


def test_htmx_gets_the_part_but_not_when_it_restores_history(asks: Asks) -> None:
    request = asks(htmx=True)
    restored = asks(htmx=True)
    restored.META["HTTP_HX_HISTORY_RESTORE_REQUEST"] = "true"

    assert show(request, "x.html", {}, part="rows").template_name == "x.html#rows"
    assert show(restored, "x.html", {}, part="rows").template_name == "x.html"


@pytest.mark.parametrize("look", ["light", "dark", "system"])
def test_the_look_is_kept_and_needs_no_script(client: Client, db: None, look: str) -> None:
    answer = client.post(reverse("ui:theme"), {"theme": look, "next": "/somewhere/"})

    assert answer.headers["Location"] == "/somewhere/"
    assert answer.cookies["theme"].value == look


def test_the_page_has_the_look_that_was_kept(browser: Client) -> None:
    browser.cookies["theme"] = "dark"

    assert 'data-theme="dark"' in browser.get(reverse(GALLERY)).content.decode()


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_choosing_a_look_leads_to_no_other_host(client: Client, db: None, away: str) -> None:
    answer = client.post(reverse("ui:theme"), {"theme": "dark", "next": away})

    assert answer.headers["Location"] == "/"


def test_an_unknown_look_is_not_kept(client: Client, db: None) -> None:
    answer = client.post(reverse("ui:theme"), {"theme": "'><script>", "next": "/"})

    assert "theme" not in answer.cookies


def test_a_refusal_says_why(asks: Asks) -> None:
    text = render_to_string("403.html", {"exception": "The case is <closed>."}, asks())

    assert "The case is &lt;closed&gt;." in text


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_work_with_nothing_to_go_by(name: str) -> None:
    text = render_to_string(f"{name}.html")

    assert text.count("<h1") == 1
    assert 'href="/"' in text
    assert "Traceback" not in text


def test_a_broken_page_gives_the_number_to_ask_with() -> None:
    assert "7F3A" in render_to_string("500.html", {"reference": "7F3A"})
