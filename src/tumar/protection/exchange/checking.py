"""Every cell checked by the kind of its column; what is not right is a reason, never a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tumar.protection.exchange.codes import code_for, country_for, language_for
from tumar.protection.exchange.fields import Field
from tumar.reference.dates import NotAPartialDate, PartialDate, Precision
from tumar.ui.forms import clean_name
from tumar.ui.forms.text import NAME_LENGTH, TEXT_LENGTH

YES, NO = {"true", "yes", "1", "oui", "y"}, {"false", "no", "0", "non", "n", "unchecked"}
OLDEST_YEAR = 1900
OLDEST_AGE = 120
MOST_CHILDREN = 40

Value = str | bool | PartialDate | date | list[str]
Check = Callable[[Field, str, date], Value]


class Wrong(ValueError):
    """A cell is refused; `reason` is a key of `REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_cell(field: Field, text: str, today: date) -> Value:
    """What a cell says.

    Args:
        text: legible and not empty.
        today: the day of the import; no event lies after it.

    Raises:
        Wrong: it cannot stand in this column.
    """
    return CHECKS[field.kind](field, text, today)


def _text(_field: Field, text: str, _today: date) -> str:
    name = clean_name(text)
    if len(name) > NAME_LENGTH:
        raise Wrong("too_long")
    return name


def _long_text(_field: Field, text: str, _today: date) -> str:
    if len(text) > TEXT_LENGTH:
        raise Wrong("too_long")
    return text


def _code(field: Field, text: str, _today: date) -> str:
    code = code_for(field.code_list, text)
    if not code:
        raise Wrong("code")
    return code


def _codes(field: Field, text: str, _today: date) -> list[str]:
    """Several codes; a semicolon parts them, or a space where the toolkit's form wrote them."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        whole = code_for(field.code_list, part)
        words = [whole] if whole else [code_for(field.code_list, word) for word in part.split()]
        if not all(words):
            raise Wrong("codes")
        found += words
    return list(dict.fromkeys(found))


def _country(field: Field, text: str, _today: date) -> str:
    code = country_for(field.code_list, text)
    if not code:
        raise Wrong("country")
    return code


def _citizenships(field: Field, text: str, today: date) -> list[str]:
    parts = filter(None, (part.strip() for part in text.split(";")))
    return list(dict.fromkeys(_country(field, part, today) for part in parts))


def _place(field: Field, text: str, today: date) -> str:
    """A country where it is one; else the words, for the standard looks up an organisation."""
    return country_for(field.code_list, text) or _text(field, text, today)


def _language(_field: Field, text: str, _today: date) -> str:
    code = language_for(text)
    if not code:
        raise Wrong("language")
    return code


def _checkbox(_field: Field, text: str, _today: date) -> bool:
    answer = text.casefold()
    if answer not in YES | NO:
        raise Wrong("checkbox")
    return answer in YES


def _partial_date(_field: Field, text: str, today: date) -> PartialDate:
    try:
        day = PartialDate.parse(text)
    except NotAPartialDate as problem:
        raise Wrong("date") from problem
    if day.earliest and day.earliest > today:
        raise Wrong("future")
    if day.earliest and day.earliest.year < OLDEST_YEAR:
        raise Wrong("past")
    return day


def _date(_field: Field, text: str, _today: date) -> str:
    try:
        return str(PartialDate.parse(text))
    except NotAPartialDate as problem:
        raise Wrong("date") from problem


def _day(_field: Field, text: str, _today: date) -> date:
    try:
        day = PartialDate.parse(text)
    except NotAPartialDate as problem:
        raise Wrong("day") from problem
    if day.precision is not Precision.DAY or day.earliest is None:
        raise Wrong("day")
    return day.earliest


def _number(most: int) -> Check:
    def check(_field: Field, text: str, _today: date) -> str:
        if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= most):
            raise Wrong("number")
        return text

    return check


def _degrees(most: int) -> Check:
    def check(_field: Field, text: str, _today: date) -> str:
        try:
            if not abs(float(text)) <= most:  # also catches what is not a number
                raise Wrong("place")
        except ValueError as problem:
            raise Wrong("place") from problem
        return text

    return check


CHECKS: dict[str, Check] = {
    "text": _text,
    "long_text": _long_text,
    "code": _code,
    "codes": _codes,
    "country": _country,
    "citizenships": _citizenships,
    "place": _place,
    "language": _language,
    "checkbox": _checkbox,
    "partial_date": _partial_date,
    "date": _date,
    "day": _day,
    "children": _number(MOST_CHILDREN),
    "age": _number(OLDEST_AGE),
    "longitude": _degrees(180),
    "latitude": _degrees(90),
}
