import pytest
from hypothesis import given
from hypothesis import strategies as st

from tumar_match.identifiers import normal_document, normal_phone


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("AN 123-45 67", "AN1234567"),
        ("АN1234567", "AN1234567"),  # a Cyrillic А
        ("an№1234567", "ANNO1234567"),
        ("id ۱۲۳۴", "ID1234"),
        ("O0", "O0"),
        (" – ", ""),
    ],
)
def test_a_document_number_has_one_form(text: str, document: str) -> None:
    assert normal_document(text) == document


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("0555 000 111", "KGZ"),
        ("555000111", "KGZ"),
        ("+996 (555) 00-01-11", "KGZ"),
        ("996555000111", "KGZ"),
        ("00 996 555 000 111", "TUR"),
        ("8 10 996 555 000111", "RUS"),
        ("٠٥٥٥٠٠٠١١١", "KGZ"),
        ("( +996) 555000111", "XXX"),
    ],
)
def test_one_telephone_has_one_number_however_it_is_written(text: str, country: str) -> None:
    assert normal_phone(text, country) == "996555000111"


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("8 900 000-00-01", "RUS", "79000000001"),
        ("7000000001", "KAZ", "77000000001"),
        ("77000000001", "KAZ", "77000000001"),
        ("+44 (0)20 0000 0001", "GBR", "442000000001"),
        ("06 0000 0001", "ITA", "390600000001"),
        ("1 202 555 0101", "USA", "12025550101"),
    ],
)
def test_each_country_dials_in_its_own_way(text: str, country: str, number: str) -> None:
    assert normal_phone(text, country) == number


@pytest.mark.parametrize(
    ("text", "country"),
    [("112", "KGZ"), ("555000111", "XXX"), ("", "KGZ"), ("+1", "KGZ"), ("+" + "9" * 16, "KGZ")],
)
def test_what_is_no_telephone_number_gives_nothing(text: str, country: str) -> None:
    assert normal_phone(text, country) == ""


@given(st.text(max_size=40))
def test_any_text_gives_digits_or_nothing(text: str) -> None:
    number = normal_phone(text, "KGZ")

    assert number == "" or (number.isascii() and number.isdigit())


@given(st.text(max_size=40))
def test_a_normal_document_number_stays_as_it_is(text: str) -> None:
    document = normal_document(text)

    assert normal_document(document) == document
