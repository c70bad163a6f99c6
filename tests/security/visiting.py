"""Asking every address of the house about one story, as one member: new addresses come by
themselves, and one that names something unheard of fails until it is said here what stands for
it."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from tests.security.world import Story, a_token
from tumar.access.doors import STRANGERS, TOKENS
from tumar.access.models import Membership
from tumar.evidence.models import Batch
from tumar.reference.indicators import indicator_set
from tumar.reference.models import Service
from tumar.site.addresses import Address, addresses

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
DANGEROUS = ("leave", "account_logout")  # they end the session that visits
# The child an address names beside its record, by the word that stands before it in the route.
CHILDREN = {
    "notes": "note", "needs": "need", "goals": "goal", "services": "service", "tasks": "task",
    "consents": "consent",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One address with everything it names filled in."""

    address: Address
    path: str

    @property
    def name(self) -> str:
        return self.address.name


def places(story: Story, member: Membership) -> list[Place]:
    """Every address, naming what belongs to a story."""
    return [
        Place(address, path)
        for address in addresses()
        for path in _paths(address.route, story, member)
    ]


def pages(story: Story, member: Membership) -> list[Place]:
    """Every address that members may open in a browser."""
    return [place for place in places(story, member) if _is_page(place)]


def _is_page(place: Place) -> bool:
    return place.address.door not in (None, STRANGERS, TOKENS) and place.name not in DANGEROUS


def endpoints(story: Story, member: Membership) -> list[Place]:
    """Every address of the API."""
    return [p for p in places(story, member) if p.address.door == TOKENS]


def names_of(route: str) -> list[str]:
    return ARGUMENT.findall(route)


def _paths(route: str, story: Story, member: Membership) -> Iterator[str]:
    if "(?P<" in route:  # only Django's admin has such a route
        yield f"/{route.split('^')[0]}reference/"
        return
    names = names_of(route)
    for value in _values(route, names[-1], story, member) if names else ("",):
        before = {name: _values(route, name, story, member)[0] for name in names[:-1]}
        filled = {**before, names[-1]: value} if names else {}
        yield "/" + ARGUMENT.sub(lambda found, f=filled: str(f[found[1]]), route)


def _values(route: str, name: str, story: Story, member: Membership) -> list[Any]:
    """What may stand for one argument of a route; several, where each leads to another page."""
    if name == "ref":
        return _refs(route, story)
    if name == "pk":
        return [_pk(route, story, member)]
    plain: dict[str, Any] = {
        "pseudonym": [story.person.pseudonym],
        "kind": ["csv", "xlsx"] if "download" in route else _kinds(route),
        "sign": ["dr01"],
        "dimension": [indicator_set("delphi").dimensions[0].key],
        "step": ["receive", "stop"],
        "token": ["no-such-token"],
        "key": ["sexes", "delphi"],
        "membership": [member.pk],
        "number": [batch.pk for batch in Batch.objects.all()[:1]] or [1],
        "object_id": _directory(route, member),
        "app_label": ["reference"],
    }
    if name not in plain:
        raise LookupError(f"tests/security/visiting.py: say what <{name}> of {route} may be")
    return plain[name]


def _kinds(route: str) -> list[str]:
    if "persons/" in route:
        return ["names", "birth", "background", "documents", "contacts", "address"]
    return ["xlsx", "csv"]


def _refs(route: str, story: Story) -> list[str]:
    if "referrals/" in route:
        return [story.referral.ref, story.declined.ref]
    if "screening" in route:
        return [story.screening.ref, story.draft.ref]
    return [story.case.ref]


def _pk(route: str, story: Story, member: Membership) -> Any:
    if route.startswith("users/"):
        return member.user_id
    if route.startswith("account/tokens/"):
        return 1
    for word, child in CHILDREN.items():
        if f"/{word}/" in route:
            return getattr(story, child).pk
    return 1


def _directory(route: str, member: Membership) -> list[Any]:
    if "/service/" in route:
        return [row.pk for row in Service.objects.all()[:1]] or [1]
    return [member.organisation_id]


def signed_in(member: Membership, *, loud: bool = False) -> Client:
    """A browser of this member; `loud` lets exceptions of views through."""
    client = Client(raise_request_exception=loud)
    client.force_login(member.user)
    return client


def program(token: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {token}"}, raise_request_exception=False)


def body(response: HttpResponse) -> bytes:
    """What was sent, also of an answer that streams."""
    if getattr(response, "streaming", False):
        return b"".join(response)  # type: ignore[arg-type]
    return response.content


_CLOSED_TO_GET: set[str] = set()  # addresses that are for POST only are asked once


def visit(client: Client, them: Iterable[Place]) -> Iterator[tuple[Place, Any]]:
    """Open one place after the other."""
    for place in them:
        if place.name in _CLOSED_TO_GET:
            continue
        answer = client.get(place.path)
        if answer.status_code == 405:
            _CLOSED_TO_GET.add(place.name)
            continue
        yield place, answer


def everything(member: Membership, story: Story) -> Iterator[tuple[Place, Any]]:
    """All pages and all answers of the API that a member can ask for."""
    yield from visit(signed_in(member), pages(story, member))
    yield from visit(program(a_token(member)), endpoints(story, member))


def readable(response: Any) -> str:
    """The text of an answer: HTML unescaped, the cells of a workbook, JSON with its letters."""
    return both(response)[1]


def both(response: Any) -> tuple[str, str]:
    """An answer as it was sent and as it reads."""
    sent, kind = body(response), response.headers.get("Content-Type", "")
    source = sent.decode("utf-8", "replace")
    if "spreadsheetml" in kind:
        sheets = load_workbook(io.BytesIO(sent)).worksheets
        cells = (
            cell for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row
        )
        return source, "\n".join(str(cell) for cell in cells if cell is not None)
    if "json" in kind:
        return source, json.dumps(json.loads(source), ensure_ascii=False)
    return source, html.unescape(source) if "html" in kind else source
