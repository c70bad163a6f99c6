"""The closed vocabularies of the field, each a CSV file with its publisher and version."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils.translation import gettext

FOLDER = Path(__file__).parent / "codelists"
OWN_COLUMNS = frozenset({"code", "label", "definition", "parent", "retired_on"})


class UnknownCodeList(LookupError):
    """No code list has this key."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list. `extra` holds the columns that map it to other standards."""

    code: str
    label: str
    definition: str = ""
    parent: str = ""
    retired_on: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def is_in_use(self, on: date | None = None) -> bool:
        """Whether it may still be chosen; without a day, a dated retirement counts as done."""
        if self.retired_on is None:
            return True
        return on is not None and on < self.retired_on


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed vocabulary with its publisher: `reference/codelists/<key>.csv`."""

    key: str
    title: str
    source: str
    version: str
    licence: str
    codes: Mapping[str, Code]

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """Codes that may be chosen, in the list's order, labelled in the reader's language."""
        return [(code.code, self.label(code.code)) for code in self if code.is_in_use(on)]

    def label(self, code: str) -> str:
        """The label in the reader's language, retired or not; an unknown code names itself."""
        known = self.codes.get(code)
        return gettext(known.label) if known else code

    def definition(self, code: str) -> str:
        """What the code means, in the reader's language; empty where the label says it all."""
        known = self.codes.get(code)
        return gettext(known.definition) if known and known.definition else ""

    def children(self, parent: str) -> list[Code]:
        """The codes directly under `parent`, in the list's order."""
        return [code for code in self if code.parent == parent]

    def mapping(self, to: str) -> dict[str, str]:
        """Each code's key in another standard; codes with no counterpart are left out.

        Args:
            to: an extra column of the file, such as `htcds`, `glotip` or `alpha2`.

        Raises:
            LookupError: the list has no such column.
        """
        if not any(to in code.extra for code in self):
            raise LookupError(f"The code list {self.key} has no column {to}.")
        return {code.code: code.extra[to] for code in self if code.extra.get(to)}


@cache
def code_list(key: str) -> CodeList:
    """Read a list once and keep it.

    Raises:
        UnknownCodeList: the index has no list of that key.
    """
    entry = _index().get(key)
    if entry is None:
        raise UnknownCodeList(f"There is no code list {key}.")
    codes = {row["code"]: _code(row) for row in _rows(key)}
    return CodeList(
        key=key,
        title=entry["title"],
        source=entry["source"],
        version=entry["version"],
        licence=entry["licence"],
        codes=MappingProxyType(codes),
    )


def mapping(key: str, to: str) -> dict[str, str]:
    """Shorthand for `code_list(key).mapping(to)`."""
    return code_list(key).mapping(to)


def code_list_keys() -> list[str]:
    """Every key of the index, in its order."""
    return list(_index())


@cache
def _index() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in _rows("index")}


def _rows(key: str) -> list[dict[str, str]]:
    with (FOLDER / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _code(row: Mapping[str, str]) -> Code:
    retired = row.get("retired_on", "")
    return Code(
        code=row["code"],
        label=row["label"],
        definition=row.get("definition", ""),
        parent=row.get("parent", ""),
        retired_on=date.fromisoformat(retired) if retired else None,
        extra=MappingProxyType({k: v for k, v in row.items() if k not in OWN_COLUMNS}),
    )
