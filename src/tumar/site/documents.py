"""Generators of the reference pages: rules, states, data dictionary, sealed fields, codes."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

from django.apps import apps
from django.db import models
from django.utils import translation

from tumar.access import all_rules
from tumar.access.roles import ROLES
from tumar.people.rules import CONSENT_NEXT
from tumar.protection.rules import STATE_TABLES
from tumar.reference.codelists import code_list, code_list_keys
from tumar.vault.inventory import sealed_columns

ROOMS = ("access", "people", "protection", "evidence")
NOTICE = "<!-- Made from the code by `make docs`; do not edit. -->"


def rules_page() -> str:
    """Every role in plain words, and every act with its rule, for lawyers."""
    with translation.override("en"):
        roles = "\n".join(f"| {d.label} | {d.summary} |" for d in ROLES.values())
    return "\n".join(
        [
            "# Rules",
            NOTICE,
            "",
            "Seeing a record at all is decided before any of these: what an organisation was not",
            "granted does not exist for it.",
            "",
            "## Roles",
            "",
            "| role | what it is for |",
            "|---|---|",
            roles,
            *_acts(),
            "",
        ]
    )


def _acts() -> Iterator[str]:
    by_room: dict[str, list[str]] = defaultdict(list)
    for room in ROOMS:  # a room's rules are known once its policy was read
        import_module(f"tumar.{room}.policy")
    for act, rule in sorted(all_rules().items()):
        says = _first_paragraph(rule)
        by_room[act.split(".")[0]].append(f"| `{act}` | {says} |")
    for room in sorted(by_room):
        yield from ("", f"## {room.capitalize()}", "", "| act | rule |", "|---|---|")
        yield from by_room[room]


def states_page() -> str:
    """Every table of states, drawn."""
    lines = ["# States", NOTICE, "", "Drawn from the tables the commands obey."]
    for name, table in {**STATE_TABLES, "consent": CONSENT_NEXT}.items():
        lines += ["", f"## {name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
        reached = {to for targets in table.values() for to in targets}
        lines += [f"  [*] --> {state}" for state in table if state not in reached]
        lines += [f"  {state} --> {to}" for state, to in _steps(table)]
        lines += [f"  {state} --> [*]" for state, targets in table.items() if not targets]
        lines.append("```")
    return "\n".join([*lines, ""])


def _steps(table: object) -> Iterator[tuple[str, str]]:
    for state, targets in dict(table).items():  # type: ignore[call-overload]
        for to in sorted(targets):
            yield state, to


def dictionary_page() -> str:
    """Every table and column of the rooms."""
    lines = ["# Data dictionary", NOTICE, "", "🔒 is sealed: nobody reads it in the database."]
    for room in ("reference", "vault", "audit", *ROOMS):
        for model in sorted(apps.get_app_config(room).get_models(), key=lambda m: m.__name__):
            lines += ["", f"## {room}: {model.__name__}", "", _first_paragraph(model), ""]
            lines += ["| column | kind | what |", "|---|---|---|"]
            lines += [_column(field) for field in model._meta.concrete_fields]
    return "\n".join([*lines, ""])


def _first_paragraph(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _column(field: models.Field) -> str:  # type: ignore[type-arg]
    sealed = "🔒 " if type(field).__name__.startswith("Sealed") else ""
    kind = type(field).__name__.removesuffix("Field").lower()
    target = f" → {field.related_model._meta.label}" if field.is_relation else ""  # type: ignore[union-attr]
    listed = getattr(field, "code_list_key", "")
    codes = f" of `{listed}`" if listed else ""
    with translation.override("en"):
        return f"| `{field.column}` | {sealed}{kind}{target}{codes} | {field.verbose_name} |"


def sealed_page() -> str:
    """The inventory of everything that is sealed."""
    rows = [f"| `{c.table}` | `{c.column}` | {c.purpose} |" for c in sealed_columns()]
    return "\n".join(
        [
            "# Sealed fields",
            NOTICE,
            "",
            "Every sealed column, and the purpose of the key that opens it. A column that appears",
            "or disappears here is a change to review.",
            "",
            "| table | column | key |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def code_lists_page() -> str:
    """Every code list with its publisher and size."""
    lists = [code_list(key) for key in sorted(code_list_keys())]
    rows = [f"| `{c.key}` | {c.title} | {len(c.codes)} | {c.source} | {c.version} |" for c in lists]
    return "\n".join(
        [
            "# Code lists",
            NOTICE,
            "",
            "Files in `src/tumar/reference/codelists`.",
            "",
            "| key | title | codes | source | version |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )
