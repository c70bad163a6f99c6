"""Ask one address as one member, see what comes back and what the log says, and undo it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.access_matrix.payloads import payload_of
from tests.access_matrix.world import BY_ROUTE, OWN, RELATIONS, STRANGER, World
from tumar.access import Role
from tumar.access.doors import TOKENS
from tumar.access.policy import REFUSED
from tumar.audit.models import Line
from tumar.site.addresses import Address, addresses

METHODS = ("GET", "POST")
MORE_METHODS = {"api:api-answers": ("PUT",)}  # of the few addresses that have others
NAME = re.compile(r"<(?:\w+:)?(\w+)>")
COLUMNS = (STRANGER, *(role.value for role in Role))
DOOR, REFUSAL = "door", "refused"
Key = tuple[str, str, str]  # address, method, relation
Cells = dict[str, str]  # by column


def keys_of(address: Address) -> Iterator[Key]:
    """The rows of one address: relations count only where it names something."""
    relations = RELATIONS if names_something(address) else ("-",)
    for method in (*METHODS, *MORE_METHODS.get(address.name, ())):
        for relation in relations:
            yield label_of(address), method, relation


def label_of(address: Address) -> str:
    """Its name; several addresses of the API share one, so the route tells them apart."""
    twice = [each for each in addresses() if each.name == address.name]
    return address.name if len(twice) == 1 else f"{address.name} {address.route}"


def names_something(address: Address) -> bool:
    return bool(NAME.search(address.route) or "(?P<" in address.route)


def path_of(address: Address, world: World) -> str:
    """The address with what the world has for its arguments."""
    if not names_something(address):
        return f"/{address.route}"
    found = next((give(world) for start, give in BY_ROUTE if address.route.startswith(start)), None)
    if found is None:
        raise LookupError(
            f"tests/access_matrix/world.py: say in BY_ROUTE what {address.route} names"
        )
    if "(?P<" in address.route:  # only Django's admin has such a route
        return f"/{address.route.split('^')[0]}{found['app_label']}/"
    return "/" + NAME.sub(lambda match: str(found[match[1]]), address.route)


def cells(address: Address, key: Key, world: World) -> Cells:
    """What every column gets for one row."""
    _label, method, relation = key
    path = path_of(address, world)
    where = OWN if relation == "-" else relation
    answers = {STRANGER: _ask(Client(), address, method, path, world)}
    for role in Role:
        client, headers = _client(world, address, (where, role))
        answers[role.value] = _ask(client, address, method, path, world, **headers)
    return answers


def _client(world: World, address: Address, who: tuple[str, Role]) -> tuple[Client, dict[str, str]]:
    client = Client()
    if address.door == TOKENS:
        return client, {"HTTP_AUTHORIZATION": f"Bearer {world.tokens[who]}"}
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[who]
    return client, {}


def _ask(
    client: Client, address: Address, method: str, path: str, world: World, **headers: Any
) -> str:
    cache.clear()  # attempts are counted there
    before = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        response = _send(client, address, method, path, world, headers)
        if response.streaming:
            b"".join(response)  # read to the end, which also closes it
        lines = Line.objects.filter(pk__gt=before).values_list("kind", "event")
        answer = _words(response.status_code, response.headers.get("Location", ""), set(lines))
        transaction.set_rollback(True)
    return answer


def _send(
    client: Client,
    address: Address,
    method: str,
    path: str,
    world: World,
    headers: dict[str, str],
) -> Any:
    if method == "GET":
        return client.get(path, **headers)
    content, is_form = payload_of(address, world)
    if is_form:
        return client.post(path, content, **headers)
    send = getattr(client, method.lower())
    return send(path, content, content_type="application/json", **headers)


def _words(status: int, location: str, lines: set[tuple[str, str]]) -> str:
    if status == 302 and location.startswith("/accounts/login/"):
        return DOOR
    events = sorted(
        REFUSAL if event == REFUSED else f"{REFUSAL}:{event}" if kind == "denial" else event
        for kind, event in lines
    )
    return " ".join([str(status), *events])
