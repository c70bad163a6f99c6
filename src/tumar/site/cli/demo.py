"""`tumar demo`: the demonstration country, made and served in one go."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from tumar.site.cli.refusals import Refusal
from tumar.site.cli.starting import start_django

SEED = 2017
# What a demonstration makes: thrown away with it, and nothing else in the folder is.
MADE = ("demonstration", "keys", "files", "tumar.sqlite3", "tumar.sqlite3-shm", "tumar.sqlite3-wal")

Progress = Callable[[int, int], None]


class Loader(Protocol):
    """`tumar.site.demo.load`: tells `progress` how many of how many records are made."""

    def __call__(self, *, seed: int, at: datetime, progress: Progress) -> None: ...


def demo(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    seed: Annotated[int, typer.Option(help="The same seed makes the same country.")] = SEED,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the old one away first.")] = False,
    load_only: Annotated[bool, typer.Option("--load-only", help="Do not serve.")] = False,
) -> None:
    """Serve an invented country, on this machine only: its doors need no password.

    Example: tumar demo --port 8080
    """
    _turn_to_demonstration(port)
    start_django()
    from tumar.site.cli.server import run

    _make(seed, fresh=fresh)
    if not load_only:
        run(host="127.0.0.1", port=port, workers=2)


def _turn_to_demonstration(port: int) -> None:
    # Settings of a real installation may be in the environment; none of them may count here.
    for name in [name for name in os.environ if name.startswith("TUMAR_")]:
        if name not in {"TUMAR_VAR", "TUMAR_LOG_LEVEL"}:
            del os.environ[name]
    os.environ["TUMAR_MODE"] = "demo"
    os.environ["TUMAR_ORIGIN"] = f"http://127.0.0.1:{port}"


def _make(seed: int, *, fresh: bool) -> None:
    """Load the country unless this one is there; one that was left half loaded is not kept."""
    from django.conf import settings

    from tumar.site.cli.preparing import collect_static, make_keys, migrate

    stamp = Path(settings.VAR) / "demonstration"
    loaded = stamp.exists() and stamp.read_text() == str(seed) and not fresh
    if not loaded:
        _throw_away(Path(settings.VAR))
    make_keys()
    migrate()
    collect_static()
    if not loaded:
        _load(seed)
        stamp.write_text(str(seed))


def _throw_away(folder: Path) -> None:
    for path in (folder / name for name in MADE):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _load(seed: int) -> None:
    from django.utils import timezone
    from rich.progress import Progress as Bar

    try:
        load = cast("Loader", importlib.import_module("tumar.site.demo").load)
    except ModuleNotFoundError as missing:
        raise Refusal("This version of Tumar has no demonstration country.") from missing
    with Bar() as bar:
        task = bar.add_task("Making the country", total=None)
        load(
            seed=seed,
            at=timezone.now(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
