"""A table with its margins as a closed flow of people, and how far a hidden cell can move in it.

The grand total flows into the column totals, each column into its cells, each cell into its row
total, and these back into the grand total: what enters a node leaves it. Whatever an attacker
can work out by adding and subtracting is a bound on this flow, and whole numbers stay whole.

Source:
    Cox (1980), Suppression methodology and statistical disclosure control, JASA 75; the view of
    two-way tables as networks: Gusfield (1988), SIAM J. Computing 17.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf


@dataclass(frozen=True, slots=True)
class Arc:
    """A cell or a total: people flowing from one node to another.

    `cost` is what the reader loses when the cell is hidden; a `fixed` one is known to all.
    """

    tail: int
    head: int
    people: int
    cost: int
    fixed: bool = False


Bounds = Callable[[int], tuple[float, float]]
"""For the number of an arc, the fewest and the most people an attacker may think it holds."""

Step = tuple[int, int]
"""An arc and the direction in which it is walked: 1 adds people to it, -1 takes them away."""


class Circulation:
    """A table's arcs, closed: at every node as many people leave as enter."""

    def __init__(self, arcs: Sequence[Arc]) -> None:
        self.arcs = arcs
        self.steps = _steps(arcs)

    def needed_to_move(
        self, hidden: Set[int], target: int, by: int, bounds: Bounds
    ) -> set[int] | None:
        """Which further arcs to hide, cheaply, so that a hidden one may hold `by` people more.

        Args:
            hidden: numbers of the arcs that are not published.
            target: the number of the arc that must be free to move.
            by: people; negative for fewer.
            bounds: what an attacker knows of a cell besides the table's sums.

        Returns:
            Empty if it is free already; None if no choice of arcs frees it.
        """
        arc = self.arcs[target]
        low, high = bounds(target)
        if not low <= arc.people + by <= high:
            return None
        search = _Search(self, hidden, target, bounds)
        start, end = (arc.head, arc.tail) if by > 0 else (arc.tail, arc.head)
        left = abs(by)
        while left:
            path = search.cheapest_path(start, end)
            if path is None:
                return None
            left -= search.push(path, left)
        return search.opened


class _Search:
    """Flow pushed around a target, hiding arcs on the way where that is cheapest."""

    def __init__(
        self, circulation: Circulation, hidden: Set[int], target: int, bounds: Bounds
    ) -> None:
        self.arcs = circulation.arcs
        self.steps = circulation.steps
        self.hidden = hidden
        self.target = target
        self.bounds = bounds
        self.opened: set[int] = set()
        self.change: dict[int, int] = defaultdict(int)

    def room(self, step: Step) -> float:
        """People by which an arc can still move in a direction."""
        number, direction = step
        low, high = self.bounds(number)
        now = self.arcs[number].people + self.change[number]
        return high - now if direction > 0 else now - low

    def price(self, number: int) -> int:
        is_open = number in self.hidden or number in self.opened
        return 0 if is_open else self.arcs[number].cost

    def cheapest_path(self, start: int, end: int) -> list[Step] | None:
        """Dijkstra over the arcs that have room; among equals the path of fewest arcs."""
        queue: list[tuple[int, int, int]] = [(0, 0, start)]
        best = {start: (0, 0)}
        came: dict[int, tuple[int, Step]] = {}
        while queue:
            paid, length, node = heappop(queue)
            if node == end:
                return _path(came, start, end)
            if (paid, length) > best[node]:
                continue
            for step, other in self.steps[node]:
                reached = (paid + self.price(step[0]), length + 1)
                if reached < best.get(other, _FAR) and self.may_take(step):
                    best[other] = reached
                    came[other] = (node, step)
                    heappush(queue, (*reached, other))
        return None

    def may_take(self, step: Step) -> bool:
        return step[0] != self.target and self.room(step) > 0

    def push(self, path: Sequence[Step], most: int) -> int:
        """Move as many people along a path as fit, at most `most`; tell how many."""
        people = int(min(most, *(self.room(step) for step in path)))
        for number, direction in path:
            self.change[number] += direction * people
            if number not in self.hidden:
                self.opened.add(number)
        return people


_FAR = (10**18, 0)
UNBOUNDED = inf


def _steps(arcs: Sequence[Arc]) -> Mapping[int, list[tuple[Step, int]]]:
    """From each node, the steps that leave it and where they lead."""
    steps: dict[int, list[tuple[Step, int]]] = {n: [] for arc in arcs for n in (arc.tail, arc.head)}
    for number, arc in enumerate(arcs):
        if not arc.fixed:
            steps[arc.tail].append(((number, 1), arc.head))
            steps[arc.head].append(((number, -1), arc.tail))
    return steps


def _path(came: Mapping[int, tuple[int, Step]], start: int, end: int) -> list[Step]:
    path, node = [], end
    while node != start:
        node, step = came[node]
        path.append(step)
    return path
