"""A listing with its rows, as a page or as the part htmx asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import urlencode

from tumar.access.http import Request
from tumar.ui.lists import keyset
from tumar.ui.lists.listing import Column, Filter, Listing
from tumar.ui.pages import show
from tumar.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: how the list stands to it, and where a press leads."""

    column: Column
    sort: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    value: object
    url: str


@dataclass(frozen=True)
class View:
    """A listing as one address asks for it."""

    listing: Listing
    order: str
    chosen: Sequence[Filter] = field(default_factory=tuple)

    def url(self, *, order: str = "", chosen: Sequence[Filter] | None = None, at: str = "") -> str:
        """The address of another view of the same list; it names no one."""
        filters = self.chosen if chosen is None else chosen
        asked: list[tuple[str, str]] = [("show", each.key) for each in filters]
        asked.append(("order", order or self.order))
        if at:
            asked.append(("at", at))
        return "?" + urlencode(asked)

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.listing.columns]

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column, "", "")
        path = column.order.removeprefix("-")
        if self.order.removeprefix("-") != path:
            return Heading(column, "", self.url(order=column.order))
        descending = self.order.startswith("-")
        turned = path if descending else f"-{path}"
        return Heading(column, "descending" if descending else "ascending", self.url(order=turned))

    @property
    def filter_groups(self) -> list[list[tuple[str, Link]]]:
        """Chips by group, each with its key; pressing a chosen one lets go of it."""
        groups: dict[str, list[tuple[str, Link]]] = {}
        for each in self.listing.filters:
            groups.setdefault(each.group, []).append((each.key, self._chip(each)))
        return list(groups.values())

    def _chip(self, pressed: Filter) -> Link:
        is_chosen = pressed in self.chosen
        others = [each for each in self.chosen if each.group != pressed.group]
        chosen = others if is_chosen else [*others, pressed]
        return Link(pressed.label, self.url(chosen=chosen), is_current=is_chosen)

    @property
    def without_filters(self) -> str:
        return self.url(chosen=[])

    @property
    def has_no_filters(self) -> bool:
        return not self.chosen

    def cells(self, row: Any) -> Iterator[Cell]:
        for column in self.listing.columns:
            value = column.value(row)
            url = self.listing.url_of(row) if column.link else ""
            yield Cell(column, value, url)


def listing(
    request: Request,
    what: Listing,
    rows: QuerySet[Any, Any],
    *,
    on_rows: Callable[[Sequence[Any]], object] | None = None,
    context: Mapping[str, object] | None = None,
    template: str = "ui/list.html",
) -> HttpResponse:
    """Show one page of `rows` as the reader asked, or the table alone to htmx.

    Args:
        on_rows: called with the rows about to be shown, so that a look can be recorded.
        context: more for the template.
        template: a page that extends "ui/list.html", if the list needs more around it.
    """
    view = View(what, what.ordered_by(request.GET.get("order", "")), what.chosen(request.GET))
    for chosen in view.chosen:
        rows = chosen.apply(rows)
    page = keyset.read(rows, keyset.Order.of(view.order), what.per_page, request.GET.get("at", ""))
    if on_rows is not None:
        on_rows(page.rows)
    shown: dict[str, object] = {
        "listing": what,
        "view": view,
        "rows": [list(view.cells(row)) for row in page.rows],
        "previous_url": view.url(at=page.before) if page.before else "",
        "next_url": view.url(at=page.after) if page.after else "",
    }
    return show(request, template, {**shown, **(context or {})}, part="ui/list.html#table")
