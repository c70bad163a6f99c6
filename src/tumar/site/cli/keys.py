"""`tumar keys`: the keys of this installation, without ever showing one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tumar.site.cli.starting import start_django

app = typer.Typer(help="The keys that open what is sealed.", no_args_is_help=True)


@app.command("list")
def list_keys() -> None:
    """Show each key's name and fingerprint, never the key.

    Example: tumar keys list
    """
    start_django()
    from tumar.vault.keyring import ring

    table = Table("Key", "Fingerprint")
    for name, fingerprint in ring().fingerprints().items():
        table.add_row(name, fingerprint)
    Console().print(table)


@app.command()
def make(
    folder: Annotated[Path, typer.Argument(help="A folder outside the database's backups.")],
) -> None:
    """Make a folder with fresh keys; a folder that holds keys is left as it is.

    Example: tumar keys make /etc/tumar/keys
    """
    start_django()
    from tumar.vault.keyring import make_folder

    make_folder(folder)
    typer.echo(f"Keys made in {folder}. Keep a copy apart from the backups of the database.")


@app.command()
def check() -> None:
    """Say whether the key folder opens this database.

    Example: tumar keys check
    """
    start_django()
    from tumar.vault.signs import check_signs

    check_signs()
    typer.echo("The keys are those of this database.")
