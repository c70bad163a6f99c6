"""Two versions of a section: what each wrote in words, and what the reader chose of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tumar.reference.dates import PartialDate
from tumar.ui.parts import Difference

CHOOSE = "choose-"


def is_choosing(sent: QueryDict) -> bool:
    """Does this answer come from the page that shows both versions?"""
    return any(name.startswith(CHOOSE) for name in sent)


def chosen(sent: QueryDict, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Field by field what the reader chose; a field that does not differ is as they wrote it."""
    return {
        name: theirs[name] if sent.get(f"{CHOOSE}{name}") == "theirs" else value
        for name, value in mine.items()
    }


def pairs(form: forms.Form, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """Each field of a section as both have it, in words."""
    return [
        Difference(
            name,
            str(form.fields[name].label),
            in_words(form.fields[name], value),
            in_words(form.fields[name], theirs[name]),
        )
        for name, value in mine.items()
    ]


def hidden(mine: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the reader wrote as names and values of hidden inputs, so that nothing is lost."""
    return [(name, text) for name, value in mine.items() for text in _sent(value)]


def in_words(field: forms.Field, value: Any) -> str:
    """A value as a reader of the page would say it."""
    if isinstance(field, forms.ChoiceField):
        labels = {str(code): str(label) for code, label in _flat(field)}
        codes = value if isinstance(value, list | tuple) else [value]
        return ", ".join(labels.get(str(code), str(code)) for code in codes if code)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, PartialDate):
        return value.words() if value else ""
    return str(value or "")


def _flat(field: forms.ChoiceField) -> Iterable[tuple[Any, Any]]:
    return cast("Iterable[tuple[Any, Any]]", field.choices)


def _sent(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(code) for code in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(value)] if value is not None else []
