"""What stands in the rail; each room adds its entries when it starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from tumar.access import Actor, Role

IN_THE_DOCK = 5
"""Entries at the bottom of a phone, the one for the rest included; more are too narrow to press."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A place one may go. No `roles` means everybody who has signed in.

    `count` says how many things wait there; it runs on every page, so it must be one cheap query.
    """

    label: str | Promise
    icon: str
    url_name: str
    roles: frozenset[Role] = frozenset()
    order: int = 100
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as one reader sees it on one page."""

    label: str | Promise
    icon: str
    url: str
    is_current: bool
    count: int | None


NAVIGATION: list[NavigationEntry] = []  # filled by rooms in their AppConfig.ready()


def places(actor: Actor, path: str) -> list[Place]:
    """The entries this reader may use, in order; one whose address does not exist is left out."""
    found = [
        (entry, url)
        for entry in sorted(NAVIGATION, key=lambda entry: entry.order)
        if _is_for(entry, actor) and (url := _address(entry.url_name))
    ]
    here = _nearest(path, (url for _, url in found))
    return [
        Place(
            label=entry.label,
            icon=entry.icon,
            url=url,
            is_current=url == here,
            count=entry.count(actor) if entry.count else None,
        )
        for entry, url in found
    ]


def _is_for(entry: NavigationEntry, actor: Actor) -> bool:
    return not entry.roles or not actor.roles.isdisjoint(entry.roles)


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _nearest(path: str, urls: Iterable[str]) -> str:
    """The longest address that `path` stands under; the root counts only for itself."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
