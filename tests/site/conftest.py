"""An installation as `tumar setup` makes it, used by real processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from tests.plumbing.house import FOLDER

PROGRAM = [sys.executable, "-c", "from tumar.site.cli import main; main()"]
PATIENCE = 600  # seconds until a process that hangs is ended; far more than any needs


@dataclass(frozen=True)
class Done:
    """How a process ended."""

    code: int
    out: str
    err: str


def tumar(*words: object, typed: str = "", **environment: str) -> Done:
    """Run `tumar` with no other TUMAR_* variable than those given."""
    done = subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=clean(environment),
        input=typed,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def clean(environment: dict[str, str]) -> dict[str, str]:
    """The environment of this process without what the test run has put there."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TUMAR_", "DJANGO_"))
    }
    return {**own, "COLUMNS": "200", **environment}


@dataclass(frozen=True)
class Installation:
    """Where an installation keeps its parts, and how its first set-up went."""

    folder: Path
    made: Done

    @property
    def config(self) -> Path:
        return self.folder / "tumar.env"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    def tumar(self, *words: object, **environment: str) -> Done:
        return tumar(*words, TUMAR_CONFIG=str(self.config), **environment)


def set_up(folder: Path, *more: str) -> Done:
    return tumar(
        "setup", "--yes", "--country=KGZ", "--origin=https://tumar.example.org",
        f"--database=sqlite:///{folder}/var/tumar.sqlite3", f"--keys={folder}/keys",
        f"--var={folder}/var", f"--config={folder}/tumar.env", "--organisation=Example agency",
        *more,
    )  # fmt: skip


@pytest.fixture(scope="session")
def installation() -> Installation:
    """Made once for all workers of a run; whoever changes it takes `copied`."""
    folder = Path(os.environ[FOLDER]) / "installation"
    made = folder.with_suffix(".json")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_text(json.dumps(asdict(set_up(folder))))
    return Installation(folder, Done(**json.loads(made.read_text())))


@pytest.fixture
def copied(installation: Installation, tmp_path: Path) -> Callable[[], Installation]:
    """A copy of the installation that a test may spoil."""

    def copy() -> Installation:
        folder = tmp_path / "tumar"
        shutil.copytree(installation.folder, folder)
        config = folder / "tumar.env"
        content = config.read_text().replace(str(installation.folder), str(folder))
        config.write_text(content)
        return Installation(folder, installation.made)

    return copy
