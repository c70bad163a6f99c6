"""T39 and its kin: files that would do harm, and files that are simply not a table of cases."""

from collections.abc import Callable

import pytest

from tests.factories import LATER, actor_of
from tests.protection.exchange_files import (
    A_ROW,
    bring_in,
    csv_of,
    only_case,
    packed,
    parts_of,
    xlsx_of,
)
from tumar.access.models import Membership
from tumar.people.commands import open_identity
from tumar.protection.exchange import NotReadable
from tumar.protection.exchange.tables import LARGEST
from tumar.protection.exchange.workbooks import MOST_ROWS
from tumar.protection.models import Case, ImportBatch

pytestmark = pytest.mark.django_db

SHEET = "xl/worksheets/sheet1.xml"
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
XXE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(xlsx_of(A_ROW))
    parts[part] = change(parts[part])
    return packed(parts)


def with_part(name: str, content: bytes = b"x") -> bytes:
    return packed({**parts_of(xlsx_of(A_ROW)), name: content})


def declared(doctype: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"?>", b"?>" + doctype, 1)


def in_utf_16(xml: bytes) -> bytes:
    text = xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.replace("?>", "?>" + LAUGHS.decode(), 1).encode("utf-16")


def far_down(xml: bytes) -> bytes:
    row = b'<row r="999999999"><c r="A999999999" t="inlineStr"><is><t>x</t></is></c></row>'
    return xml.replace(b"</sheetData>", row + b"</sheetData>")


def locked() -> bytes:
    content = bytearray(xlsx_of(A_ROW))
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = content.find(magic)
        content[place + offset] |= 1
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "XXE in the sheet": (lambda: changed(SHEET, declared(XXE)), "XML"),
    "XXE in the strings": (lambda: changed("xl/sharedStrings.xml", declared(XXE)), "XML"),
    "XXE in the content types": (lambda: changed("[Content_Types].xml", declared(XXE)), "XML"),
    "billion laughs": (lambda: changed(SHEET, declared(LAUGHS)), "XML"),
    "billion laughs in UTF-16": (lambda: changed(SHEET, in_utf_16), "XML"),
    "broken XML": (lambda: changed(SHEET, lambda xml: xml[:200]), "XML"),
    "zip bomb": (lambda: with_part("xl/media/x.xml", b" " * 60_000_000), "larger"),
    "zip bomb of many parts": (
        lambda: packed({**parts_of(xlsx_of(A_ROW)), **{f"x{n}": b"" for n in range(400)}}),
        "larger",
    ),
    "link to another file": (lambda: with_part("xl/externalLinks/externalLink1.xml"), "links"),
    "macros": (lambda: with_part("xl/vbaProject.bin"), "macros"),
    "an embedded program": (lambda: with_part("xl/embeddings/oleObject1.bin"), "macros"),
    "a password": (locked, "password"),
    "a row far down": (lambda: changed(SHEET, far_down), "5,000 rows"),
    "a sheet missing": (
        lambda: packed({k: v for k, v in parts_of(xlsx_of(A_ROW)).items() if k != SHEET}),
        "",
    ),
    "another ZIP": (lambda: packed({"mimetype": b"application/vnd.oasis"}), "not an Excel"),
    "half a workbook": (lambda: xlsx_of(A_ROW)[:1500], "damaged"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, ".xls"),
    "UTF-16": (lambda: csv_of(A_ROW).decode().encode("utf-16"), "UTF-16"),
    "another encoding": (lambda: csv_of(A_ROW).decode().encode("utf-8")[:-9] + b"\xff", "UTF-8"),
    "no text": (lambda: b"prs_FirstName\n\0\n", "not a text file"),
    "nothing": (lambda: b"", "empty"),
    "nothing but space": (lambda: b" \r\n ", "empty"),
    "too large": (lambda: b"prs_FirstName\n" + b"a\n" * (LARGEST // 2), "10 MB"),
    "too many rows": (lambda: b"prs_FirstName\n" + b"a\n" * (MOST_ROWS + 1), "5,000 rows"),
    "too many columns": (lambda: csv_of(A_ROW, names=[*A_ROW, *map(str, range(300))]), "200"),
    "no known heading": (lambda: b"name,age\nx,1\n", "no column name"),
    "a doubled heading": (lambda: b"prs_FirstName,prs_First_Name\na,b\n", "more than once"),
    "a formula for a heading": (
        lambda: changed(SHEET, lambda xml: xml.replace(b"</c>", b"<f>1+1</f></c>", 1)),
        "plain text",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_file_that_is_no_table_of_cases_is_refused_in_words(
    caseworker: Membership, case: str
) -> None:
    make, words = HOSTILE[case]

    with pytest.raises(NotReadable) as refused:
        bring_in(caseworker, make())

    assert words in str(refused.value)
    assert not Case.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_sheet_of_repeated_rows_is_no_bomb(caseworker: Membership) -> None:
    rows = [{"prs_Gender": "Feminine", "cas_Status": "Sleeping"}] * 3000

    report = bring_in(caseworker, xlsx_of(*rows))

    assert report.batch.rows_refused == 3000
    assert len(report.refusals) == 1000  # told one by one


def test_a_formula_is_refused_with_its_place_and_never_calculated(caseworker: Membership) -> None:
    report = bring_in(caseworker, xlsx_of({**A_ROW, "prs_SecondName": 'formula:=HYPERLINK("x")'}))

    assert [(w.row, w.column, w.reason) for w in report.refusals] == [
        (2, "prs_SecondName", "formula")
    ]


def test_text_that_only_looks_like_a_formula_is_text(caseworker: Membership) -> None:
    assert bring_in(caseworker, xlsx_of({**A_ROW, "prs_SecondName": "=1+1"})).batch.rows_added == 1


def test_a_spreadsheet_error_is_refused(caseworker: Membership) -> None:
    def spoilt(xml: bytes) -> bytes:
        return xml.replace(
            b"</row></sheetData>", b'<c r="P2" t="e"><v>#REF!</v></c></row></sheetData>'
        )

    parts = parts_of(xlsx_of({**A_ROW, "prs_Email": ""}))
    parts[SHEET] = spoilt(parts[SHEET])

    report = bring_in(caseworker, packed(parts))

    assert [(w.column, w.reason) for w in report.refusals] == [("prs_Email", "error")]


def test_control_and_direction_marks_do_not_come_in(caseworker: Membership) -> None:
    bring_in(
        caseworker, csv_of({**A_ROW, "prs_FirstName": "\u202eGulnara\x07", "prs_SecondName": ""})
    )

    person = only_case(caseworker).person
    assert open_identity(actor=actor_of(caseworker), person=person, at=LATER).name == "Gulnara"


def test_what_a_workbook_says_of_its_own_size_is_not_believed(caseworker: Membership) -> None:
    content = changed(SHEET, lambda xml: xml.replace(b'ref="A1:O2"', b'ref="A1"'))
    assert b'ref="A1"' in parts_of(content)[SHEET]

    assert bring_in(caseworker, content).batch.rows_added == 1
