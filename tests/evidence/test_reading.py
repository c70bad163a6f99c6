"""Which files are read, and what each cell may hold."""

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.factories import a_file, a_row
from tumar.evidence.exchange.files import NotReadable, text_lines
from tumar.evidence.rules.cells import BadCell, checks
from tumar.evidence.rules.layouts import UnknownLayout, layouts, recognise
from tumar.evidence.rules.reasons import REASONS
from tumar.evidence.rules.records import Row, cells_of, check_row, facts_of

LAYOUTS = ["ctdc63", "ctdc37", "ctdc27"]


def canonical(column: str, cell: str, layout: str = "ctdc63") -> str:
    chosen = layouts()[layout]
    place = chosen.names.index(column)
    return checks(chosen, 2025)[place](cell)


@pytest.mark.parametrize(("layout", "columns"), [("ctdc63", 63), ("ctdc37", 37), ("ctdc27", 27)])
def test_each_layout_has_its_published_columns(layout: str, columns: int) -> None:
    assert len(set(layouts()[layout].names)) == columns


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_known_whatever_the_order_of_its_columns(layout: str) -> None:
    names = list(layouts()[layout].names)

    found, places = recognise(names[::-1])

    assert found.key == layout
    assert [names[::-1][place] for place in places] == names


def test_the_small_c_and_the_later_names_of_columns_are_understood() -> None:
    names = [
        name.replace("CountryOf", "countryOf").replace("typeOfSex", "sectorOfSex")
        for name in layouts()["ctdc27"].names
    ]

    assert recognise(names)[0].key == "ctdc27"


def test_a_missing_column_is_named() -> None:
    names = [name for name in layouts()["ctdc27"].names if name != "citizenship"]

    with pytest.raises(UnknownLayout, match="citizenship"):
        recognise(names)


def test_a_strange_column_is_counted_but_not_repeated() -> None:
    with pytest.raises(UnknownLayout) as refused:
        recognise([*layouts()["ctdc27"].names, "Aigul Asanova"])

    assert "Aigul" not in str(refused.value)
    assert "1 not known" in str(refused.value)


def test_a_column_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnknownLayout):
        recognise([*layouts()["ctdc27"].names, "gender"])


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("yearOfRegistration", "2019.0", "2019"),
        ("yearOfRegistration", "-99", ""),
        ("ageBroad", "09--17", "9--17"),
        ("ageBroad", "9-17", "9--17"),
        ("ageBroad", "48+", "48+"),
        ("citizenship", "KGZ", "KG"),
        ("citizenship", "kg", "KG"),
        ("citizenship", "NA", "NA"),
        ("citizenship", "NAM", "NA"),
        ("gender", "Woman", "Female"),
        ("gender", "Unknown", ""),
        ("isForcedLabour", "-99", ""),
        ("isForcedLabour", "1.0", "1"),
        ("isForcedLabour", " 0 ", "0"),
        ("majorityStatus", "Unknown", ""),
        ("RecruiterRelationship", "Friend/Acquaintance; Other", "Friend/Acquaintance; Other"),
    ],
)
def test_known_ways_of_writing_are_read_as_one(column: str, written: str, read: str) -> None:
    assert canonical(column, written) == read


def test_namibia_is_not_taken_for_a_missing_value() -> None:
    cells = checks(layouts()["ctdc63"], 2025)
    row = check_row(
        2, list(a_row(citizenship="NA").values()), layouts()["ctdc63"], range(63), cells
    )

    assert isinstance(row, Row)
    assert facts_of(row).citizenship == "NAM"


def test_the_stateless_are_not_lost() -> None:
    cells = checks(layouts()["ctdc27"], 2025)
    given_cells = list(a_row("ctdc27", citizenship="XXA").values())
    row = check_row(2, given_cells, layouts()["ctdc27"], range(27), cells)

    assert isinstance(row, Row)
    assert facts_of(row).citizenship == "stateless"
    assert list(cells_of(row.layout, facts_of(row))) == given_cells


def test_a_concatenated_cell_cut_off_by_a_tool_is_read() -> None:
    whole = ";".join(["Withholds documents"] * 11 + ["Withholds necessitie"])

    assert canonical("meansOfControlConcatenated", whole) == whole


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("yearOfRegistration", "19", "year"),
        ("yearOfRegistration", "1066", "year_range"),
        ("yearOfRegistration", "2026", "year_range"),
        ("yearOfRegistration", "٢٠١٩", "year"),
        ("Datasource", "Newspaper", "datasource"),
        ("gender", "F", "gender"),
        ("ageBroad", "17", "age"),
        ("ageBroad", "9--18", "age"),
        ("majorityStatus", "Old", "majority"),
        ("citizenship", "XX", "country"),
        ("citizenship", "Kyrgyzstan", "country"),
        ("isForcedLabour", "2", "yesno"),
        ("isForcedLabour", "yes", "yesno"),
        ("meansOfControlConcatenated", "Threats;Aigul Asanova", "phrase"),
        ("meansOfControlConcatenated", "Threa", "phrase"),
    ],
)
def test_anything_else_is_refused_with_its_reason(column: str, cell: str, reason: str) -> None:
    with pytest.raises(BadCell) as refused:
        canonical(column, cell)

    assert refused.value.reason == reason
    assert REASONS[reason]


def test_a_duration_of_the_wrong_layout_is_refused() -> None:
    assert canonical("traffickMonths", "61+", "ctdc37") == "61+"
    with pytest.raises(BadCell):
        canonical("traffickMonths", "61+", "ctdc27")


def refusal(content: bytes) -> str:
    with pytest.raises(NotReadable) as refused:
        list(text_lines(io.BytesIO(content), largest=200_000))
    return str(refused.value)


def test_an_empty_file_is_called_empty() -> None:
    assert "empty" in refusal(b"")


def test_an_excel_file_is_called_one() -> None:
    assert "Excel" in refusal(b"PK\x03\x04 something")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_another_encoding_is_told_how_to_be_saved(encoding: str) -> None:
    assert "UTF-8" in refusal("год,страна\n".encode(encoding))


def test_a_damaged_packed_file_is_called_damaged() -> None:
    assert "damaged" in refusal(gzip.compress(a_file([a_row()]).getvalue())[:-20])


def test_a_packed_bomb_of_one_line_is_refused_at_its_first_line() -> None:
    assert "too long" in refusal(gzip.compress(b"0" * 5_000_000))


def test_a_packed_bomb_of_many_lines_is_refused_at_its_limit() -> None:
    assert "larger" in refusal(gzip.compress(b"0,0,0\n" * 1_000_000))


SAID = {
    "year": st.sampled_from(["", *map(str, range(2002, 2024))]),
    "datasource": st.sampled_from(["", "Hotline", "Case Management"]),
    "age": st.sampled_from(["", "0--8", "9--17", "18--20", "30--38", "48+"]),
    "majority": st.sampled_from(["", "Adult", "Minor"]),
    "yesno": st.sampled_from(["", "0", "1"]),
    "phrase": st.sampled_from(["", "Other"]),
}
GENDERS = {
    "ctdc27": ["", "Woman", "Man", "Trans/Transgender/NonConforming"],
    "ctdc37": ["", "Female", "Male", "Transgender/NonConforming"],
    "ctdc63": ["", "Female", "Male", "Transgender/NonConforming"],
}
MONTHS = {"ctdc27": ["", "0--12 (0-1 yr)", "25+ (2+ yrs)"], "ctdc37": ["", "0--12", "61+"]}


@st.composite
def rows(draw: st.DrawFn, layout: str) -> list[str]:
    chosen = layouts()[layout]
    countries = ["", "KG", "NA", "RU"] if chosen.alpha == 2 else ["", "KGZ", "NAM", "RUS"]
    said = SAID | {
        "gender": st.sampled_from(GENDERS[layout]),
        "months": st.sampled_from(MONTHS.get(layout, [""])),
        "citizenship": st.sampled_from(countries),
        "country": st.sampled_from(countries),
    }
    return [draw(said[column.kind]) for column in chosen.columns]


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None)  # the first reads the code lists
@given(st.data())
def test_a_row_comes_out_as_it_went_in(layout: str, data: st.DataObject) -> None:
    cells = data.draw(rows(layout))
    chosen = layouts()[layout]

    row = check_row(2, cells, chosen, range(len(cells)), checks(chosen, 2025))

    assert isinstance(row, Row)
    assert list(cells_of(chosen, facts_of(row))) == cells
