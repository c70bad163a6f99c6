"""`tumar import`: records from published layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, Protocol

import typer
from rich.console import Console
from rich.table import Table

from tumar.site.cli.acting import As, actor_named
from tumar.site.cli.refusals import CANNOT
from tumar.site.cli.starting import start_django

app = typer.Typer(help="Take in records from a file.", no_args_is_help=True)
SHOWN = 50  # bad cells that are told one by one
Source = Annotated[Path, typer.Argument(help="The file.", exists=True, dir_okay=False)]
OnlyGood = Annotated[
    bool, typer.Option("--only-good", help="Keep the good rows even if others are bad.")
]
Progress = Callable[[int, int | None], None]


class BadCell(Protocol):
    """What is wrong in one place of a file; never what stood there."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def reason(self) -> str: ...


@app.command()
def ctdc(
    file: Source,
    *,
    only_good: OnlyGood = False,
    title: Annotated[str, typer.Option(help="What tables call the source.")] = "",
) -> None:
    """Take in a file in a layout of the Counter-Trafficking Data Collaborative.

    Its records are anonymous: they enter statistics, never casework.

    Example: tumar import ctdc CTDC_global_dataset.csv
    """
    start_django()
    from django.utils import timezone

    from tumar.access import SYSTEM
    from tumar.evidence.exchange import import_ctdc

    with _progress(file) as progress:
        report = import_ctdc(
            actor=SYSTEM,
            path_or_file=file,
            keep=_keep(only_good=only_good),
            at=timezone.now(),
            title=title,
            progress=progress,
        )
    _tell(str(report), report.refusals, only_good=only_good)


@app.command()
def htcds(
    file: Source,
    *,
    user: As,
    only_good: OnlyGood = False,
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help="Pass over columns not of the standard.")
    ] = False,
) -> None:
    """Take in cases in the Human Trafficking Case Data Standard (XLSX or CSV).

    The organisation of the user leads them.

    Example: tumar import htcds cases.xlsx --as aigul
    """
    start_django()
    from django.utils import timezone

    from tumar.protection.exchange import import_htcds

    with _progress(file) as progress:
        report = import_htcds(
            actor=actor_named(user),
            path_or_file=file,
            keep=_keep(only_good=only_good),
            at=timezone.now(),
            ignore_unknown=ignore_unknown,
            progress=progress,
        )
    _tell(str(report), report.refusals, only_good=only_good)


def _keep(*, only_good: bool) -> Literal["good", "none"]:
    return "good" if only_good else "none"


@contextmanager
def _progress(file: Path) -> Iterator[Progress]:
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True)) as bar:
        task = bar.add_task(f"Reading {file.name}", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(outcome: str, bad: Sequence[BadCell], *, only_good: bool) -> None:
    """Say what became of the file; what is bad in a table, and a failure if nothing was kept."""
    if bad:
        table = Table("Row", "Column", "Reason")
        for cell in bad[:SHOWN]:
            table.add_row(str(cell.row), cell.column, cell.reason)
        Console().print(table)
        if len(bad) > SHOWN:
            typer.echo(f"And {len(bad) - SHOWN} more.")
    nothing_kept = bool(bad) and not only_good
    typer.echo(outcome, err=nothing_kept)
    if nothing_kept:
        raise typer.Exit(CANNOT)
