"""Run every part of the tests, go on when one fails, and close with the sum of all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

NO_TESTS = 5  # pytest's exit code when a part has none


class Outcome(NamedTuple):
    """How many tests of a part passed, failed and were skipped."""

    passed: int
    failed: int
    skipped: int


def main() -> int:
    began = time.monotonic()
    parts = {
        "unit and house tests, SQLite": ("sqlite", "not browser", "-n2"),
        "unit and house tests, PostgreSQL": ("postgresql", "not browser and not once", "-n2"),
        "browser tests": ("sqlite", "browser"),
    }
    whole = [_check()] + [_tests(name, *part) for name, part in parts.items()]
    passed, failed, skipped = (sum(counts) for counts in zip(*whole, strict=True))
    unseen = f", {skipped} skipped" if skipped else ""
    _say(f"\n{passed} passed, {failed} failed{unseen} in {time.monotonic() - began:.0f}s")
    return 1 if failed or skipped else 0


def _check() -> Outcome:
    _say("== checks")
    checking = ["make", "--no-print-directory", "--keep-going", "check"]
    good = subprocess.run(checking, check=False).returncode == 0
    _say("checks passed" if good else "checks failed")
    return Outcome(passed=int(good), failed=int(not good), skipped=0)


def _tests(name: str, database: str, marks: str, *more: str) -> Outcome:
    _say(f"\n== {name}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "counts.json"  # written by tests/plumbing/house.py
        done = subprocess.run(
            [sys.executable, "-m", "pytest", f"--database={database}", "-m", marks, *more],
            env={**os.environ, "TUMAR_TEST_REPORT": str(report)},
            check=False,
        )
        counts = json.loads(report.read_text()) if report.exists() else {}
    outcome = Outcome(*(counts.get(name, 0) for name in Outcome._fields))
    if done.returncode and not outcome.failed:
        _say(f"{name}: {'no tests' if done.returncode == NO_TESTS else 'could not be run'}")
        return outcome._replace(failed=1)
    return outcome


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
