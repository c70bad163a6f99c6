"""A list page without its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from tumar.ui.parts import Label, Link


@dataclass(frozen=True)
class Column:
    """One column.

    `value` takes a row and gives text, a date, a number or one of `ui.parts` (Badge, Due, Pips,
    Lines, Link). `order` is the field to order by, with "-" if the largest comes first when
    the reader first asks; without it the column cannot be ordered. `link` leads to the row's page.
    On a phone `optional` columns are left out, and a `corner` column stands at the card's corner.
    """

    label: Label
    value: Callable[[Any], object]
    order: str = ""
    link: bool = False
    optional: bool = False
    corner: bool = False
    number: bool = False
    template: str = ""


@dataclass(frozen=True)
class Filter:
    """A chip that narrows the list. `key` stands in the address, so it must name nobody.

    Of the filters in one `group` only one holds at a time; filters of several groups add up.
    """

    key: str
    label: Label
    apply: Callable[[QuerySet[Any, Any]], QuerySet[Any, Any]]
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list page without its rows.

    The first column with an order gives the order at first, unless `order` names another; the
    primary key breaks ties. `empty` says what it means that there is nothing, `empty_hint` what
    to do now.
    """

    title: Label
    columns: Sequence[Column]
    empty: Label
    empty_hint: Label = ""
    empty_action: Link | None = None
    empty_icon: str = "folder"
    intro: Label = ""
    action: Link | None = None
    filters: Sequence[Filter] = ()
    order: str = ""
    link: Callable[[Any], str] | None = None
    per_page: int = 50

    def ordered_by(self, asked: str) -> str:
        """The order to use: `asked` if a column offers it, else the one at first."""
        known = [column.order.removeprefix("-") for column in self.columns if column.order]
        if asked.removeprefix("-") in known:
            return asked
        return self.order or next((column.order for column in self.columns if column.order), "pk")

    def chosen(self, asked: QueryDict) -> list[Filter]:
        """The filters the address asks for, at most one of each group."""
        keys = asked.getlist("show")
        by_group = {each.group: each for each in self.filters if each.key in keys}
        return list(by_group.values())

    def url_of(self, row: Any) -> str:
        """Where a row leads."""
        if self.link is not None:
            return self.link(row)
        return str(row.get_absolute_url())
