"""Answers that no review may change: what doors and scope demand of every row."""

from __future__ import annotations

from collections.abc import Iterator

from tests.access_matrix.walk import COLUMNS, DOOR, REFUSAL, Cells, Key
from tests.access_matrix.world import OTHER, STRANGER
from tumar.access.doors import STRANGERS, TOKENS
from tumar.site.addresses import Address

# Open to everybody and the same for everybody, though they name something.
NOBODYS = {"api/v1/reference/codelists/<key>", "api/v1/reference/indicators/<key>",
           "statistics/download/<str:kind>/", "welcome/<str:token>/"}  # fmt: skip
# National: records that name no one are shared by those who may import them.
SHARED = {"statistics/import/<int:number>/", "statistics/import/<int:number>/bad-rows.csv"}
# The description of the API, which is in the documents too, and its root, where nothing is.
DESCRIBED = {"api/v1/openapi.json", "api/v1/"}
CLOSED = ("403", "404", "405", "401")
ADMIN = "reference-admin/"  # Django's admin leads away from what it does not find


def broken(address: Address, key: Key, cells: Cells) -> Iterator[str]:
    """Sentences about cells of one row that cannot be right."""
    if address.door == STRANGERS:
        return
    if address.door == TOKENS:
        is_closed = cells[STRANGER].startswith(("401", "405"))
        if not is_closed and address.route not in DESCRIBED:
            yield f"{key}: a program without a token got {cells[STRANGER]}"
    else:
        yield from _broken_doors(address, key, cells)
    if key[2] == OTHER and address.route not in NOBODYS | SHARED and "(?P" not in address.route:
        yield from _broken_scope(address, key, cells)


def _broken_doors(address: Address, key: Key, cells: Cells) -> Iterator[str]:
    if cells[STRANGER] != DOOR:
        yield f"{key}: a stranger got {cells[STRANGER]}"
    for role in COLUMNS[1:]:
        if role not in (address.door or ()) and cells[role] != f"403 {REFUSAL}":
            yield f"{key}: the door is closed to {role}, who got {cells[role]}"


def _broken_scope(address: Address, key: Key, cells: Cells) -> Iterator[str]:
    closed = (*CLOSED, "302") if address.route.startswith(ADMIN) else CLOSED
    for role in COLUMNS[1:]:
        status, *events = cells[role].split()
        did = [event for event in events if not event.startswith(REFUSAL)]
        if status not in closed or did:
            yield f"{key}: {role} of another organisation got {cells[role]}"
