"""The columns of HTCDS 2.0, read from `fields.csv`, and how a heading is recognised.

Source: IOM, Human Trafficking Case Data Standard 2.0 (CC BY 4.0), commit 3c2f653 of its
repository; `kind`, `list` and `becomes` are our own reading of it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "fields.csv"

# What survey programs add to the answers of the toolkit's form: no data, passed over in silence.
OF_THE_FORM = frozenset(
    [
        "start",
        "end",
        "version",
        "id",
        "uuid",
        "submissiontime",
        "validationstatus",
        "notes",
        "status",
        "submittedby",
        "tags",
        "index",
        "metainstanceid",
        "formhubuuid",
    ]
)


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `kind` says what may stand in it, `code_list` from which of our lists.

    `becomes` is the part of a case it turns into; where it is empty the words are kept in a note.
    """

    name: str
    label: str
    kind: str
    code_list: str
    is_deprecated: bool
    becomes: str


@cache
def all_fields() -> tuple[Field, ...]:
    """All 84 columns in the standard's order, the three deprecated ones among them."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Field(
                name=row["name"],
                label=row["label"],
                kind=row["kind"],
                code_list=row["list"],
                is_deprecated=bool(row["deprecated"]),
                becomes=row["becomes"],
            )
            for row in csv.DictReader(file)
        )


@cache
def columns() -> tuple[str, ...]:
    """The 81 columns an export has: those in force, in the standard's order."""
    return tuple(field.name for field in all_fields() if not field.is_deprecated)


def field_of(heading: str) -> Field | None:
    """The column a heading means.

    Case, spaces and underscores do not count: the toolkit's own form writes `prs_First_Name`,
    `prs_Second_Name` and `vic_Methods_of_Control`.
    """
    return _by_fold().get(fold(heading))


def is_of_the_form(heading: str) -> bool:
    """Is this one of the columns a survey program adds by itself?"""
    return fold(heading) in OF_THE_FORM


def fold(text: str) -> str:
    """Letters and figures only, in lower case: how headings and keys are compared."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@cache
def _by_fold() -> dict[str, Field]:
    return {fold(field.name): field for field in all_fields()}
