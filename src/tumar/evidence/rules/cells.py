"""One cell of a CTDC file: check it, and write it the one way its layout writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tumar.evidence.rules.layouts import Column, Layout, phrases
from tumar.reference.codelists import mapping

FIRST_YEAR = 1990  # none of the published files begins earlier than 2002
UNKNOWN = frozenset({"", "-99", "-99.0"})
TRUNCATED = 200  # characters; some tools cut the concatenated columns in the middle of a word

GENDERS = {
    "female": "female", "woman": "female", "male": "male", "man": "male",
    "transgender/nonconforming": "trans", "trans/transgender/nonconforming": "trans",
    "unknown": "",
}  # fmt: skip
WRITTEN_2021 = {"female": "Female", "male": "Male", "trans": "Transgender/NonConforming"}
WRITTEN_2024 = {"female": "Woman", "male": "Man", "trans": "Trans/Transgender/NonConforming"}
DATASOURCES = {"case management": "Case Management", "hotline": "Hotline"}
MAJORITIES = {"adult": "Adult", "minor": "Minor", "unknown": ""}
MONTHS = ("0--12", "13--24", "25+", "25--60", "61+")
_MONTHS_2024 = {"0--12": "0--12 (0-1 yr)", "13--24": "13--24 (1-2 yrs)", "25+": "25+ (2+ yrs)"}
REMEMBERED = 10_000  # cells of one column; more would be a file made to fill the memory
YESNO = {"0": "0", "1": "1", "0.0": "0", "1.0": "1"}
_SPAN = re.compile(r"0*(\d+)\s*(?:--|-|–|—)\s*0*(\d+)")


class BadCell(ValueError):
    """The cell does not hold what its column may hold; `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Check = Callable[[str], str]


def checks(layout: Layout, last_year: int) -> list[Check]:
    """For each column of the layout, the function that returns its canonical text.

    Unknown, however it was written, becomes the empty text. Each function remembers what it has
    accepted, since a million rows hold a few hundred different values.

    Args:
        layout: whose way of writing is canonical.
        last_year: the latest year that can be true.
    """
    return [_remembering(_check(column, layout, last_year)) for column in layout.columns]


def _remembering(check: Check) -> Check:
    accepted: dict[str, str] = {}

    def look_up(cell: str) -> str:
        known = accepted.get(cell)
        if known is None:
            plain = cell.strip()
            known = "" if plain in UNKNOWN else check(plain)
            if len(accepted) < REMEMBERED:
                accepted[cell] = known
        return known

    return look_up


def _check(column: Column, layout: Layout, last_year: int) -> Check:
    match column.kind:
        case "year":
            return lambda cell: _year(cell, last_year)
        case "age":
            return _age
        case "months":
            return lambda cell: _months(cell, layout)
        case "citizenship" | "country":
            key = "citizenships" if column.kind == "citizenship" else "countries"
            return lambda cell: _country(cell, key, layout.alpha)
        case "gender":
            return lambda cell: _gender(cell, layout)
        case "phrase":
            return lambda cell: _phrase(cell, column.name)
        case "datasource":
            return lambda cell: _one_of(cell, DATASOURCES, "datasource")
        case "majority":
            return lambda cell: _one_of(cell, MAJORITIES, "majority")
        case "yesno":
            return lambda cell: _one_of(cell, YESNO, "yesno")


def _one_of(cell: str, known: dict[str, str], reason: str) -> str:
    found = known.get(cell.casefold())
    if found is None:
        raise BadCell(reason)
    return found


def _year(cell: str, last_year: int) -> str:
    plain = cell.removesuffix(".0")  # a column with gaps, saved by a tool that made it decimal
    if not re.fullmatch(r"[0-9]{4}", plain):
        raise BadCell("year")
    if not FIRST_YEAR <= int(plain) <= last_year:
        raise BadCell("year_range")
    return plain


def _age(cell: str) -> str:
    span = _SPAN.fullmatch(cell)
    plain = f"{span[1]}--{span[2]}" if span else cell
    if plain not in age_bands():
        raise BadCell("age")
    return plain


def _months(cell: str, layout: Layout) -> str:
    bare = cell.partition("(")[0].strip()
    span = _SPAN.fullmatch(bare)
    plain = f"{span[1]}--{span[2]}" if span else bare
    allowed = _MONTHS_2024 if layout.key == "ctdc27" else MONTHS
    if plain not in allowed:
        raise BadCell("months")
    return _MONTHS_2024[plain] if layout.key == "ctdc27" else plain


def _country(cell: str, key: str, alpha: int) -> str:
    """`NA` is Namibia: a blank is how these files say "not known"."""
    code = countries(key).get(cell.upper())
    if code is None:
        raise BadCell("country")
    return alpha2(key)[code] if alpha == 2 or len(code) != 3 else code


def _gender(cell: str, layout: Layout) -> str:
    return written_gender(_one_of(cell, GENDERS, "gender"), layout)


def _phrase(cell: str, column: str) -> str:
    parts = [part.strip() for part in cell.split(";")]
    known = phrases(column)
    for part in parts[:-1]:
        if part.casefold() not in known:
            raise BadCell("phrase")
    last = parts[-1].casefold()
    cut_off = len(cell) >= TRUNCATED and any(phrase.startswith(last) for phrase in known)
    if last not in known and not cut_off:
        raise BadCell("phrase")
    return cell


def written_gender(code: str, layout: Layout) -> str:
    """How a layout writes a gender; empty for the empty code."""
    return (WRITTEN_2024 if layout.key == "ctdc27" else WRITTEN_2021).get(code, "")


def written_country(code: str, key: str, alpha: int) -> str:
    """How a layout writes a country of a code list; the stateless have two letters in no layout."""
    if not code:
        return ""
    return alpha2(key)[code] if alpha == 2 or len(code) != 3 else code


@cache
def age_bands() -> dict[str, str]:
    """CTDC's writing of an age band, and its code here."""
    return {written: code for code, written in mapping("age_bands", "ctdc").items()}


@cache
def alpha2(key: str) -> dict[str, str]:
    return mapping(key, "alpha2")


@cache
def countries(key: str) -> dict[str, str]:
    """Two and three letters of every country, and its code here (three letters)."""
    short = {two: code for code, two in alpha2(key).items()}
    return short | {code: code for code in alpha2(key) if len(code) == 3}
