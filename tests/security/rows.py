"""The whole store as plain values, to see what an attack has changed in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from tumar.vault.fields import SealedField

NEVER_ALIKE = {"digest", "session_key", "session_data", "expire_date", "ref", "wrapped", "token"}
NOT_COMPARED = {"audit.line", "sessions.session", "contenttypes.contenttype", "auth.permission"}
Row = dict[str, Any]
Rows = dict[tuple[str, str], Row]


def snapshot() -> Rows:
    """Every row of every model by label and key, sealed columns opened."""
    found: Rows = {}
    for model in apps.get_models():
        if model._meta.label_lower in NOT_COMPARED:
            continue
        for row in _all(model):
            found[model._meta.label_lower, str(row.pk)] = _values(row)
    return found


def _all(model: type[models.Model]) -> Any:
    rows = model._default_manager.all()
    sealed = any(isinstance(f, SealedField) for f in model._meta.concrete_fields)
    return rows.select_related("data_key") if sealed else rows


def _values(row: models.Model) -> Row:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def difference(before: Rows, after: Rows) -> list[tuple[str, ...]]:
    """What changed, in words that are the same whenever the same thing happens again.

    Keys and moments that did not exist before are only called new: they differ each time.
    """
    known = {key for _label, key in before}
    changes = [
        (label, "changed" if key in known else "new", name, _said(value, known))
        for (label, key), row in after.items()
        for name, value in row.items()
        if before.get((label, key), {}).get(name, _NOTHING) != value
    ]
    gone = [(label, "gone", "", "") for (label, key) in before if (label, key) not in after]
    return sorted([*changes, *gone])


_NOTHING = object()


def _said(value: Any, known: set[str]) -> str:
    if isinstance(value, datetime | bytes | memoryview):
        return type(value).__name__
    if isinstance(value, UUID | int) and not isinstance(value, bool) and str(value) not in known:
        return "new" if isinstance(value, UUID) or value > 1000 else str(value)
    return str(value)


def told(changes: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The changes without columns that chance fills."""
    return [change if not _is_chance(change) else (*change[:3], "chance") for change in changes]


def _is_chance(change: tuple[str, ...]) -> bool:
    _label, kind, name, _value = change
    is_key = name in {"id", "pk"} or name.endswith("_id")
    return name in NEVER_ALIKE or name in {"pseudonym", "code_name"} or (kind == "new" and is_key)
