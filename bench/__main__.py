"""All tables: `make bench`, or `BENCH_CASES="10000 100000 1000000" make bench`.

Stores are made anew in a temporary folder, on SQLite and on a PostgreSQL of their own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from tools.postgres import throw_away_cluster

SIZES = os.environ.get("BENCH_CASES", "10000").split()
FILE = os.environ.get("BENCH_CTDC", "")  # the real file, if it is at hand


def main() -> None:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _pages(size, {"TUMAR_VAR": folder})
        with throw_away_cluster() as url, tempfile.TemporaryDirectory() as folder:
            _pages(size, {"TUMAR_VAR": folder, "TUMAR_DATABASE_URL": url})
    _run({}, "bench.weights")
    _run({}, "bench.evidence", *(["--file", FILE] if FILE else []))


def _pages(size: str, place: Mapping[str, str]) -> None:
    _run(place, "bench.generate", "--cases", size)
    _run(place, "bench.pages")


def _run(place: Mapping[str, str], module: str, *words: str) -> None:
    whole = {**os.environ, "TUMAR_MODE": "development", **place}
    subprocess.run([sys.executable, "-m", module, *words], env=whole, check=True)


if __name__ == "__main__":
    main()
