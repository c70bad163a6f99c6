"""`tumar audit`: the log, in which everything is a number or a code and nothing is a name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from tumar.site.cli.refusals import Refusal
from tumar.site.cli.starting import start_django

if TYPE_CHECKING:
    from tumar.audit.models import Line

app = typer.Typer(help="The log of every act and every look.", no_args_is_help=True)
READ = "audit.line.read"
SHOWN = 200  # lines at most; `export` writes all
Since = Annotated[
    datetime | None, typer.Option(help="From this day on (UTC).", formats=["%Y-%m-%d"])
]


@app.command("list")
def list_lines(
    *,
    since: Since = None,
    event: Annotated[str, typer.Option(help="For example protection.case.refer.")] = "",
    subject: Annotated[str, typer.Option(help="For example protection.case.")] = "",
) -> None:
    """Show the newest lines of the log.

    Example: tumar audit list --since 2026-01-31 --event people.identity.open
    """
    start_django()
    wanted = {"event": event, "subject": subject.lower()}
    given = {name: value for name, value in wanted.items() if value}
    if since:
        given["at__gte"] = since.replace(tzinfo=UTC).isoformat()
    _show(_read(given))


@app.command()
def who(pseudonym: Annotated[str, typer.Argument(help="As on the person's page.")]) -> None:
    """Show who looked at one person's data, or changed it.

    Example: tumar audit who K7M2-9QRT
    """
    start_django()
    from tumar.people.models import Person

    person = Person.objects.filter(pseudonym=pseudonym).values_list("pk", flat=True).first()
    if person is None:
        raise Refusal("Nobody here has this pseudonym.")
    _show(_read({"person": str(person)}, person))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file; it must not be there yet.")],
) -> None:
    """Write the whole log to a file, one line of JSON per event.

    Example: tumar audit export log.jsonl
    """
    start_django()
    lines = _read({}, newest_first=False)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        number = sum(1 for line in lines if out.write(line.canonical() + b"\n"))
    typer.echo(f"{number} lines written to {file}.")


def _read(
    given: dict[str, str], person: UUID | None = None, *, newest_first: bool = True
) -> Iterable[Line]:
    """The lines that fit, read as any look is: with a line about it."""
    from django.utils import timezone

    from tumar import audit
    from tumar.access import SYSTEM
    from tumar.audit.models import Line

    with audit.look(SYSTEM, READ, on=Line, at=timezone.now(), person=person):
        pass
    return Line.objects.filter(**given).order_by("-pk" if newest_first else "pk").iterator()


def _show(lines: Iterable[Line]) -> None:
    """One line each, its parts between tabs, so that grep and cut can work on it."""
    for line in islice(lines, SHOWN):
        facts = " ".join(f"{name}={value}" for name, value in line.facts.items())
        parts = (
            f"{line.at:%Y-%m-%d %H:%M:%S}",
            line.kind,
            line.event,
            f"user {line.user_id}",
            f"organisation {line.organisation_id}",
            f"{line.subject} {line.subject_id}".strip(),
            facts,
        )
        typer.echo("\t".join(parts))
