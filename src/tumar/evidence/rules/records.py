"""From the cells of a row to the facts of a record, and back again without loss."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from tumar.evidence.rules.cells import (
    GENDERS,
    BadCell,
    Check,
    age_bands,
    countries,
    written_country,
    written_gender,
)
from tumar.evidence.rules.layouts import Layout

SEXES = {"female": "female", "male": "male", "trans": "other", "": "unknown"}

# What each class of exploitation is said by. The layout of 2021 has columns of their own for what
# the codebook of 2024 counts as other exploitation. Source: CTDC codebook v2, 2024.
FORMS: dict[str, tuple[str, ...]] = {
    "sexual": ("isSexualExploit",),
    "forced_labour": ("isForcedLabour",),
    "other": (
        "isOtherExploit", "isForcedMarriage", "isForcedMilitary",
        "isOrganRemoval", "isSlaveryAndPractices",
    ),
}  # fmt: skip
NOT_KNOWN = "-"  # stands for a blank among the answers


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record holds, in codes. None: the file does not say."""

    year: int | None
    datasource: str
    gender: str
    sex: str
    age_band: str
    citizenship: str
    exploited_in: str
    sexual: bool | None
    forced_labour: bool | None
    other: bool | None
    months: str
    answers: str
    rest: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What an accepted row says, its cells in the layout's own order; equal rows may share one."""

    layout: Layout
    cells: tuple[str, ...]

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self)

    @cached_property
    def key(self) -> str:
        """The same for the same cells of the same layout, whatever file they came in."""
        whole = "\x1f".join((self.layout.key, *self.cells))
        return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong in one place of a file; never what stood there."""

    row: int
    column: str
    reason: str


def check_row(
    number: int,
    cells: Sequence[str],
    layout: Layout,
    places: Sequence[int],
    checked_by: list[Check],
) -> Row | list[Refusal]:
    """The row in canonical form, or everything that is wrong with it.

    Args:
        number: of the row, as a spreadsheet counts: the header is row 1.
        cells: as the file has them.
        places: for each column of the layout, where the file has it.
        checked_by: for each column of the layout, its check.
    """
    if len(cells) != len(places):
        return [Refusal(number, "", "cells")]
    found, wrong = [], []
    for column, place, check in zip(layout.columns, places, checked_by, strict=True):
        try:
            found.append(check(cells[place]))
        except BadCell as problem:
            wrong.append(Refusal(number, column.name, problem.reason))
    return wrong or Row(layout, tuple(found))


def facts_of(row: Row) -> Facts:
    """The facts a row states, in the codes of the house."""
    said = dict(zip(row.layout.names, row.cells, strict=True))
    gender = GENDERS.get(said["gender"].casefold(), "")
    return Facts(
        year=int(said["yearOfRegistration"]) if said["yearOfRegistration"] else None,
        datasource=said.get("Datasource", ""),
        gender=gender,
        sex=SEXES[gender],
        age_band=age_bands().get(said["ageBroad"], ""),
        citizenship=countries("citizenships").get(said["citizenship"], ""),
        exploited_in=countries("countries").get(said["CountryOfExploitation"], ""),
        sexual=_said_to_be(said, "sexual"),
        forced_labour=_said_to_be(said, "forced_labour"),
        other=_said_to_be(said, "other"),
        months=said.get("traffickMonths", ""),
        answers="".join(said[name] or NOT_KNOWN for name in row.layout.answers),
        rest={name: said[name] for name in row.layout.further if said[name]},
    )


def cells_of(layout: Layout, facts: Facts) -> tuple[str, ...]:
    """The cells that state these facts: the inverse of `facts_of`."""
    answers = ("" if answer == NOT_KNOWN else answer for answer in facts.answers)
    said = dict(zip(layout.answers, answers, strict=True)) | facts.rest
    return tuple(_write(layout, facts, said))


def _write(layout: Layout, facts: Facts, said: Mapping[str, str]) -> Iterator[str]:
    for column in layout.columns:
        match column.kind:
            case "year":
                yield str(facts.year or "")
            case "datasource":
                yield facts.datasource
            case "gender":
                yield written_gender(facts.gender, layout)
            case "age":
                yield _written_ages().get(facts.age_band, "")
            case "months":
                yield facts.months
            case "citizenship":
                yield written_country(facts.citizenship, "citizenships", layout.alpha)
            case "country":
                yield written_country(facts.exploited_in, "countries", layout.alpha)
            case _:
                yield said.get(column.name, "")


def _said_to_be(said: Mapping[str, str], form: str) -> bool | None:
    answers = {said.get(name, "") for name in FORMS[form]}
    if "1" in answers:
        return True
    return False if "0" in answers else None


@cache
def _written_ages() -> dict[str, str]:
    return {code: written for written, code in age_bands().items()}
