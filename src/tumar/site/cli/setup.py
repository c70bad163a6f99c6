"""`tumar setup`: a real installation, from the keys to the first administrator."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from tumar.site.cli.refusals import Refusal
from tumar.site.cli.starting import start_django
from tumar.site.environment import USUAL_CONFIG

KEY_BYTES = 64  # of chance in the secret key; 86 characters when written
USUAL = {
    "TUMAR_DATABASE_URL": "postgres:///tumar",
    "TUMAR_KEYS": "/etc/tumar/keys",
    "TUMAR_VAR": "/var/lib/tumar",
    "TUMAR_TRUSTED_PROXIES": "127.0.0.1",
}
QUESTIONS = {
    "TUMAR_COUNTRY": "Country (three letters, ISO 3166-1)",
    "TUMAR_ORIGIN": "Address people will type (https://...)",
    "TUMAR_DATABASE_URL": "Database URL",
    "TUMAR_KEYS": "Folder for the keys",
    "TUMAR_VAR": "Folder for the data",
    "TUMAR_TRUSTED_PROXIES": "Address of the proxy in front",
    "organisation": "Name of the organisation that runs Tumar",
}


def setup(
    *,
    country: Annotated[str | None, typer.Option(help="Three letters, as KGZ.")] = None,
    origin: Annotated[str | None, typer.Option(help="https and host.")] = None,
    database: Annotated[
        str | None, typer.Option(help="Database URL; with a password in it, better asked for.")
    ] = None,
    keys: Annotated[str | None, typer.Option(help="Folder for the keys.")] = None,
    var: Annotated[str | None, typer.Option(help="Folder for the data.")] = None,
    proxy: Annotated[str | None, typer.Option(help="Address of the proxy in front.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Who runs Tumar.")] = None,
    config: Annotated[Path, typer.Option(help="The configuration to write.")] = USUAL_CONFIG,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take what is usual.")] = False,
) -> None:
    """Make an installation for real persons, or bring one up to date.

    Makes the keys, the secret key and the database, and prints a link that works once, with which
    the first administrator chooses a password. What is there already is never overwritten.

    Example: tumar setup --country KGZ --origin https://tumar.example.org --database postgres:///tumar
    """
    given = {
        "TUMAR_COUNTRY": country,
        "TUMAR_ORIGIN": origin,
        "TUMAR_DATABASE_URL": database,
        "TUMAR_KEYS": keys,
        "TUMAR_VAR": var,
        "TUMAR_TRUSTED_PROXIES": proxy,
        "organisation": organisation,
    }
    if config.exists():
        _bring_up_to_date(config, given)
    else:
        _install(config, {name: _answer(name, given[name], yes=yes) for name in QUESTIONS})


def _answer(name: str, given: str | None, *, yes: bool) -> str:
    if given is not None:
        return given
    if not yes:
        return str(typer.prompt(QUESTIONS[name], default=USUAL.get(name)))
    if name not in USUAL:
        flag = name.removeprefix("TUMAR_").lower()
        raise Refusal(f"With --yes, --{flag} must be given.")
    return USUAL[name]


def _bring_up_to_date(config: Path, given: Mapping[str, str | None]) -> None:
    if any(value for name, value in given.items() if name != "organisation"):
        raise Refusal(
            f"{config} is there already and is never overwritten; change it by hand, "
            "or run `tumar setup` without settings to bring the database up to date."
        )
    _use({"TUMAR_CONFIG": str(config)})
    start_django()
    _prepare()
    typer.echo(f"Kept {config} and the keys; the database is up to date.")
    _invite(given["organisation"] or "")


def _install(config: Path, answers: Mapping[str, str]) -> None:
    organisation = answers["organisation"].strip()
    pairs = {name: value for name, value in answers.items() if name != "organisation"}
    pairs |= {"TUMAR_MODE": "production", "TUMAR_SECRET_KEY": secrets.token_urlsafe(KEY_BYTES)}
    _use(pairs)
    start_django()
    _refuse_bad_answers(organisation)
    _reach_database()
    _make_keys()
    _write(config, pairs)
    _prepare()
    typer.echo(f"Configuration written to {config}.")
    _invite(organisation)


def _use(pairs: Mapping[str, str]) -> None:
    # What is set up is what was answered: a variable left over from elsewhere must not decide.
    for name in [name for name in os.environ if name.startswith("TUMAR_")]:
        del os.environ[name]
    os.environ.update(pairs)


def _refuse_bad_answers(organisation: str) -> None:
    from django.conf import settings

    from tumar.reference.codelists import code_list

    if settings.TUMAR_COUNTRY not in code_list("countries").codes:
        raise Refusal(f"{settings.TUMAR_COUNTRY} is not a country's three letters, as KGZ.")
    if not settings.HTTPS or not settings.HOST:
        raise Refusal(f"The address must begin with https://, not be {settings.ORIGIN}.")
    if not organisation:
        raise Refusal("The organisation that runs Tumar needs a name.")


def _reach_database() -> None:
    from django.conf import settings
    from django.db import DatabaseError, connection

    Path(settings.VAR).mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        raise Refusal("The database does not answer; see --database.") from problem


def _make_keys() -> None:
    from django.conf import settings

    from tumar.site.cli.preparing import make_keys

    made = make_keys()
    typer.echo(f"Keys {'made' if made else 'that were there are kept'} in {settings.TUMAR_KEYS}.")


def _write(config: Path, pairs: Mapping[str, str]) -> None:
    config.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = ["# Settings of Tumar; docs/reference/settings.md explains each."]
    lines += [f"{name}={value}" for name, value in sorted(pairs.items())]
    handle = os.open(config, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(lines) + "\n")


def _prepare() -> None:
    from tumar.site.cli.preparing import collect_static, migrate

    migrate()
    collect_static()


def _invite(organisation: str) -> None:
    """Print the first administrator's link, unless somebody can sign in already."""
    from django.conf import settings
    from django.utils import timezone

    from tumar.access.commands import invite_first_administrator
    from tumar.access.models import User
    from tumar.reference.models import Organisation

    if User.objects.exists():
        return
    if not organisation:
        raise Refusal("There is no administrator yet: run it again with --organisation.")
    described = {"kind": "central_government", "country": settings.TUMAR_COUNTRY}
    first, _made = Organisation.objects.get_or_create(
        key="administration", defaults={"name": organisation, **described}
    )
    token = invite_first_administrator(organisation=first, at=timezone.now())
    typer.echo("The first administrator chooses a password here; the link works once:")
    typer.echo(f"{settings.ORIGIN}{_address_of(token)}")


def _address_of(token: str) -> str:
    from django.urls import reverse

    return reverse("invitation", args=[token])
