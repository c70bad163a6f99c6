"""How figures are taken: after a warm-up, p95 of many runs; and how tables are printed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

RUNS = 60
WARM_UP = 5


def p95(work: Callable[[], object], runs: int = RUNS) -> float:
    """The 95th percentile of `runs` runs, in milliseconds of wall time."""
    return sorted(times(work, runs))[int(runs * 0.95) - 1]


def times(work: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Milliseconds of each run, after a warm-up that does not count."""
    for _ in range(WARM_UP):
        work()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    print(f"\n**{title}**\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
