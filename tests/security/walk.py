"""One walk of all members through all pages and the whole API, and everything it left behind.

It is walked once; what came of it is kept as plain values, and the store is as it was before."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.contrib.sessions.models import Session
from django.core.cache import cache

from tests.security import store, visiting
from tests.security.voices import Canaries
from tests.security.world import Story, a_batch, a_service, a_story, a_token, members
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.site.logs import OneLine

LINK = re.compile(r'(?:href|src|action|hx-get|hx-post)="([^"]+)"')
SEARCHES = (("/search/", "text"), ("/people/search/", "name"), ("/people/intake/", "name"))


@dataclass(frozen=True)
class Answer:
    """What one member got at one address."""

    who: str
    name: str
    path: str
    status: int
    kind: str
    text: str  # unescaped, cells and JSON as text
    source: str  # as it was sent
    headers: dict[str, str]

    @property
    def links(self) -> list[str]:
        """Where the page leads, addresses of forms and pictures included."""
        return [unquote(found) for found in LINK.findall(self.source)]


@dataclass
class Walk:
    """Everything that was shown, and everything that was left behind."""

    canaries: Canaries
    case: str
    answers: list[Answer] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    sessions: str = ""
    cached: bytes = b""
    rows: bytes = b""
    lines: list[dict[str, Any]] = field(default_factory=list)

    def of(self, who: str) -> str:
        """All that one member was shown."""
        return "\n".join(answer.text for answer in self.answers if answer.who == who)


class _Listener(logging.Handler):
    def __init__(self, into: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.into, self.writer = into, OneLine()

    def emit(self, record: logging.LogRecord) -> None:
        self.into.append(self.writer.format(record))


def walked() -> Walk:
    """Build a story and walk. Inside a transaction that is rolled back."""
    by, canaries = members(), Canaries()
    a_service(by["worker"].organisation)
    a_batch()
    story = a_story(by, canaries)
    walk = Walk(canaries, story.case.ref)
    cache.clear()
    listener = _Listener(walk.log)
    logging.getLogger().addHandler(listener)
    try:
        for who, member in by.items():
            _go(walk, who, member, story)
        _search(walk, by["worker"], canaries)
    finally:
        logging.getLogger().removeHandler(listener)
    walk.sessions = "\n".join(str(each.get_decoded()) for each in Session.objects.all())
    walk.cached, walk.rows = store.cached(), store.rows()
    walk.lines = list(Line.objects.values("kind", "event", "subject", "subject_id", "facts"))
    return walk


def _go(walk: Walk, who: str, member: Membership, story: Story) -> None:
    client = visiting.signed_in(member)
    _visit(walk, who, client, visiting.pages(story, member))
    api = visiting.program(a_token(member))
    _visit(walk, who, api, visiting.endpoints(story, member))
    walk.cookies += [cookie.OutputString() for cookie in client.cookies.values()]


def _visit(walk: Walk, who: str, client: Any, places: list[visiting.Place]) -> None:
    for place, answer in visiting.visit(client, places):
        walk.answers.append(answered(who, place, answer))


def answered(who: str, place: visiting.Place, answer: Any) -> Answer:
    source, text = visiting.both(answer)
    kind = answer.headers.get("Content-Type", "")
    headers = dict(answer.headers)
    return Answer(who, place.name, place.path, answer.status_code, kind, text, source, headers)


def _search(walk: Walk, member: Membership, canaries: Canaries) -> None:
    """Names are typed in several places; in none may they stay."""
    client = visiting.signed_in(member)
    name = canaries.words("name")[0]
    for path, asked in SEARCHES:
        answer = client.post(path, {asked: name})
        assert name in answer.content.decode()
    client.post("/accounts/login/", {"login": name, "password": "wrong"})
    walk.cookies += [cookie.OutputString() for cookie in client.cookies.values()]


def as_text(lines: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(line, ensure_ascii=False, default=str) for line in lines).encode()
