from datetime import date

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from tumar.reference.dates import NotAPartialDate, PartialDate, Precision

DAYS = st.dates(date(1, 1, 1), date(2200, 12, 31))
MARKS = st.sampled_from(["", "~"])


def _forms(day: date) -> list[str]:
    text = day.isoformat()
    return [text, text[:7], text[:4]] + ([f"{text[:3]}X"] if day.year >= 10 else [])


@st.composite
def dates_of(draw: st.DrawFn) -> tuple[date, PartialDate]:
    """A day, and what somebody might remember of it."""
    day = draw(DAYS)
    return day, PartialDate.parse(draw(st.sampled_from(_forms(day))) + draw(MARKS))


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2001-05-12", Precision.DAY, date(2001, 5, 12), date(2001, 5, 12)),
        ("2000-02", Precision.MONTH, date(2000, 2, 1), date(2000, 2, 29)),
        ("2001-12", Precision.MONTH, date(2001, 12, 1), date(2001, 12, 31)),
        ("2001", Precision.YEAR, date(2001, 1, 1), date(2001, 12, 31)),
        ("200X", Precision.DECADE, date(2000, 1, 1), date(2009, 12, 31)),
        ("", Precision.UNKNOWN, None, None),
    ],
)
def test_a_date_keeps_its_precision(
    text: str, precision: Precision, earliest: date | None, latest: date | None
) -> None:
    found = PartialDate.parse(text)

    assert (found.precision, found.earliest, found.latest) == (precision, earliest, latest)


@pytest.mark.parametrize(
    "text", ["2001-13", "2001-02-30", "0000", "000X", "2001-5", "20", "~", "May 2001", "2001~~"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotAPartialDate):
        PartialDate.parse(text)


@given(dates_of())
def test_text_survives_reading_and_writing(remembered: tuple[date, PartialDate]) -> None:
    _, found = remembered

    assert PartialDate.parse(str(found)) == found


@given(dates_of())
def test_the_true_day_lies_within_the_bounds(remembered: tuple[date, PartialDate]) -> None:
    day, found = remembered

    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= day <= found.latest


@given(dates_of(), DAYS)
def test_the_true_age_lies_within_the_bounds(
    remembered: tuple[date, PartialDate], on: date
) -> None:
    born, found = remembered
    assume(born <= on)
    exact = PartialDate.of(born).age_on(on)
    bounds = found.age_on(on)

    assert exact is not None
    assert bounds is not None
    assert bounds[0] <= exact[0] == exact[1] <= bounds[1]


@given(dates_of(), DAYS)
def test_minority_is_never_claimed_wrongly(remembered: tuple[date, PartialDate], on: date) -> None:
    born, found = remembered
    assume(born <= on)
    answer = found.is_minor_on(on)

    assert answer in (None, PartialDate.of(born).is_minor_on(on))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2008-11-24", False),  # eighteen today
        ("2008-11-25", True),
        ("2008-11", None),
        ("2008", None),
        ("2009", True),
        ("2007", False),
        ("200X", None),
        ("", None),
        ("2027", None),  # not born yet: somebody mistyped
        ("2007~", None),  # an estimate makes nobody an adult by a hair
        ("2004~", False),
        ("2009~", True),
    ],
)
def test_a_child_is_presumed_unless_the_date_says_otherwise(text: str, answer: bool | None) -> None:
    assert PartialDate.parse(text).is_minor_on(date(2026, 11, 24)) is answer


def test_somebody_born_on_a_leap_day_comes_of_age_on_the_first_of_march() -> None:
    born = PartialDate.parse("2004-02-29")

    assert born.is_minor_on(date(2022, 2, 28)) is True
    assert born.is_minor_on(date(2022, 3, 1)) is False


def test_a_year_that_is_not_over_gives_no_negative_age() -> None:
    assert PartialDate.parse("2026").age_on(date(2026, 6, 1)) == (0, 0)


def test_only_a_known_date_is_true() -> None:
    assert str(PartialDate()) == ""
    assert not PartialDate()
    assert PartialDate.parse("200X")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2001-05-12", "12 May 2001"),
        ("2001-05~", "about May 2001"),
        ("2001", "2001"),
        ("200X", "2000s"),
        ("", "unknown"),
    ],
)
def test_a_page_says_the_date_in_words(text: str, words: str) -> None:
    with translation.override("en"):
        assert PartialDate.parse(text).words() == words
