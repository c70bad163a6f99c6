"""The table as a file: a row for every address, method and relation, a column for every role."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.access_matrix.walk import COLUMNS, Cells, Key

FILE = Path(__file__).with_name("table.csv")
KEY = ("address", "method", "relation")


def read() -> dict[Key, Cells]:
    """Every row of the file."""
    if not FILE.exists():
        return {}
    with FILE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["address"], row["method"], row["relation"]): {name: row[name] for name in COLUMNS}
        for row in rows
    }


def write(rows: dict[Key, Cells]) -> None:
    """Put rows into the file, in the order of the addresses."""
    with FILE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*KEY, *COLUMNS])
        writer.writerows([*key, *(found[name] for name in COLUMNS)] for key, found in rows.items())
