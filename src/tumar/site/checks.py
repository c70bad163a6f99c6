"""Is this installation safe and whole? Asked before serving, and by `tumar doctor`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks as django_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tumar.site.environment import VARIABLES
from tumar.site.proxies import networks

SHORTEST_KEY = 50  # characters, as Django's own check asks
FEWEST_CHARACTERS = 10  # different ones; a random key in hexadecimal has about 16
SAMPLES = ("insecure", "changeme", "change-me", "secret", "example", "password", "0123456789")
COMMON_PASSWORDS = {"", "tumar", "postgres", "password", "secret", "changeme", "admin", "demo"}
OTHERS = 0o077  # permission bits of everybody but the owner
# What Django would say again of an http origin, the key, DEBUG and the hosts.
SAID_ALREADY = {f"security.W{number:03}" for number in (4, 8, 9, 12, 16, 18, 20)}

Check = Callable[[], Iterator[str]]


class NotReady(Exception):
    """Tumar must not be started like this; the message has a sentence for each problem."""


class Finding(NamedTuple):
    """What one check found: nothing, or sentences that say what is wrong and what to do."""

    name: str
    problems: tuple[str, ...]


def findings() -> list[Finding]:
    """All checks that count in this mode; safety is asked of production only."""
    asked = {**(SAFE if settings.MODE == "production" else {}), **WHOLE}
    return [Finding(name, tuple(check())) for name, check in asked.items()]


def refuse_unless_ready() -> None:
    """Go on only if nothing is wrong.

    Raises:
        NotReady: with every problem that was found.
    """
    problems = [problem for finding in findings() for problem in finding.problems]
    if problems:
        raise NotReady("\n".join(problems))


# --- Safety --------------------------------------------------------------------------------


def _debugging() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on, so an error page would show what is in memory; turn it off."


def _secret_key() -> Iterator[str]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:  # what Django says of an empty one
        yield "TUMAR_SECRET_KEY is missing; `tumar setup` makes one."
        return
    if _is_weak(key):
        yield (
            "TUMAR_SECRET_KEY is weak; it must be at least "
            f"{SHORTEST_KEY} characters of chance, as `tumar setup` makes."
        )


def _is_weak(key: str) -> bool:
    repeats = key in (key + key)[1:-1]
    sampled = any(sample in key.casefold() for sample in SAMPLES)
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS or repeats or sampled


def _origin() -> Iterator[str]:
    parts = urlsplit(settings.ORIGIN)
    if parts.scheme != "https":
        yield f"TUMAR_ORIGIN is {settings.ORIGIN}, which is not https; names would travel readable."
    if not parts.hostname or parts.path or parts.query:
        yield f"TUMAR_ORIGIN must be a scheme and a host and no more, not {settings.ORIGIN}."


def _hosts() -> Iterator[str]:
    if not settings.ALLOWED_HOSTS:
        yield "No host is allowed; set TUMAR_ORIGIN to the address people type."
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield "TUMAR_HOSTS allows any host; name each."


def _proxies() -> Iterator[str]:
    try:
        trusted = networks(tuple(settings.TUMAR_TRUSTED_PROXIES))
    except ValueError as problem:
        yield f"TUMAR_TRUSTED_PROXIES: {problem}."
        return
    if any(network.prefixlen == 0 for network in trusted):
        yield "TUMAR_TRUSTED_PROXIES trusts every address; name the proxy's."


def _misspelt() -> Iterator[str]:
    for name in sorted(os.environ):
        if name.startswith("TUMAR_") and name.removesuffix("_FILE") not in VARIABLES:
            yield f"{name} is no setting of Tumar; unset it, or correct its name."


def _configuration() -> Iterator[str]:
    if settings.CONFIG and settings.CONFIG.stat().st_mode & 0o007:
        yield f"{settings.CONFIG} can be read by everybody on this machine; chmod 600 it."


def _key_folder_place() -> Iterator[str]:
    if Path(settings.TUMAR_KEYS).resolve().is_relative_to(Path(settings.VAR).resolve()):
        yield (
            f"TUMAR_KEYS ({settings.TUMAR_KEYS}) lies inside TUMAR_VAR, "
            "so one stolen backup would hold both; move it out."
        )


def _key_files() -> Iterator[str]:
    folder = Path(settings.TUMAR_KEYS)
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.stat().st_mode & OTHERS:
            yield f"{path} is open to other users of this machine; chmod 600 it."


def _database_password() -> Iterator[str]:
    parts = settings.DATABASES["default"]
    networked = parts.get("HOST", "") and not parts["HOST"].startswith("/")
    if networked and parts["PASSWORD"].casefold() in COMMON_PASSWORDS | {parts["USER"].casefold()}:
        yield "The password in TUMAR_DATABASE_URL is missing or a common one; choose another."


def _database_file() -> Iterator[str]:
    parts = settings.DATABASES["default"]
    if not parts["ENGINE"].endswith("sqlite3"):
        return
    name = Path(parts["NAME"])
    for path in sorted(name.parent.glob(f"{name.name}*")):
        if path.stat().st_mode & OTHERS:
            yield f"{path} is open to other users of this machine; chmod 600 it."


def _django() -> Iterator[str]:
    for message in django_checks.run_checks(include_deployment_checks=True):
        heard = message.is_silenced() or message.id in SAID_ALREADY
        if message.level >= django_checks.WARNING and not heard:
            yield f"{message.id}: {' '.join(message.msg.split())}"


# --- Wholeness -----------------------------------------------------------------------------


def _keys() -> Iterator[str]:
    from tumar.vault.keyring import KeysMissing, KeysWrong, ring

    try:
        ring()
    except (KeysMissing, KeysWrong) as problem:
        yield f"TUMAR_KEYS: {problem}"


def _database() -> Iterator[str]:
    try:
        connection.ensure_connection()
    except DatabaseError as problem:
        yield (
            f"The database does not answer ({type(problem).__name__}); "
            "see TUMAR_DATABASE_URL and whether its server runs."
        )
        return
    if has_unapplied_migrations():
        yield "The database is not up to date; run `tumar setup` again, it keeps what is there."
    else:
        yield from _keys_of_this_database()


def has_unapplied_migrations() -> bool:
    """Is the database behind the code?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _keys_of_this_database() -> Iterator[str]:
    from tumar.vault.keyring import KeysMissing, KeysWrong
    from tumar.vault.signs import check_signs

    try:
        check_signs()
    except KeysMissing:
        return  # said by the check of the key folder
    except KeysWrong as problem:
        yield f"TUMAR_KEYS: {problem}"


SAFE: dict[str, Check] = {
    "Debugging is off": _debugging,
    "Secret key": _secret_key,
    "Address is https": _origin,
    "Allowed hosts": _hosts,
    "Trusted proxies": _proxies,
    "Names of settings": _misspelt,
    "Configuration file is closed": _configuration,
    "Keys lie apart from the data": _key_folder_place,
    "Key files are closed": _key_files,
    "Password of the database": _database_password,
    "Database file is closed": _database_file,
    "Django's own checks": _django,
}
WHOLE: dict[str, Check] = {
    "Key folder": _keys,
    "Database": _database,
}
