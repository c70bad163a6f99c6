"""From what was counted to what may be shown: one set of tables that cannot betray each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tumar.evidence.rules.counting import THRESHOLD
from tumar_stats.disclosure import Cell, Hidden, Table, suppress, suppress_together

Counts = Mapping[tuple[int, str], int]
"""People by year and code."""

Period = tuple[int, ...]
Amount = int | str
"""A number of people, or one of the two marks below."""

SMALL = "<5"
HIDDEN = "hidden"
ALL_OTHERS = "all_others"
NOT_KNOWN = ""
MOST_CODES = 15
"""Codes told apart within a year; more make a table in which nearly everything is hidden."""


@dataclass(frozen=True, slots=True)
class Protected:
    """One dimension as it may be shown.

    Args:
        codes: of the columns; ALL_OTHERS stands for those that are too many.
        cells: one row for each period, one column for each code.
        totals: of each code over all periods.
        others: what ALL_OTHERS is made of, over all periods.
    """

    codes: list[str]
    cells: list[list[Amount]]
    totals: list[Amount]
    others: dict[str, Amount]


@dataclass(frozen=True, slots=True)
class Protection:
    """All dimensions of one source, with the periods and the totals they share."""

    periods: list[Period]
    period_totals: list[Amount]
    total: Amount
    tables: dict[str, Protected]

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Protection:
        """The inverse of `dataclasses.asdict`, after a stay in the database."""
        return cls(
            [tuple(period) for period in kept["periods"]],
            kept["period_totals"],
            kept["total"],
            {name: Protected(**table) for name, table in kept["tables"].items()},
        )


def protect(
    counts: Mapping[str, Counts],
    *,
    fixed: Mapping[str, Sequence[str]],
    in_each: frozenset[str] = frozenset(),
) -> Protection:
    """Hide what is small in every dimension, and what would give it away.

    Every view of the page, whatever years it spans, is made of these cells alone, so that two
    views can never be subtracted from each other to find a hidden number. All dimensions count
    the same people and share the totals of the years: a year whose total one of them would have
    to hide is joined to the year beside it.

    Args:
        counts: for each dimension, people by year and code; year 0 is "not known".
        fixed: the order of a dimension's codes, where it has one.
        in_each: dimensions that count a person under several codes; they share no totals.
    """
    years = sorted({year for cells in counts.values() for year, _code in cells})
    periods: list[Period] = [(year,) for year in years if year]
    if 0 in years:
        periods.append((0,))
    if not periods:
        return Protection([], [], 0, {})
    folded = {name: _rare(counts[name], periods, fixed.get(name)) for name in counts}
    while True:
        shown = _tables(counts, periods, fixed, folded, in_each)
        closed = _closed(shown, in_each, len(periods))
        if closed is None or len(periods) == 1:
            break
        name, place = closed
        if not _fold_more(folded[name], shown[name], counts[name]):
            periods = _joined(periods, place)
    first = next(one for name, one in shown.items() if name not in in_each)
    return Protection(
        periods,
        [_amount(first.period_total(place)) for place in range(len(periods))],
        _amount(first.total),
        {name: shown[name].protected(counts[name]) for name in counts},
    )


def _tables(
    counts: Mapping[str, Counts],
    periods: Sequence[Period],
    fixed: Mapping[str, Sequence[str]],
    folded: Mapping[str, set[str]],
    in_each: frozenset[str],
) -> dict[str, _Shown]:
    codes = {name: _columns(counts[name], fixed.get(name), folded[name]) for name in counts}
    cells = {name: _cells(counts[name], periods, codes[name]) for name in counts}
    sharing = [name for name in counts if name not in in_each]
    together = suppress_together([cells[name] for name in sharing], THRESHOLD)
    tables = dict(zip(sharing, together, strict=True))
    tables |= {name: suppress(cells[name], THRESHOLD) for name in in_each & counts.keys()}
    return {name: _Shown(codes[name], table) for name, table in tables.items()}


def _cells(counts: Counts, periods: Sequence[Period], codes: Sequence[str]) -> list[list[int]]:
    row = {year: place for place, period in enumerate(periods) for year in period}
    column = {code: place for place, code in enumerate(codes)}
    cells = [[0] * len(codes) for _ in periods]
    for (year, code), people in counts.items():
        if people:
            cells[row[year]][column.get(code, column.get(ALL_OTHERS, -1))] += people
    return cells


@dataclass(frozen=True, slots=True)
class _Shown:
    """A table and the codes of its columns."""

    codes: list[str]
    table: Table

    @property
    def total(self) -> Cell:
        return self.table.total

    def period_total(self, place: int) -> Cell:
        if self.table.row_totals:
            return self.table.row_totals[place]
        return self.total if len(self.table.cells) == 1 else self.table.cells[place][0]

    def code_total(self, column: int) -> Cell:
        if self.table.column_totals:
            return self.table.column_totals[column]
        return self.table.cells[0][column] if len(self.table.cells) == 1 else self.total

    def protected(self, counts: Counts) -> Protected:
        totals = [self.code_total(column) for column in range(len(self.codes))]
        others: dict[str, Amount] = {}
        if ALL_OTHERS in self.codes:
            others = _others(counts, self.codes, totals[self.codes.index(ALL_OTHERS)])
        cells = [[_amount(cell) for cell in row] for row in self.table.cells]
        return Protected(self.codes, cells, [_amount(cell) for cell in totals], others)


def _closed(
    shown: Mapping[str, _Shown], in_each: frozenset[str], periods: int
) -> tuple[str, int] | None:
    """The first dimension that cannot show the total of a period, and which period."""
    for name, one in shown.items():
        if name in in_each:
            continue
        for place in range(periods):
            if one.period_total(place).hidden:
                return name, place
    return None


def _joined(periods: list[Period], place: int) -> list[Period]:
    """The same periods with one joined to its neighbour, the earlier one if there is one."""
    first = max(place - 1, 0)
    return [*periods[:first], periods[first] + periods[first + 1], *periods[first + 2 :]]


def _columns(counts: Counts, order: Sequence[str] | None, folded: set[str]) -> list[str]:
    """The codes told apart in each period, the folded ones and the unknown last."""
    sums = _by_code(counts)
    known = [code for code in order or _largest_first(sums) if code != NOT_KNOWN and code in sums]
    told_apart = [code for code in known if code not in folded]
    others = [ALL_OTHERS] if folded else []
    return told_apart + others + [NOT_KNOWN] * (NOT_KNOWN in sums and NOT_KNOWN not in folded)


def _rare(counts: Counts, periods: Sequence[Period], order: Sequence[str] | None) -> set[str]:
    """Codes not to be told apart in each period.

    Of a long list those that are too many. Of a short one those that are small in most periods:
    told apart, they would hide the large ones beside them.
    """
    sums = _by_code(counts)
    if len(periods) < 2:
        return set()
    if order is None:
        known = [code for code in _largest_first(sums) if code != NOT_KNOWN]
        return set(known[MOST_CODES:]) if len(known) > MOST_CODES + 1 else set()
    small = {code for code in sums if _small_periods(counts, periods, code) * 2 > len(periods)}
    return small if 1 < len(small) < len(sums) else set()


def _small_periods(counts: Counts, periods: Sequence[Period], code: str) -> int:
    people = [sum(counts.get((year, code), 0) for year in period) for period in periods]
    return sum(each < THRESHOLD for each in people)


def _fold_more(folded: set[str], shown: _Shown, counts: Counts) -> bool:
    """Fold the rarest codes that are still told apart, if two others stay."""
    sums = _by_code(counts)
    told_apart = sorted((code for code in shown.codes if code != ALL_OTHERS), key=sums.__getitem__)
    needed = 1 if folded else 2
    if len(told_apart) < needed + 2:
        return False
    folded.update(told_apart[:needed])
    return True


def _others(counts: Counts, codes: Sequence[str], whole: Cell) -> dict[str, Amount]:
    sums = _by_code(counts)
    rest = [code for code in _largest_first(sums) if code not in codes]
    table = suppress([[sums[code] for code in rest]], THRESHOLD)
    if whole.hidden or table.total.hidden:
        # Their sum can be worked out elsewhere, so not even who is below the threshold is told.
        return dict.fromkeys(rest, HIDDEN)
    return {code: _amount(cell) for code, cell in zip(rest, table.cells[0], strict=True)}


def _by_code(counts: Counts) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (_year, code), people in counts.items():
        sums[code] = sums.get(code, 0) + people
    return {code: people for code, people in sums.items() if people}


def _largest_first(sums: Mapping[str, int]) -> list[str]:
    """Small codes come in the order of the alphabet: their rank would tell their number."""
    return sorted(sums, key=lambda code: (-sums[code] if sums[code] >= THRESHOLD else 0, code))


def _amount(cell: Cell) -> Amount:
    if cell.value is not None:
        return cell.value
    return SMALL if cell.hidden is Hidden.PRIMARY else HIDDEN


def over_span(amounts: Sequence[Amount]) -> Amount:
    """People over several periods; hidden as soon as one of them is."""
    if len(amounts) == 1:
        return amounts[0]
    shown = [amount for amount in amounts if isinstance(amount, int)]
    return sum(shown) if len(shown) == len(amounts) else HIDDEN
