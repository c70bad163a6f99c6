"""How long an import takes, and the page of statistics over a million records.

python bench/evidence.py [--file CTDC.csv.gz] [--records 1000000]

Prints one table for both databases. Without --file a file of 97,750 invented rows is made.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

TREE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TREE), str(TREE / "src")]

ROWS = 97_750
VIEWS = 60
GOALS = {
    "import of 97,750 rows": "60 s",
    "memory while importing": "500 MB",
    "the same file again": "–",
    "statistics page, p95": "300 ms",
    "statistics page of some years, p95": "300 ms",
}


def invented(path: Path, rows: int, seed: int) -> Path:
    """A file of rows as plausible as they need be: a few are common, most are rare."""
    from tumar.evidence.rules.layouts import layouts

    chance = random.Random(seed)  # noqa: S311
    lands = ["KGZ", "UZB", "TJK", "RUS", "KAZ", "UKR", "PHL", "MDA", "USA", "IND", "NGA", "THA"]
    lands += ["MMR", "KHM", "IDN", "BGR", "ROU", "GHA", "ETH", "NPL", "LKA", "BGD", "VNM", ""]
    weights = [1 / (n + 1) for n in range(len(lands))]
    said = {
        "year": lambda: str(chance.randint(2004, 2023)),
        "gender": lambda: chance.choices(["Woman", "Man", ""], [7, 2, 1])[0],
        "age": lambda: chance.choice(["9--17", "18--20", "21--23", "30--38", "48+", ""]),
        "months": lambda: chance.choice(["0--12 (0-1 yr)", "25+ (2+ yrs)", ""]),
        "yesno": lambda: chance.choices(["1", ""], [1, 4])[0],
    }
    land = lambda: chance.choices(lands, weights)[0]  # noqa: E731
    columns = layouts()["ctdc27"].columns
    with path.open("w") as file:
        file.write(",".join(column.name for column in columns) + "\n")
        for _ in range(rows):
            file.write(",".join(said.get(column.kind, land)() for column in columns) + "\n")
    return path


def measure(file: Path | None, records: int, folder: Path) -> Iterator[tuple[str, str]]:
    """The measurements on the database of this process."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import reverse

    # Asked for first: a fault of the house shows now, not after minutes of importing.
    address = reverse("evidence:statistics")
    call_command("migrate", verbosity=0)
    from tumar.access import SYSTEM
    from tumar.evidence.exchange import import_ctdc

    now = datetime.fromtimestamp(time.time(), UTC)
    source = file or invented(folder / "rows.csv", ROWS, seed=1)
    for what in ("import of 97,750 rows", "the same file again"):
        start = time.perf_counter()
        import_ctdc(actor=SYSTEM, path_or_file=source, keep="none", at=now)
        yield what, f"{time.perf_counter() - start:.1f} s"
        if what in GOALS and what.startswith("import"):
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield "memory while importing", f"{memory:.0f} MB"
    if records > ROWS:
        more = invented(folder / "more.csv", records - ROWS, seed=2)
        import_ctdc(actor=SYSTEM, path_or_file=more, keep="none", at=now)
    yield "statistics page, p95", page(f"{address}?source=imported")
    yield "statistics page of some years, p95", page(f"{address}?since=2010&until=2015")


def page(address: str) -> str:
    """95 of 100 views of a page by an analyst are at least as fast."""
    from django.test import Client

    from tests.factories import MembershipFactory
    from tumar.access import Role

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(MembershipFactory.create(role=Role.ANALYST).user)
    spent = []
    for _ in range(VIEWS):
        start = time.perf_counter()
        answer = client.get(address)
        spent.append((time.perf_counter() - start) * 1000)
        assert answer.status_code == 200, answer.status_code
    return f"{quantiles(spent, n=20)[-1]:.0f} ms"


def on(url: str, arguments: argparse.Namespace) -> dict[str, str]:
    """Run the measurements in a process of their own, so that memory is theirs alone."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "TUMAR_MODE": "test",
            "TUMAR_VAR": folder,
            "TUMAR_KEYS": f"{folder}/keys",
            "DJANGO_SETTINGS_MODULE": "tumar.site.settings",
            "TUMAR_DATABASE_URL": url or f"sqlite:///{folder}/bench.sqlite3",
        }
        command = [sys.executable, __file__, "--here", folder, "--records", str(arguments.records)]
        if arguments.file:
            command += ["--file", str(arguments.file)]
        done = subprocess.run(
            command, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        print(json.dumps(dict(measure(arguments.file, arguments.records, arguments.here))))
        return
    from tools.postgres import throw_away_cluster

    sqlite = on("", arguments)
    with throw_away_cluster() as url:
        postgres = on(url, arguments)
    print(f"{arguments.records:,} records")
    print(f"{'':36} {'goal':>8} {'SQLite':>10} {'PostgreSQL':>12}")
    for what, goal in GOALS.items():
        print(f"{what:36} {goal:>8} {sqlite[what]:>10} {postgres[what]:>12}")


if __name__ == "__main__":
    main()
