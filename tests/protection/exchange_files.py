"""Files as strangers send them, made in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter

from tests.factories import LATER, actor_of
from tumar.access import Actor
from tumar.access.models import Membership
from tumar.protection.exchange import ExportReport, ImportReport, Wish, export_htcds, import_htcds
from tumar.protection.models import Case

Cells = Mapping[str, Any]

A_ROW: Cells = {
    "prs_FirstName": "Гүлнара",
    "prs_SecondName": "Асанова",
    "prs_Birthdate": "1999-04",
    "prs_Gender": "Feminine",
    "prs_Citizenship": "KG;UZ",
    "prs_MobilePhone": "+996 700 111222",
    "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
    "vic_TraffickingStatusDecisionMakingOrg": "NGO",
    "vic_MethodsOfControl": "DebtBondage ;WithholdsDocuments",
    "vic_TypeOfExploitation": "ForcedLabour",
    "vic_ForcedLabourIndustry": "F_Construction",
    "vic_LocationOfExploitation": "RU",
    "cas_Status": "Active",
    "spl_Objectives": "a job and papers",
    "con_Consent": "TRUE",
}


def csv_of(*rows: Cells, names: Sequence[str] = (), delimiter: str = ",") -> bytes:
    """A CSV file; the columns are those of the rows unless named."""
    heading = list(names or dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    write = csv.writer(text, delimiter=delimiter).writerow
    write(heading)
    for row in rows:
        write([row.get(name, "") for name in heading])
    return text.getvalue().encode()


def xlsx_of(*rows: Cells) -> bytes:
    """An XLSX file; dates become real dates, and what begins with `formula:` a formula."""
    heading = list(dict.fromkeys(name for row in rows for name in row))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(heading):
            sheet.write(0, place, name)
            for number, row in enumerate(rows, start=1):
                cell = row.get(name, "")
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif isinstance(cell, str) and cell.startswith("formula:"):
                    sheet.write_formula(number, place, cell.removeprefix("formula:"))
                else:
                    sheet.write(number, place, cell)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def bring_in(by: Membership | Actor, content: bytes, **but: Any) -> ImportReport:
    """Import as this member, keeping nothing if a row is bad, unless said otherwise."""
    plain: dict[str, Any] = {"keep": "none", "at": LATER}
    return import_htcds(actor=_actor(by), path_or_file=io.BytesIO(content), **{**plain, **but})


def take_out(by: Membership | Actor, **wish: Any) -> tuple[bytes, ExportReport]:
    """Export as this member."""
    file = io.BytesIO()
    asked = Wish(**{"purpose": "case_management", **wish})
    report = export_htcds(actor=_actor(by), path_or_file=file, wish=asked, at=LATER)
    return file.getvalue(), report


def rows_of(content: bytes) -> list[dict[str, str]]:
    """What another program reads from an export, CSV or XLSX, as text by column."""
    if not content.startswith(b"PK"):
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(content))
    heading, *rows = book.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), map(_text, row), strict=True)) for row in rows]


def only_case(by: Membership) -> Case:
    return Case.objects.visible_to(actor_of(by)).get()


def without(cells: Iterable[tuple[str, Any]], *names: str) -> dict[str, Any]:
    return {name: cell for name, cell in cells if name not in names}


def _text(value: object) -> str:
    return "" if value is None else str(value)[:10] if isinstance(value, date) else str(value)


def _actor(by: Membership | Actor) -> Actor:
    return by if isinstance(by, Actor) else actor_of(by)
