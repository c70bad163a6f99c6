"""The layouts of the Counter-Trafficking Data Collaborative, and telling them by their header."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

HERE = Path(__file__).parent
Kind = Literal[
    "year", "datasource", "gender", "age", "majority", "months",
    "citizenship", "country", "yesno", "phrase",
]  # fmt: skip


class UnknownLayout(ValueError):
    """The header is none of the layouts; the message names the nearest and what differs."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its published name and what may stand in it."""

    name: str
    kind: Kind


@dataclass(frozen=True)
class Layout:
    """A published layout. `alpha` is the length of its country codes."""

    key: str
    title: object
    alpha: Literal[2, 3]
    columns: tuple[Column, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The yes/no columns, in the order their answers are stored in."""
        return tuple(column.name for column in self.columns if column.kind == "yesno")

    @cached_property
    def further(self) -> tuple[str, ...]:
        """Columns that have no place of their own in a record."""
        return tuple(c.name for c in self.columns if c.kind in {"majority", "phrase"})

    def has(self, kind: Kind) -> bool:
        return any(column.kind == kind for column in self.columns)


_TITLES: dict[str, tuple[object, Literal[2, 3]]] = {
    "ctdc63": (gettext_lazy("CTDC global, k-anonymised, 2021 (63 columns)"), 2),
    "ctdc37": (gettext_lazy("CTDC global, synthetic, 2021 (37 columns)"), 3),
    "ctdc27": (gettext_lazy("CTDC global, synthetic, 2024 (27 columns)"), 3),
}

# The codebook of 2024 uses two names for one column; later releases are said to rename the
# sectors. Both are read, the published name is written. Source: CTDC codebook v2, 2024.
_OTHER_NAMES = {"meanswithholddocuments": "meanswithholddocs"}
_OTHER_BEGINNINGS = {"sectoroflabour": "typeoflabour", "sectorofsex": "typeofsex"}


@cache
def layouts() -> MappingProxyType[str, Layout]:
    """Every layout that can be read, by key."""
    with (HERE / "ctdc_columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return MappingProxyType({key: _layout(key, rows) for key in _TITLES})


def layout_choices() -> list[tuple[str, object]]:
    return [(key, title) for key, (title, _alpha) in _TITLES.items()]


def recognise(header: Sequence[str]) -> tuple[Layout, list[int]]:
    """The layout a header belongs to, in whatever order its columns stand.

    Returns:
        The layout, and for each of its columns the place where the file has it.

    Raises:
        UnknownLayout: no layout has exactly these columns.
    """
    found = [_plain(name) for name in header]
    for layout in layouts().values():
        wanted = [name.casefold() for name in layout.names]
        if sorted(found) == sorted(wanted):
            return layout, [found.index(name) for name in wanted]
    raise UnknownLayout(_difference(found, header))


@cache
def phrases(column: str) -> frozenset[str]:
    """The words a concatenated column is made of, in lower case."""
    with (HERE / "ctdc_phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return frozenset(r["phrase"].casefold() for r in rows if r["column"] == column)


def _layout(key: str, rows: list[dict[str, str]]) -> Layout:
    title, alpha = _TITLES[key]
    return Layout(key, title, alpha, tuple(_columns(key, rows)))


def _columns(key: str, rows: list[dict[str, str]]) -> Iterator[Column]:
    for row in rows:
        if row["layout"] == key:
            yield Column(row["column"], cast("Kind", row["kind"]))


def _plain(name: str) -> str:
    plain = name.strip().casefold()
    for beginning, published in _OTHER_BEGINNINGS.items():
        if plain.startswith(beginning):
            plain = published + plain.removeprefix(beginning)
    return _OTHER_NAMES.get(plain, plain)


def _difference(found: Sequence[str], header: Sequence[str]) -> str:
    """What is missing or too much against the nearest layout; the file's words are not repeated."""
    nearest = max(layouts().values(), key=lambda layout: _common(layout, found))
    if not _common(nearest, found):
        return _("The first row holds none of the column names of a CTDC layout.")
    missing = [name for name in nearest.names if name.casefold() not in found]
    unknown = len(header) - _common(nearest, found)
    return _(
        "The columns are not exactly those of “%(layout)s”: missing %(missing)s; "
        "%(unknown)s not known or twice."
    ) % {
        "layout": nearest.title,
        "missing": ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "") or _("none"),
        "unknown": unknown,
    }


def _common(layout: Layout, found: Sequence[str]) -> int:
    return len({name.casefold() for name in layout.names} & set(found))
