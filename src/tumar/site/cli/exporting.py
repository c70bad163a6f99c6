"""`tumar export`: records and statistics into published layouts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tumar.site.cli.acting import As, actor_named
from tumar.site.cli.refusals import Refusal
from tumar.site.cli.starting import start_django

app = typer.Typer(help="Write records or statistics to a file.", no_args_is_help=True)
Target = Annotated[Path, typer.Argument(help="The file; it must not be there yet.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@app.command()
def htcds(
    file: Target,
    *,
    user: As,
    purpose: Annotated[str, typer.Option(help="Why: a code of the list `purposes`.")],
    since: Day = None,
    until: Day = None,
    with_identity: Annotated[
        bool, typer.Option("--with-identity", help="Of persons who have agreed to it.")
    ] = False,
) -> None:
    """Write the cases on a user's desk in the Human Trafficking Case Data Standard (XLSX or CSV).

    Example: tumar export htcds cases.xlsx --as aigul --purpose donor_reporting
    """
    start_django()
    from django.utils import timezone

    from tumar.protection.exchange import Wish, export_htcds
    from tumar.reference.codelists import code_list

    _refuse_to_overwrite(file)
    if purpose not in code_list("purposes").codes:
        raise Refusal(f"The purpose must be one of {', '.join(code_list('purposes').codes)}.")
    wish = Wish(
        purpose=purpose,
        kind="csv" if file.suffix == ".csv" else "xlsx",
        with_identity=with_identity,
        since=_day(since),
        until=_day(until),
    )
    report = export_htcds(actor=actor_named(user), path_or_file=file, wish=wish, at=timezone.now())
    typer.echo(str(report))


@app.command()
def statistics(file: Target) -> None:
    """Write the statistics page's tables, small counts hidden (CSV or XLSX).

    Example: tumar export statistics statistics.csv
    """
    start_django()
    from django.utils import timezone

    from tumar.access import SYSTEM
    from tumar.evidence.exchange import export_statistics

    _refuse_to_overwrite(file)
    report = export_statistics(actor=SYSTEM, path_or_file=file, at=timezone.now())
    typer.echo(str(report))


def _refuse_to_overwrite(file: Path) -> None:
    if file.exists():
        raise Refusal(f"{file} is there already; nothing was overwritten.")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
