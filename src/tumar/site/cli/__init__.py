"""The command line: one file per command, one place where errors become sentences."""

import sys
from typing import NoReturn

import typer

from tumar.site.cli import audit, exporting, importing, keys
from tumar.site.cli.demo import demo
from tumar.site.cli.doctor import doctor
from tumar.site.cli.hourly import hourly
from tumar.site.cli.refusals import leave
from tumar.site.cli.serve import serve
from tumar.site.cli.setup import setup

app = typer.Typer(
    name="tumar",
    help="The working system of a country's response to trafficking in persons.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(demo)
app.command()(serve)
app.command()(setup)
app.add_typer(importing.app, name="import")
app.add_typer(exporting.app, name="export")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.command()(doctor)
app.command()(hourly)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and end the process: 0 if it was done, else a sentence on stderr."""
    try:
        code = app(arguments, prog_name="tumar", standalone_mode=False)
    except BaseException as error:
        leave(error)
    sys.exit(code or 0)
