"""Choices from the field's own code lists."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.reference.codelists import code_list
from tumar.ui.parts import Label

NOTHING = _("Not recorded")


class CodeChoiceField(forms.ChoiceField):
    """One code of a list; as radio buttons when the list is short, else as a menu.

    Args:
        list_key: the list's key in `reference/codelists`.
        nothing: what the empty choice is called; None where there is none.
    """

    def __init__(self, list_key: str, *, nothing: Label | None = NOTHING, **kwargs: Any) -> None:
        self.list_key = list_key
        super().__init__(choices=_choices(list_key, nothing), **kwargs)

    def help_for(self, code: str) -> str:
        """What a code means, shown under its label."""
        return code_list(self.list_key).definition(code)


class CodesField(forms.MultipleChoiceField):
    """Any number of codes of a list, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, list_key: str, **kwargs: Any) -> None:
        self.list_key = list_key
        super().__init__(choices=_choices(list_key, None), **kwargs)

    def help_for(self, code: str) -> str:
        """What a code means, shown under its label."""
        return code_list(self.list_key).definition(code)


def _choices(list_key: str, nothing: Label | None) -> Callable[[], list[tuple[str, Label]]]:
    # A callable: labels follow the reader's language, and lists are not read at import.
    def choices() -> list[tuple[str, Label]]:
        first: list[tuple[str, Label]] = [] if nothing is None else [("", nothing)]
        return [*first, *code_list(list_key).choices()]

    return choices
