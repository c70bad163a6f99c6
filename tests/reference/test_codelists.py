import csv
from datetime import date
from pathlib import Path

import pytest

from tumar.reference import codelists
from tumar.reference.codelists import Code, CodeList, UnknownCodeList, code_list, code_list_keys


@pytest.fixture
def colours() -> CodeList:
    codes = [
        Code("red", "Red"),
        Code("dark_red", "Dark red", parent="red", extra={"other": "maroon"}),
        Code("grey", "Grey", retired_on=date(2020, 1, 1)),
    ]
    return CodeList("colours", "Colours", "Us", "1", "CC0", {code.code: code for code in codes})


@pytest.mark.parametrize("key", code_list_keys())
def test_every_list_names_its_publisher_and_every_code_has_a_label(key: str) -> None:
    codes = code_list(key)

    assert all([codes.title, codes.source, codes.version, codes.licence, codes.codes])
    assert all(code.label for code in codes)
    assert all(not code.parent or code.parent in codes for code in codes)
    assert all(text == text.strip() for code in codes for text in (code.code, code.label))


@pytest.mark.parametrize("key", code_list_keys())
def test_no_code_appears_twice_and_every_code_fits_the_column(key: str) -> None:
    with (codelists.FOLDER / f"{key}.csv").open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]

    assert len(codes) == len(set(codes))
    assert max(map(len, codes)) <= 64


def test_the_index_names_exactly_the_files() -> None:
    files = {path.stem for path in Path(codelists.FOLDER).glob("*.csv")} - {"index"}

    assert files == set(code_list_keys())


def test_a_list_that_does_not_exist_says_so() -> None:
    with pytest.raises(UnknownCodeList, match="no code list nonsense"):
        code_list("nonsense")


def test_retired_codes_are_not_offered_but_still_read(colours: CodeList) -> None:
    assert [code for code, _ in colours.choices()] == ["red", "dark_red"]
    assert colours.label("grey") == "Grey"


def test_a_code_is_offered_until_the_day_it_retires(colours: CodeList) -> None:
    assert ("grey", "Grey") in colours.choices(on=date(2019, 12, 31))
    assert ("grey", "Grey") not in colours.choices(on=date(2020, 1, 1))


def test_an_unknown_code_names_itself(colours: CodeList) -> None:
    assert colours.label("mauve") == "mauve"


def test_an_empty_definition_stays_empty_in_every_language(colours: CodeList) -> None:
    assert colours.definition("red") == ""
    assert colours.definition("mauve") == ""


def test_a_definition_is_read_in_plain_words() -> None:
    assert code_list("indicator_values").definition("not_observed").startswith("Says only")


def test_codes_are_found_under_their_parent(colours: CodeList) -> None:
    assert [code.code for code in colours.children("red")] == ["dark_red"]


def test_a_mapping_leaves_out_codes_without_a_counterpart(colours: CodeList) -> None:
    assert colours.mapping("other") == {"dark_red": "maroon"}


def test_a_column_that_does_not_exist_cannot_be_mapped_to(colours: CodeList) -> None:
    with pytest.raises(LookupError, match="no column nowhere"):
        colours.mapping("nowhere")


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("countries", 249),
        ("citizenships", 251),
        ("means_palermo", 10),
        ("means_control", 17),
        ("acts", 5),
        ("recruitment_methods", 10),
        ("websites_apps", 15),
        ("service_types", 24),
        ("need_domains", 13),
        ("purposes", 11),
        ("field_groups", 9),
        ("sectors", 21),
        ("perpetrator_roles", 15),
        ("areas", 60),
        ("age_bands", 9),
    ],
)
def test_a_published_list_is_complete(key: str, count: int) -> None:
    assert len(code_list(key).codes) == count


def test_every_form_of_exploitation_but_the_intended_one_counts_in_one_glotip_form() -> None:
    forms = codelists.mapping("exploitation_forms", "glotip")

    assert set(code_list("exploitation_forms").codes) - set(forms) == {"intended_not_started"}
    assert set(forms.values()) == {
        "Sexual exploitation",
        "Forced labour",
        "Other forms of exploitation",
    }


def test_the_means_of_control_cover_the_sixteen_of_htcds() -> None:
    assert len(set(codelists.mapping("means_control", "htcds").values())) == 16


def test_namibia_survives_a_column_of_codes() -> None:
    assert codelists.mapping("countries", "alpha2")["NAM"] == "NA"


@pytest.mark.parametrize(("low", "high"), [("Batken", "Leilek"), ("Osh", "Nookat")])
def test_districts_stand_under_their_province(low: str, high: str) -> None:
    areas = code_list("areas")
    district = next(area for area in areas if area.label == high)

    assert areas.label(district.parent) == low
