"""Every address of the house, as one list to check; an address without a door stops the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.urls import URLPattern, URLResolver, get_resolver

from tumar.access.doors import door_of


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its route, its full name and its view."""

    route: str
    name: str
    view: Callable[..., Any]

    @property
    def door(self) -> frozenset[str] | None:
        return door_of(self.view)


def addresses() -> list[Address]:
    """Every address of the house, in the order in which they are tried."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], before: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield Address(route, f"{namespace}{pattern.name or route}", pattern.callback)


def every_address_has_a_door(**_asked: object) -> list[checks.CheckMessage]:
    """The system check behind R10: what nobody has decided about, nobody may use."""
    return [
        checks.Error(
            f"The address {address.route!r} has no door.",
            hint="Decorate its view with open_to, open_to_signed_in or open_to_strangers.",
            id="tumar.E001",
        )
        for address in addresses()
        if address.door is None
    ]
