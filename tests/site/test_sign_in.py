"""Signing in, the one-time link, and the doors that exist only in the demonstration."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import clear_url_caches

from tests.access_matrix.world import NOW
from tests.factories import MembershipFactory, UserFactory
from tests.site.conftest import clean
from tumar.access import SYSTEM
from tumar.access.commands import invite
from tumar.access.models import Membership, User
from tumar.audit.models import Line
from tumar.site import urls

PASSWORD = "four words of my own"


@pytest.fixture(autouse=True)
def _no_attempts_so_far() -> None:
    cache.clear()


@pytest.fixture
def member(caseworker: Membership) -> User:
    caseworker.user.set_password(PASSWORD)
    caseworker.user.save()
    return caseworker.user


def sign_in(client: Client, username: str, password: str) -> Any:
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_who_signs_in_arrives_at_the_overview_and_is_on_record(
    client: Client, member: User
) -> None:
    answer = sign_in(client, member.username, PASSWORD)

    assert answer.headers["Location"] == "/"
    line = Line.objects.latest("pk")
    assert (line.event, line.user_id) == ("access.session.begin", member.pk)


def test_a_session_has_a_new_number_after_signing_in(client: Client, member: User) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    sign_in(client, member.username, PASSWORD)

    assert client.session.session_key != before


def test_wrong_names_wrong_passwords_and_disabled_accounts_get_the_same_answer(
    client: Client, member: User
) -> None:
    disabled = UserFactory.create(is_active=False)
    disabled.set_password(PASSWORD)
    disabled.save()
    unused = UserFactory.create()
    unused.set_unusable_password()
    unused.save()

    tries = [
        (member.username, "not this one"), ("nobody", PASSWORD),
        (disabled.username, PASSWORD), (unused.username, PASSWORD),
    ]  # fmt: skip
    answers = [sign_in(client, *each) for each in tries]

    assert {answer.status_code for answer in answers} == {200}
    said = [answer.context["form"].non_field_errors() for answer in answers]
    assert said == [["User name and password do not fit together. Try again."]] * 4


def test_many_failures_slow_everybody_down_but_lock_nobody_out_elsewhere(
    client: Client, member: User
) -> None:
    for _try in range(5):
        sign_in(client, member.username, "not this one")

    answer = sign_in(client, member.username, PASSWORD)

    assert "Too many attempts" in answer.content.decode()


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "confirm-email/"])
def test_there_is_no_sign_up_and_no_e_mail(path: str, client: Client, db: None) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_signing_out_needs_a_press_and_ends_the_session(client: Client, member: User) -> None:
    client.force_login(member)
    key = client.session.session_key
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/account/").status_code == 200

    client.post("/accounts/logout/")

    assert Line.objects.latest("pk").event == "access.session.end"
    assert not client.session.exists(key)


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(
    client: Client, member: User
) -> None:
    other = Client()
    for each in (client, other):
        each.force_login(member)

    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "quite another one",
            "password2": "quite another one",
        },
    )

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert Line.objects.filter(event="access.password.change").count() == 1


@pytest.fixture
def link(caseworker: Membership) -> str:
    token = invite(actor=SYSTEM, user=caseworker.user, organisation=caseworker.organisation, at=NOW)
    return f"/welcome/{token}/"


def test_a_link_lets_one_choose_a_password_once(
    client: Client, link: str, caseworker: Membership
) -> None:
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD})

    assert answer.headers["Location"] == "/accounts/login/"
    assert User.objects.get(pk=caseworker.user_id).check_password(PASSWORD)
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("short", "short", "too short"),
        ("1234567890123", "1234567890123", "too common"),
        ("1q2w3e4r5t6y", "1q2w3e4r5t6y", "too common"),
        (PASSWORD, "something else", "differs from the first"),
    ],
)
def test_a_weak_or_misspelt_password_is_refused_with_the_reason(
    password: str, again: str, said: str, client: Client, link: str
) -> None:
    answer = client.post(link, {"password": password, "again": again})

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_a_link_that_never_was_looks_like_one_that_is_over(
    client: Client, link: str, db: None
) -> None:
    client.post(link, {"password": PASSWORD, "again": PASSWORD})

    used, unknown = Client().get(link), Client().get("/welcome/nothing/")

    assert used.status_code == unknown.status_code == 410
    assert _main_of(used) == _main_of(unknown)


def _main_of(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main>")[0])


# The demonstration


@pytest.fixture
def demonstration(settings: Any, db: None) -> Iterator[None]:
    settings.MODE = "demo"
    _load_urls()
    yield
    settings.MODE = "test"
    _load_urls()


def _load_urls() -> None:
    importlib.reload(urls)
    clear_url_caches()


def test_the_doors_of_the_demonstration_are_not_there_elsewhere(client: Client, db: None) -> None:
    UserFactory.create(username="demo-caseworker")

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"user": "demo-caseworker"}).status_code == 404


def test_a_door_shows_who_stands_behind_it_and_lets_one_in(
    demonstration: None, client: Client, shelter: Any
) -> None:
    user = UserFactory.create(username="demo-caseworker", full_name="Aigul Example")
    MembershipFactory.create(user=user, organisation=shelter)

    page = client.get("/demo/").content.decode()
    client.post("/demo/enter/", {"user": "demo-caseworker"})

    assert "Aigul Example" in page
    assert "Shelter" in page
    assert client.get("/account/").status_code == 200
    assert Line.objects.filter(event="access.session.begin", user_id=user.pk).exists()


def test_a_door_opens_to_no_other_user(demonstration: None, client: Client) -> None:
    UserFactory.create(username="administrator")

    assert client.post("/demo/enter/", {"user": "administrator"}).status_code == 404


def test_an_empty_demonstration_says_what_to_do(demonstration: None, client: Client) -> None:
    assert "make demo" in client.get("/demo/").content.decode()


def test_the_page_stays_closed_even_if_its_address_got_into_production(
    demonstration: None, client: Client, settings: Any
) -> None:
    settings.MODE = "production"

    assert client.get("/demo/").status_code == 404


def test_a_start_in_production_has_no_such_address() -> None:
    code = (
        "import django; django.setup(); from tumar.site.addresses import addresses;"
        "print([a.name for a in addresses() if a.name.startswith('demo')])"
    )
    production = {
        "TUMAR_MODE": "production", "TUMAR_SECRET_KEY": "abcdefghij" * 6, "TUMAR_VAR": "/nowhere",
        "TUMAR_ORIGIN": "https://tumar.example.org", "TUMAR_KEYS": "/nowhere",
        "DJANGO_SETTINGS_MODULE": "tumar.site.settings", "PYTHONPATH": "src",
    }  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-c", code], env=clean(production), capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
