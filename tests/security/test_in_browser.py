"""T31, T54 and T71 in a real browser: hostile text stays text on every page, nothing is asked of
another host, and leaving leaves nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Dialog, Page

from tests.security.visiting import Place, pages, signed_in
from tests.security.voices import SCRIPTS, Canaries, Scripts
from tests.security.world import Story, a_batch, a_service, a_story, a_token, members, refer_with
from tumar.access.models import Membership

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BLANK_WITHIN = 300  # milliseconds
READERS = ("worker", "coordinator", "administrator", "analyst", "dpo", "partner", "screener")
# What escaped text can never become; found whether or not the policy would have stopped it.
BORN_OF_TEXT = """() => [...document.querySelectorAll(
    'script:not([src]), iframe, object, embed, base, math, video, style, link[href*="evil"],'
    + 'meta[http-equiv=refresh], a[href^="javascript:" i], form[action^="javascript:" i],'
    + '[hx-get*="evil"]')]
  .map(e => e.outerHTML.slice(0, 120))
  .concat([...document.querySelectorAll('*')].flatMap(e => [...e.attributes])
    .filter(a => a.name.startsWith('on') || a.name.startsWith('hx-on')).map(a => a.name))"""
WATCH = """addEventListener('securitypolicyviolation',
    e => violated(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`), true)"""
STOPWATCH = """
let presses = 0, at = 0;
addEventListener('keydown', e => {
  if (e.key === 'Shift' && ++presses === 3) at = performance.now();
}, true);
addEventListener('click', () => { at = performance.now(); }, true);
new MutationObserver(() => {
  if (at && !document.body) { blanked(performance.now() - at); at = 0; }
}).observe(document, { childList: true, subtree: true });
"""
NewContext = Callable[..., BrowserContext]


@dataclass
class Watched:
    """A window that tells when something ran, was stopped, or was said."""

    page: Page
    url: str
    ran: list[Any] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def visit(self, path: str) -> Any:
        return self.page.goto(self.url + path)

    def answer(self, dialog: Dialog) -> None:
        """Remember a dialog; the house's own question about unsaved words is no attack."""
        if dialog.type == "beforeunload":
            dialog.accept()
            return
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def nothing_happened(self) -> bool:
        return not (self.ran or self.violations or self.dialogs)


def opened(new_context: NewContext, url: str, client: Client, **how: Any) -> Watched:
    """A window signed in as a client is."""
    context = new_context(**how)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    page = context.new_page()
    watched = Watched(page, url)
    context.expose_function("pwned", lambda said="": watched.ran.append(said))
    context.expose_function("violated", lambda said: watched.violations.append(said))
    context.add_init_script(WATCH)
    page.on("dialog", watched.answer)
    page.on(
        "console",
        lambda said: (
            "Content Security Policy" in said.text and watched.violations.append(said.text)
        ),
    )
    return watched


@pytest.fixture
def people(transactional_db: None) -> dict[str, Membership]:
    return members()


def worth_opening(story: Story, member: Membership) -> list[Place]:
    """Pages that answer with HTML; asked without a browser first, which is much faster."""
    client = signed_in(member)
    found = []
    for place in pages(story, member):
        answer = client.get(place.path)
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            found.append(place)
    return found


def spoil(people: dict[str, Membership]) -> None:
    """Hostile text in the texts that are not a person's, too."""
    number = iter(range(10_000))

    def text(longest: int) -> str:
        return SCRIPTS[next(number) % len(SCRIPTS)][:longest]

    for member in people.values():
        member.user.full_name = text(200)
        member.user.save()
        member.organisation.name = f"{text(180)}{next(number)}"
        member.organisation.phone = text(30)
        member.organisation.save()
    lead = people["worker"].organisation
    kinds = ("shelter_emergency", "shelter_long", "mhpss", "legal_info", "transport", "cash")
    for kind in kinds:
        a_service(lead, service=kind, hours=text(200))
    for _batch in range(12):
        a_batch(text(200))


def test_hostile_text_in_every_place_runs_nowhere(
    people: dict[str, Membership], live_server: Any, new_context: NewContext
) -> None:
    spoil(people)
    story = a_story(people, Scripts())
    refer_with(
        people, story, "partner", "identity", "contact", "location", "narrative", "legal", "health"
    )
    a_token(people["worker"])
    seen: set[str] = set()

    for who in READERS:
        client = signed_in(people[who])
        window = opened(new_context, live_server.url, client)
        for place in worth_opening(story, people[who]):
            if place.name in seen:  # the same page as a colleague has seen
                continue
            seen.add(place.name)
            window.visit(place.path)
            assert window.page.evaluate(BORN_OF_TEXT) == [], place.name
            assert window.page.url == live_server.url + place.path
            assert window.nothing_happened, (place.name, window)
        window.page.context.close()

    assert len(seen) > 40


def plain(text: str) -> str:
    """Text as it is read: without the blanks and the marks that nobody sees."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", text)


def test_hostile_text_is_read_as_it_was_written(
    people: dict[str, Membership], live_server: Any, new_context: NewContext
) -> None:
    story = a_story(people, Scripts())
    window = opened(new_context, live_server.url, signed_in(people["worker"]))
    window.visit(story.case.get_absolute_url())
    on_case = plain(window.page.locator("main").text_content() or "")
    window.visit(f"/people/persons/{story.person.pseudonym}/")
    on_identity = plain(window.page.locator("main").text_content() or "")

    assert [t for t in Scripts().many("note") if plain(t) not in on_case] == []
    assert [t for t in Scripts().many("name") if plain(t) not in on_identity] == []
    # In a field it is a value, and leaves as it came.
    window.visit(f"/people/persons/{story.person.pseudonym}/edit/names/")
    values = window.page.locator("main input[type=text]").evaluate_all(
        "all => all.map(e => e.value)"
    )
    assert Scripts().many("name")[0] in values
    assert window.nothing_happened


def test_hostile_text_that_is_refused_stays_text_in_the_form(
    people: dict[str, Membership], live_server: Any, new_context: NewContext
) -> None:
    story = a_story(people, Canaries())
    window = opened(new_context, live_server.url, signed_in(people["worker"]))
    hostile = "\n".join(SCRIPTS)

    window.visit(f"{story.case.get_absolute_url()}notes/")
    form = window.page.locator("main form").filter(has=window.page.locator("textarea")).first
    form.locator("textarea").first.fill(hostile + "x" * 10_000)
    with window.page.expect_navigation():
        form.evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    assert window.page.locator("main textarea").first.input_value().startswith(SCRIPTS[0][:20])
    window.visit("/people/intake/?screening=%22%3E%3Cscript%3Epwned(1)%3C/script%3E")
    window.visit("/protection/cases/?order=%3Cscript%3Epwned(1)%3C/script%3E&show=%22%3E&at=%27")
    window.visit("/no/such/%3Cscript%3Epwned(1)%3C/script%3E")

    assert window.page.evaluate(BORN_OF_TEXT) == []
    assert window.nothing_happened


@pytest.fixture
def on_case(
    people: dict[str, Membership], live_server: Any, new_context: NewContext
) -> tuple[Watched, Client, Story]:
    """A worker on the page of a case, who came there from two others."""
    story, client = a_story(people, Canaries()), signed_in(people["worker"])
    window = opened(new_context, live_server.url, client)
    window.page.context.add_init_script(STOPWATCH)
    window.page.context.expose_function("blanked", lambda after: window.ran.append(after))
    window.visit("/")
    window.visit("/protection/cases/")
    window.visit(story.case.get_absolute_url())
    return window, client, story


@pytest.mark.parametrize("way", ["shift", "button"])
def test_leaving_blanks_the_page_at_once_and_leaves_nothing(
    way: str, on_case: tuple[Watched, Client, Story]
) -> None:
    window, client, story = on_case
    page = window.page
    key = client.cookies[settings.SESSION_COOKIE_NAME].value

    if way == "shift":
        for _press in range(3):
            page.keyboard.press("Shift")
    else:
        page.locator("form[data-leave] button").first.click()
    page.wait_for_url("**/away/")

    assert [blank for blank in window.ran if blank <= BLANK_WITHIN]
    shown = page.content()
    assert not re.search("tumar|traffick|victim|shelter|case", shown, re.IGNORECASE)
    assert story.person.code_name not in shown
    _server_has_forgotten(key, story)
    for _step in range(3):  # to the list, to the overview, to nowhere
        page.go_back()
        assert story.case.ref not in page.content()
        assert story.person.code_name not in page.content()
        assert not page.url.endswith(story.case.get_absolute_url())


def _server_has_forgotten(key: str, story: Story) -> None:
    replay = Client()
    replay.cookies[settings.SESSION_COOKIE_NAME] = key
    for _try in range(50):  # the request outlives the page that sent it
        if not Session.objects.filter(pk=key).exists():
            break
        replay.get("/away/")
    answer = replay.get(story.case.get_absolute_url())
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


def test_leaving_in_one_window_blanks_the_others(on_case: tuple[Watched, Client, Story]) -> None:
    window, _client, story = on_case
    second = window.page.context.new_page()
    second.goto(window.url + story.case.get_absolute_url())

    window.page.locator("form[data-leave] button").first.click()
    second.wait_for_url("**/away/")

    assert story.person.code_name not in second.content()


def test_leaving_works_without_scripts(
    people: dict[str, Membership], live_server: Any, new_context: NewContext
) -> None:
    story, client = a_story(people, Canaries()), signed_in(people["worker"])
    context = new_context(java_script_enabled=False)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + story.case.get_absolute_url())

    page.locator("form[data-leave] button").first.click()

    assert page.url.endswith("/away/")
    _server_has_forgotten(key, story)


def test_no_page_asks_anything_of_another_host(
    people: dict[str, Membership],
    live_server: Any,
    new_context: NewContext,
    network_recorder: list[str],
) -> None:
    """The recorder fails any test with a request to elsewhere; the walk above opens every page."""
    a_batch()
    story = a_story(people, Canaries())
    visited = 0
    for who in ("worker", "administrator", "analyst"):
        window = opened(new_context, live_server.url, signed_in(people[who]))
        for place in worth_opening(story, people[who])[::4]:
            window.visit(place.path)
            visited += 1
        assert window.violations == []
    stranger = new_context().new_page()
    for path in ("/accounts/login/", "/away/", "/no/such/place/"):
        stranger.goto(live_server.url + path)

    assert visited > 12
    assert len(network_recorder) > visited
    assert all(asked.startswith((live_server.url, "data:", "blob:")) for asked in network_recorder)
