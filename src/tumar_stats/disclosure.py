"""Tables that may be shown: small cells hidden, and enough others that nobody can work them out."""

from collections import deque
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice

from tumar_stats.circulation import UNBOUNDED, Arc, Circulation

THRESHOLD = 5
"""People. Cells below are hidden, zero too: as UNODC publishes detected victims (“<5”)."""

Place = tuple[int, int]
Counts = Sequence[Sequence[int]]
"""People, shape (rows, columns)."""


class Hidden(StrEnum):
    """Why a cell is not shown. The two look alike to a reader in most releases; they need not."""

    PRIMARY = "primary"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class Cell:
    """People in a cell, or None with the reason why they are not shown."""

    value: int | None
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may be shown.

    Args:
        cells: shape (rows, columns).
        row_totals: one for each row; none if the table has a single row or column, since
            margins would then repeat the cells.
        column_totals: likewise for each column.
        total: all people of the table.
    """

    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    total: Cell


class UnequalTotals(ValueError):
    """Tables said to count the same people do not add up to the same number."""


def suppress(
    counts: Counts,
    threshold: int = THRESHOLD,
    *,
    structural: Collection[Place] = (),
) -> Table:
    """Hide small cells, and others so that the small ones cannot be computed.

    Every cell and total below `threshold` is hidden (primary), zero included, since “nobody”
    is also news about the few who could be meant. Then the cheapest further cells are hidden
    (complementary), totals last, until two attackers fail who can solve all sums exactly:

    * one who does not see why a cell is hidden cannot narrow a small cell at all: anything
      from 0 to `threshold` - 1 fits what is shown;
    * one who does see it, and so knows who lies below the threshold and who does not, still
      finds more than one number for every hidden cell.

    It guards one table; `suppress_together` guards several with one total. Tables that share
    another margin, or the same table a month later, can betray together what each hides.

    Args:
        counts: people, shape (rows, columns). A single row or column is a one-way table.
        threshold: people; the smallest number that is shown.
        structural: places (row, column) where nobody can be, by definition. They are shown.

    Raises:
        ValueError: the rows differ in length, there are none, a count is negative, the
            threshold is less than 2, or somebody is counted in a structural zero.

    Source:
        Cox (1980), JASA 75; Hundepool et al. (2012), Statistical Disclosure Control, ch. 4;
        threshold as in UNODC, GLOTIP.
    """
    return _suppress([counts], threshold, frozenset(structural))[0]


def suppress_together(tables: Sequence[Counts], threshold: int = THRESHOLD) -> list[Table]:
    """Several tables of the same people, such as by sex and by age, under one total.

    The total is one cell of them all: hidden in one, it is hidden in all, and nobody learns
    more from reading the tables side by side than the two attackers of `suppress`.

    Args:
        tables: people, each of shape (rows, columns).
        threshold: people, as for `suppress`.

    Raises:
        UnequalTotals: the tables do not add up to the same number.
        ValueError: as for `suppress`.
    """
    if not tables:
        return []
    if len({sum(chain.from_iterable(counts)) for counts in tables}) > 1:
        raise UnequalTotals("Tables of the same people must add up to the same number.")
    return _suppress(tables, threshold, frozenset())


def hide_small(counts: Sequence[int], threshold: int = THRESHOLD) -> list[Cell]:
    """Hide small counts of answers that do not add up, since a person may give several.

    No count can be computed from the others there. Do not use it where each person is in one
    category only.

    Args:
        counts: people who gave each answer.
        threshold: people; the smallest number that is shown.
    """
    return [Cell(n) if n >= threshold else Cell(None, Hidden.PRIMARY) for n in counts]


def _suppress(
    tables: Sequence[Counts], threshold: int, structural: frozenset[Place]
) -> list[Table]:
    """Tables in a row: all people flow through the first, then the second, and back."""
    if threshold < 2:
        raise ValueError("a threshold below 2 hides nobody")
    for counts in tables:
        _check(counts, structural)
    arcs = list(chain.from_iterable(_arcs(tables, structural)))
    primary = {n for n, arc in enumerate(arcs) if arc.people < threshold and not arc.fixed}
    hidden = set(primary)
    _hide_more(arcs, primary, hidden, threshold)
    why = dict.fromkeys(hidden, Hidden.COMPLEMENTARY) | dict.fromkeys(primary, Hidden.PRIMARY)
    cells = [Cell(None, why[n]) if n in why else Cell(arc.people) for n, arc in enumerate(arcs)]
    *inner, total = cells
    rest = iter(inner)
    return [_table(len(counts), len(counts[0]), rest, total) for counts in tables]


def _arcs(tables: Sequence[Counts], structural: frozenset[Place]) -> Iterator[list[Arc]]:
    """The cells and margins of each table, and last the total that they share."""
    everybody = sum(map(sum, tables[0]))
    spare = len(tables) + 1  # nodes up to here stand between the tables
    nobody = True
    for entry, counts in enumerate(tables):
        rows, columns = len(counts), len(counts[0])
        if rows == 1 or columns == 1:
            arcs = _one_way(counts, structural, entry)
        else:
            arcs = _two_way(counts, structural, entry, spare)
            spare += rows + columns
        nobody = nobody and all(arc.fixed for arc in arcs)
        yield arcs
    yield [Arc(len(tables), 0, everybody, 4 * everybody + 1, nobody)]


def _one_way(counts: Counts, structural: frozenset[Place], entry: int) -> list[Arc]:
    return [
        Arc(entry, entry + 1, n, n + 1, (i, j) in structural)
        for i, row in enumerate(counts)
        for j, n in enumerate(row)
    ]


def _two_way(counts: Counts, structural: frozenset[Place], entry: int, spare: int) -> list[Arc]:
    """Cells, row totals, column totals; margins cost more to hide than any cell."""
    row_nodes = range(spare, spare + len(counts))
    column_nodes = range(row_nodes.stop, row_nodes.stop + len(counts[0]))
    everybody = sum(map(sum, counts))
    cells = [
        [
            Arc(column, row, n, n + 1, (i, j) in structural)
            for j, (column, n) in enumerate(zip(column_nodes, counts[i], strict=True))
        ]
        for i, row in enumerate(row_nodes)
    ]
    row_totals = [
        Arc(row, entry + 1, *_margin(line, everybody))
        for row, line in zip(row_nodes, cells, strict=True)
    ]
    column_totals = [
        Arc(entry, column, *_margin(line, everybody))
        for column, line in zip(column_nodes, zip(*cells, strict=True), strict=True)
    ]
    return [*chain(*cells), *row_totals, *column_totals]


def _margin(cells: Sequence[Arc], everybody: int) -> tuple[int, int, bool]:
    """People, cost and whether it is known to all."""
    people = sum(cell.people for cell in cells)
    return people, people + everybody + 1, all(cell.fixed for cell in cells)


def _table(rows: int, columns: int, cells: Iterator[Cell], total: Cell) -> Table:
    inner = tuple(tuple(islice(cells, columns)) for _ in range(rows))
    if rows == 1 or columns == 1:
        return Table(inner, (), (), total)
    return Table(inner, tuple(islice(cells, rows)), tuple(islice(cells, columns)), total)


def _hide_more(arcs: Sequence[Arc], primary: Set[int], hidden: set[int], threshold: int) -> None:
    """Add to `hidden` until both attackers fail.

    Each hidden arc is looked at once: hiding more never takes freedom away from it.
    """
    people = Circulation(arcs)
    waiting = deque(sorted(hidden))
    while waiting:
        number = waiting.popleft()
        found: set[int] = set()
        if number in primary:
            found |= _against_the_blind(people, hidden, number, threshold)
        found |= _against_the_knowing(people, primary, hidden | found, number, threshold)
        waiting.extend(sorted(found - hidden))
        hidden |= found


def _against_the_blind(
    people: Circulation, hidden: Set[int], number: int, threshold: int
) -> set[int]:
    """What to hide so that a small cell may be anything from 0 to `threshold` - 1.

    There is always such a choice: the cell, its two totals and the grand total move together.
    """
    now = people.arcs[number].people
    more: set[int] = set()
    for by in (-now, threshold - 1 - now):
        found = people.needed_to_move(hidden | more, number, by, lambda _: (0, UNBOUNDED))
        more |= found or set()
    return more


def _against_the_knowing(
    people: Circulation, primary: Set[int], hidden: Set[int], number: int, threshold: int
) -> set[int]:
    """What to hide so that a cell may be one more or one less, and every other on its side."""

    def bounds(other: int) -> tuple[float, float]:
        return (0, threshold - 1) if other in primary else (threshold, UNBOUNDED)

    ways = [people.needed_to_move(hidden, number, by, bounds) for by in (1, -1)]
    possible = [way for way in ways if way is not None]
    return min(possible, key=lambda way: sum(people.arcs[n].cost for n in way), default=set())


def _check(counts: Counts, structural: Collection[Place]) -> None:
    if not counts or not counts[0] or len(set(map(len, counts))) > 1:
        raise ValueError("counts must have rows of one length, and at least one cell")
    if any(n < 0 for row in counts for n in row):
        raise ValueError("a count cannot be negative")
    if any(counts[i][j] for i, j in structural):
        raise ValueError("somebody is counted where nobody can be")
