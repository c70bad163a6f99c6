"""Taking the whole store, as a thief would: all tables, the raw file, the keys of the cache."""

from __future__ import annotations

import base64
import glob
import os
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import connection, models

from tumar.vault.fields import SealedField

# Fewer letters could stand in a ciphertext by chance.
LEAST = 5


def rows() -> bytes:
    """Every value of every table as bytes, whatever its type, also of tables no model owns."""
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # our own names
            found += [_plain(value) for row in cursor.fetchall() for value in row]
    return b"\n".join(found)


def _plain(value: Any) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "surrogatepass")


def dump() -> bytes:
    """What a thief carries away: the database's own dump and, where there is one, its raw files."""
    return b"\n".join([rows(), *_dumped()])


def _dumped() -> Iterator[bytes]:
    if connection.vendor == "sqlite":
        assert connection.connection is not None
        yield "\n".join(connection.connection.iterdump()).encode("utf-8", "surrogatepass")
        name = str(connection.settings_dict["NAME"])
        for path in sorted(glob.glob(f"{name}*")):
            yield Path(path).read_bytes()
        return
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_dump"))
    assert programs, "pg_dump stands beside every PostgreSQL server"
    yield subprocess.run([programs[-1], *_where()], capture_output=True, check=True).stdout


def _where() -> list[str]:
    at = connection.settings_dict
    asked = {"host": at["HOST"], "port": at["PORT"], "username": at["USER"], "dbname": at["NAME"]}
    os.environ.setdefault("PGPASSWORD", str(at["PASSWORD"] or ""))
    return [f"--{name}={value}" for name, value in asked.items() if value]


def files() -> bytes:
    """All bytes and all names under the folder of sealed files."""
    there = [path for path in Path(settings.TUMAR_FILES).rglob("*") if path.is_file()]
    assert there, "something must lie there, or nothing is proved"
    return b"\n".join([*(path.read_bytes() for path in there), *(str(p).encode() for p in there)])


def cached() -> bytes:
    """Everything in the caches of this process, as it is stored."""
    found = [
        part
        for cache in caches.all(initialized_only=True)
        for item in getattr(cache, "_cache", {}).items()
        for part in map(_plain, item)
    ]
    return b"\n".join(found)


def sealed_models() -> Iterator[tuple[type[models.Model], list[SealedField[Any]]]]:
    """Every model with sealed columns."""
    for model in apps.get_models():
        fields = [f for f in model._meta.concrete_fields if isinstance(f, SealedField)]
        if fields:
            yield model, fields


def opened() -> Iterator[str]:
    """Every text that is sealed anywhere, opened: what nobody may find."""
    for model, fields in sealed_models():
        for row in model._default_manager.select_related("data_key"):
            for sealed in fields:
                yield from texts_of(getattr(row, sealed.name))


def texts_of(value: Any) -> Iterator[str]:
    """The texts in a value that was sealed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_of(each)


def disguises(text: str) -> Iterator[bytes]:
    """One text in every form in which it might lie somewhere."""
    turned = {text, text.upper(), text.lower(), text.casefold(), text[::-1]}
    for form in turned | {unicodedata.normalize("NFD", text)}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield form.encode(encoding)
    yield text.encode("unicode_escape")  # as JSON writes it
    yield text.encode().hex().encode()
    yield text.encode().hex().upper().encode()
    yield "".join(f"%{byte:02X}" for byte in text.encode()).encode()
    for offset in range(3):
        yield _in_base64(text.encode(), offset)


def _in_base64(text: bytes, offset: int) -> bytes:
    """What is always in the base64 of bytes that hold `text`, whatever stands around it."""
    whole = base64.b64encode(b"\0" * offset + text)
    first = -(-offset * 8 // 6)
    return whole[first : (offset + len(text)) * 8 // 6]


def hits(haystack: bytes, texts: Iterable[str]) -> list[str]:
    """The texts, and the words of texts, that stand there in any disguise."""
    wanted = {part for text in texts for part in (text, *text.split()) if len(part) >= LEAST}
    assert wanted, "something must be looked for, or nothing is proved"
    return sorted(each for each in wanted if any(form in haystack for form in disguises(each)))
