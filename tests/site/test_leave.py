"""Leave now: one press, and nothing of ours is left."""

from django.conf import settings
from django.test import Client

from tumar.access.models import Membership
from tumar.audit.models import Line


def test_leaving_ends_the_session_and_clears_what_the_browser_kept(
    browser: Client, caseworker: Membership
) -> None:
    key = browser.session.session_key

    answer = browser.post("/leave/")

    assert answer.headers["Location"] == "/away/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not browser.session.exists(key)
    assert browser.get("/account/").status_code == 302
    assert Line.objects.latest("pk").event == "access.session.end"


def test_the_cookie_of_before_opens_nothing_any_more(browser: Client) -> None:
    kept = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/leave/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept

    assert thief.get("/account/").status_code == 302


def test_a_page_that_has_grown_old_can_still_leave(caseworker: Membership) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(caseworker.user)

    assert client.post("/leave/").status_code == 302
    assert client.get("/account/").status_code == 302


def test_the_page_one_stands_on_says_nothing_of_us(client: Client) -> None:
    answer = client.get("/away/")

    page = answer.content.decode().casefold()
    assert answer.headers["Cache-Control"] == "no-store"
    assert not [word for word in ("tumar", "static", "/ui/", "<script", 'href="/') if word in page]


def test_leaving_is_on_every_page_of_somebody_signed_in(browser: Client) -> None:
    for path in ("/", "/search/", "/account/", "/accounts/password/change/"):
        assert 'data-away="/away/"' in browser.get(path).content.decode(), path


def test_a_stranger_may_leave_too(client: Client, db: None) -> None:
    assert client.post("/leave/").headers["Location"] == "/away/"
