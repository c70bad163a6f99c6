"""One's own account: what one is here, keys for programs, language and look."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.access_matrix.world import NOW
from tests.factories import MembershipFactory
from tumar.access.models import ApiToken, Membership
from tumar.access.queries import actor_of_token

KEY = {"label": "weekly figures", "scopes": ["cases:read"], "days": "7"}


def test_the_page_says_what_one_is_here_in_plain_words(
    browser: Client, caseworker: Membership
) -> None:
    page = browser.get("/account/").content.decode()

    assert "Accompanies a person." in page
    assert caseworker.user.full_name in page


def test_a_key_is_shown_once_and_works(browser: Client, caseworker: Membership) -> None:
    page = browser.post("/account/tokens/", KEY).content.decode()

    token = page.split("<code>")[1].split("</code>")[0]
    actor = actor_of_token(token, NOW)
    assert actor is not None
    assert (actor.user_id, actor.scopes) == (caseworker.user_id, {"cases:read"})
    assert token not in browser.get("/account/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("scopes", ["everything"]), ("days", "9999"), ("label", "x" * 101)]
)
def test_a_refused_key_keeps_what_was_typed(field: str, value: object, browser: Client) -> None:
    answer = browser.post("/account/tokens/", {**KEY, field: value})

    page = answer.content.decode()
    assert "Please look at this again" in page
    assert "weekly figures" in page or field == "label"
    assert not ApiToken.objects.exists()


def test_a_key_can_be_ended_by_its_user_and_by_nobody_else(
    browser: Client, outsider: Membership
) -> None:
    browser.post("/account/tokens/", KEY)
    token = ApiToken.objects.get()
    stranger = Client()
    stranger.force_login(outsider.user)

    refused = stranger.post(f"/account/tokens/{token.pk}/end/")
    browser.post(f"/account/tokens/{token.pk}/end/")

    assert refused.status_code == 404
    token.refresh_from_db()
    assert token.ended_at is not None


def test_a_key_of_another_of_ones_organisations_is_not_shown(
    browser: Client, caseworker: Membership
) -> None:
    elsewhere = MembershipFactory.create(user=caseworker.user)
    browser.post("/account/tokens/", KEY)

    browser.post("/account/organisation/", {"organisation": elsewhere.organisation_id})

    assert "weekly figures" not in browser.get("/account/").content.decode()


def test_hostile_words_on_a_key_are_shown_and_never_run(browser: Client) -> None:
    browser.post("/account/tokens/", {**KEY, "label": "<img src=x onerror=alert(1)>"})

    page = browser.get("/account/").content.decode()

    assert "<img src=x" not in page
    assert "&lt;img" in page


def test_the_language_is_kept_for_strangers_too(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "/accounts/login/"})

    assert answer.headers["Location"] == "/accounts/login/"
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert 'dir="rtl"' in client.get("/accounts/login/").content.decode()


def test_nobody_is_sent_to_another_host(client: Client, db: None) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "https://evil.example/"})

    assert "evil" not in answer.headers["Location"]
