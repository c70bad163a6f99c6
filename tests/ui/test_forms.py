"""Fields: hostile text is stored clean, honest text as it was written."""

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from tumar.reference.codelists import code_list, code_list_keys
from tumar.reference.dates import PartialDate
from tumar.ui.forms import (
    CodeChoiceField,
    CodesField,
    NameField,
    PartialDateField,
    SafeTextField,
    clean_name,
    clean_text,
)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Айгүл Өмүрова", "Айгүл Өмүрова"),
        ("عائشة محمد", "عائشة محمد"),
        ("می‌خواهم", "می‌خواهم"),  # Persian needs its zero-width non-joiner
        ("नेपाली", "नेपाली"),
        ("ກຸ້ງ", "ກຸ້ງ"),
        ("محَمَّد", unicodedata.normalize("NFC", "محَمَّد")),
        ("e\u0301", "é"),
        ("  Anna\t \n Maria  ", "Anna Maria"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u2066b\u2069c\u202ad\u202c", "abcd"),
        ("nul\x00l\x07 \x1b[31mred", "null [31mred"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("Z" + "\u0301" * 60 + "algo", "Ź" + "\u0301" * 3 + "algo"),
    ],
)
def test_names_are_kept_clean(written: str, kept: str) -> None:
    assert NameField().clean(written) == kept


@given(st.text(max_size=300))
def test_a_clean_name_is_safe_and_stays_as_it_is(text: str) -> None:
    name = clean_name(text)

    assert clean_name(name) == name
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name)
    assert not set(name) & {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@given(st.text(max_size=300))
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_a_name_of_ten_thousand_letters_is_refused_with_a_sentence() -> None:
    with pytest.raises(
        forms.ValidationError, match="shorten this to 200 characters; it has 10,000"
    ):
        NameField().clean("x" * 10_000)


def test_a_name_of_nothing_but_marks_is_no_name() -> None:
    with pytest.raises(forms.ValidationError):
        NameField().clean("\u202e\u200b\x00")


def test_a_text_keeps_its_lines() -> None:
    assert SafeTextField().clean("one\r\ntwo\r\n\r\nthree\x00") == "one\ntwo\n\nthree"


def test_text_fields_follow_the_direction_of_what_is_written() -> None:
    attrs = NameField().widget.attrs

    assert (attrs["dir"], attrs["autocomplete"], attrs["spellcheck"]) == ("auto", "off", "false")


class DateForm(forms.Form):
    born = PartialDateField(required=False)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ({"born_year": "2001"}, "2001"),
        ({"born_year": "2001", "born_month": "5"}, "2001-05"),
        ({"born_year": "2001", "born_month": "5", "born_day": "7"}, "2001-05-07"),
        ({"born_year": "2001", "born_about": "on"}, "2001~"),
        ({"born_year": "200x"}, "200X"),
        ({"born_year": "٢٠٠١", "born_month": "٥"}, "2001-05"),
        ({"born": "2001-05~"}, "2001-05~"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(written: dict[str, str], text: str) -> None:
    form = DateForm(written)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == PartialDate.parse(text)


def test_no_date_is_none() -> None:
    form = DateForm({"born_day": "", "born_year": " "})

    assert form.is_valid()
    assert form.cleaned_data["born"] is None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"born_day": "3"}, "Add the year"),
        ({"born_day": "3", "born_year": "2001"}, "Add the month"),
        ({"born_year": "two"}, "in figures"),
        ({"born_year": "2001", "born_month": "²"}, "in figures"),
        ({"born_year": "2001", "born_month": "2", "born_day": "30"}, "no such day"),
        ({"born": "yesterday"}, "Write a year"),
    ],
)
def test_a_wrong_date_says_what_to_do(written: dict[str, str], words: str) -> None:
    form = DateForm(written)

    assert not form.is_valid()
    assert words in str(form.errors["born"])


def test_a_date_comes_back_in_its_parts() -> None:
    shown = str(DateForm(initial={"born": PartialDate.parse("2001-05~")})["born"])

    assert 'value="2001"' in shown
    assert 'value="05"' in shown
    assert "checked" in shown


def test_a_required_date_is_asked_for() -> None:
    with pytest.raises(forms.ValidationError):
        PartialDateField().clean({})


def test_a_date_has_changed_only_if_it_means_another_day() -> None:
    field = PartialDateField()
    kept = PartialDate.parse("2001-05")

    assert not field.has_changed(kept, {"year": "2001", "month": "5"})
    assert field.has_changed(kept, {"year": "2001"})
    assert field.has_changed(kept, {"day": "1"})


def test_codes_come_from_their_list() -> None:
    key = code_list_keys()[0]
    codes = [code for code, _label in code_list(key).choices()]

    assert CodeChoiceField(key).clean(codes[0]) == codes[0]
    assert CodesField(key).clean(codes[:2]) == codes[:2]
    assert CodeChoiceField(key, required=False).clean("") == ""


def test_a_code_of_no_list_is_refused() -> None:
    key = code_list_keys()[0]

    with pytest.raises(forms.ValidationError):
        CodeChoiceField(key).clean("no-such-code")
