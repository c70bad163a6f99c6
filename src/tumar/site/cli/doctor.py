"""`tumar doctor`: what is wrong with this installation, and what to do."""

import typer
from rich.console import Console
from rich.table import Table

from tumar.site.cli.refusals import CANNOT
from tumar.site.cli.starting import start_django


def doctor() -> None:
    """Check the settings, the keys and the database, and say what to do.

    Example: tumar doctor
    """
    start_django()
    from django.conf import settings

    from tumar.site.checks import findings

    found = findings()
    table = Table("Check", "", "What to do", title=f"Tumar, mode {settings.MODE}")
    for name, problems in found:
        table.add_row(name, "problem" if problems else "ok", "\n".join(problems))
    Console().print(table)
    if any(problems for _name, problems in found):
        raise typer.Exit(CANNOT)
