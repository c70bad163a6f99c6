"""The house rules that a machine can hold us to."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import get_resolver

from tests.access_matrix.walk import NAME
from tumar.access import all_rules
from tumar.access.doors import ALL_ROLES, STRANGERS, TOKENS
from tumar.audit.models import Recorded
from tumar.site.addresses import Address, addresses
from tumar.site.directory import directory

SOURCE = Path(__file__).resolve().parents[1] / "src" / "tumar"
ROOMS = ("people", "protection", "evidence")  # whose models are about persons, or count them
ADDRESSES = addresses()

# Open to everybody, by name: each shows nothing about anyone.
OPEN = {
    "account_login", "account_logout", "account_inactive", "invitation", "leave", "away",
    "set_language", "ui:theme",
}  # fmt: skip
# Written by no view of ours and about nobody's case: the log itself, and what Django and allauth
# keep of sessions. An account is written by signing in as well.
UNRECORDED = {"access.User", "audit.Line", "vault.DataKey", "vault.KeySign"}
# Reached from their parent only, which is scoped; they have no list of their own.
PARTS = {"people.IdentityPart", "people.LegalGround", "people.Photo", "protection.ImportedRow",
         "evidence.Counting", "evidence.Release", "evidence.Tally"}  # fmt: skip


def ids(address: Address) -> str:
    return address.route or "/"


# Addresses


@pytest.mark.parametrize("address", ADDRESSES, ids=ids)
def test_every_address_has_a_door(address: Address) -> None:
    assert address.door
    assert address.door <= ALL_ROLES or address.door in (STRANGERS, TOKENS)


def test_only_what_is_named_here_is_open_to_strangers() -> None:
    assert {address.name for address in ADDRESSES if address.door == STRANGERS} == OPEN


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.door not in (STRANGERS, TOKENS)], ids=ids
)
def test_strangers_are_sent_to_the_door(address: Address, client: Client, db: None) -> None:
    path = "/" + NAME.sub(
        _anything, address.route.replace("^(?P<app_label>reference)/$", "reference/")
    )

    answer = client.get(path)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def _anything(match: re.Match[str]) -> str:
    if match[0].startswith("<uuid"):
        return "00000000-0000-0000-0000-000000000000"
    return "1" if match[0].startswith("<int") else "x"


# Models


def own_models(*rooms: str) -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("tumar.")
            and (not rooms or m._meta.app_label in rooms)]  # fmt: skip


@pytest.mark.parametrize("model", own_models("access", *ROOMS))
def test_every_model_of_a_room_is_written_only_on_record(model: type[models.Model]) -> None:
    assert issubclass(model, Recorded) or model._meta.label in UNRECORDED


@pytest.mark.parametrize("model", own_models("access", *ROOMS))
def test_every_model_of_a_room_says_who_may_see_it(model: type[models.Model]) -> None:
    assert hasattr(model._default_manager, "visible_to") or model._meta.label in PARTS


def test_no_model_of_a_room_has_an_admin() -> None:
    registered = {*directory._registry, *admin.site._registry}

    assert {model._meta.app_label for model in registered} == {"reference"}


# Rules


@pytest.mark.parametrize("act", list(all_rules()))
def test_every_act_has_a_rule_in_its_own_room_that_says_so_in_a_sentence(act: str) -> None:
    rule = all_rules()[act]

    room, _thing, _verb = act.split(".")
    assert rule.__module__.startswith(f"tumar.{room}.policy")
    first_line = (rule.__doc__ or "").strip().splitlines()[0]
    assert first_line.endswith(".")
    assert first_line.count(". ") == 0, "one sentence first; more may follow below"


# Views, read as a tree


# What takes the actor, and, of the directory of the response, what is open to all signed in.
SCOPED = {"visible_to", "received_by", "answerable_by",
          "active", "taking_referrals", "offering"}  # fmt: skip


def views() -> list[Path]:
    return sorted({*SOURCE.glob("*/views.py"), *SOURCE.glob("*/views/*.py")})


def calls_on_managers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every method called directly on some `.objects`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Attribute)
            and node.value.attr == "objects"
        ):
            yield node.lineno, node.attr


@pytest.mark.parametrize("path", views(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_view_fetches_only_what_the_reader_may_know(path: Path) -> None:
    found = [
        f"{path.name}:{line} .objects.{name}"
        for line, name in calls_on_managers(ast.parse(path.read_text()))
        if name not in SCOPED
    ]

    assert found == []


def test_the_check_of_views_finds_what_it_should() -> None:
    tree = ast.parse("def view(request):\n    return Case.objects.get(pk=1)")

    assert list(calls_on_managers(tree)) == [(2, "get")]


def test_no_form_saves_and_no_signal_is_sent() -> None:
    banned = re.compile(r"\bModelForm\b|django\.dispatch|models\.signals|\.save\(commit")

    found = [str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py")
             if banned.search(path.read_text())]  # fmt: skip

    assert found == []


# Templates


def templates() -> list[Path]:
    return sorted(SOURCE.glob("*/templates/**/*.html"))


def named(path: Path) -> str:
    return str(path).split("/templates/", 1)[1]


# Asked for by Django and allauth, by name.
ASKED_FOR = re.compile(r"^(\d{3}(_csrf)?|account/\w+|admin/\w+)\.html$")


def test_every_template_is_used() -> None:
    text = "\n".join(path.read_text() for path in [*SOURCE.rglob("*.py"), *templates()])
    widgets = {f"site/home/{role}.html" for role in ALL_ROLES}

    unused = [
        name
        for name in map(named, templates())
        if name not in text and name not in widgets and not ASKED_FOR.match(name)
    ]

    assert unused == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_template_is_short_and_has_nothing_inline(path: Path) -> None:
    text = path.read_text()
    markup = re.sub(r"{%.*?%}", "", text, flags=re.DOTALL)

    assert len(text.splitlines()) <= 80
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", markup)
    assert not re.search(r"https?://(?!\{|www\.w3\.org)", text)
    assert not re.search(r"\|safe(?![a-z_])", text)


# Settings and start


def test_the_addresses_of_the_house_are_those_that_are_checked() -> None:
    assert settings.ROOT_URLCONF == "tumar.site.urls"
    assert get_resolver().url_patterns
