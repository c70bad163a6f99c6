"""What every answer tells the browser, asserted on every address (R37)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.access_matrix.walk import path_of
from tests.access_matrix.world import World, build
from tumar.access.models import Membership
from tumar.site.addresses import addresses

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_every_answer_is_closed_against_the_outside(world: World) -> None:
    signed_in = Client()
    signed_in.cookies[settings.SESSION_COOKIE_NAME] = next(
        key for (_where, role), key in world.sessions.items() if role == "supervisor"
    )

    for address in addresses():
        for client in (Client(), signed_in):
            answer = client.get(path_of(address, world))
            found = {name: answer.headers.get(name, "") for name in ALWAYS}
            assert found == ALWAYS, address.route
            assert "Server" not in answer.headers, address.route
            assert "camera=()" in answer.headers["Permissions-Policy"], address.route
            assert_strict(answer.headers["Content-Security-Policy"])


def assert_strict(policy: str) -> None:
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == "'self'"
    assert parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


def test_pages_that_are_not_there_are_closed_too(client: Client, db: None) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS


def test_static_files_may_be_kept(client: Client) -> None:
    answer = client.get("/static/ui/css/tokens.css")
    b"".join(answer)  # type: ignore[arg-type]  # read to the end, which also closes it

    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@override_settings(SECURE_HSTS_SECONDS=60)
def test_over_https_browsers_are_told_to_stay_there(client: Client, db: None) -> None:
    answer = client.get("/accounts/login/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=60"


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(
    client: Client, caseworker: Membership
) -> None:
    client.force_login(caseworker.user)
    page = client.get("/account/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert page.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Strict"
