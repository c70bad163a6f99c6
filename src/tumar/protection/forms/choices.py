"""Choices that depend on the case or the reader."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field of choices what may be chosen here and now; anything else is refused."""
    cast("forms.ChoiceField", form.fields[name]).choices = list(choices)
