"""T35: whatever a stranger sends, the log has one line for one event, and nothing in it that a
terminal or a reader could take for something else."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from tumar.access.models import Membership
from tumar.site.logs import OneLine

HOSTILE = (
    "x\r\n2026-01-01T00:00:00.000 INFO tumar signed in as administrator",
    "\x1b[2J\x1b[31mred\x1b]0;title\x07",
    "a\u2028b\u2029c\x85d",
    "\u202etxet\u202c",
    "%0d%0aINFO forged",
    "%s %d %(name)s {0}",
    "\x00\x08\x7f",
)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it would stand in a file."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLine())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def attack(client: Client, text: str) -> None:
    """The same text wherever a request has a place for text."""
    cache.clear()
    headers = {"User-Agent": text, "Referer": text, "X-Forwarded-For": text, "Cookie": text}
    client.get("/no/such/" + text.replace("\x00", ""), headers=headers)
    client.get("/", {"q": text}, headers=headers)
    client.post("/accounts/login/", {"login": text, "password": text}, headers=headers)
    client.post("/search/", {"text": text}, headers=headers)
    client.generic("PUT", "/leave/", headers=headers)
    client.get("/", headers={"Host": text.replace("\x00", "")})


@pytest.mark.parametrize("text", HOSTILE)
def test_one_event_is_one_line_that_hides_nothing(
    text: str, log: io.StringIO, caseworker: Membership
) -> None:
    inside = Client(raise_request_exception=False)
    inside.force_login(caseworker.user)
    attack(Client(raise_request_exception=False), text)
    attack(inside, text)

    lines = log.getvalue().split("\n")[:-1]
    assert len(lines) >= 4
    for line in lines:
        assert line[:4].isdecimal(), line
        assert line[4] == "-", line
        assert line.isprintable(), line
        assert not any(sign in line for sign in "\x1b\r\u2028\u2029\u202e\x85\x00")
    assert not any(line.startswith("2026-01-01T00:00:00.000 INFO tumar signed") for line in lines)


def test_what_was_typed_at_the_door_is_not_in_the_log(log: io.StringIO, db: None) -> None:
    client = Client(raise_request_exception=False)

    client.post("/accounts/login/", {"login": "Жылдызбүбү", "password": "QX7391846-secret"})

    assert "QX7391846-secret" not in log.getvalue()
    assert "Жылдызбүбү" not in log.getvalue()
