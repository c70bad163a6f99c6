"""Text from strangers: kept as it was meant, without what could mislead a reader."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

MARKS_PER_LETTER = 3
"""Arabic and Lao stack up to three; more is a pile that hides the lines around it."""

NAME_LENGTH = 200
TEXT_LENGTH = 10_000

# Overrides and isolates of direction let a name show as another one. The zero-width joiners
# (U+200C, U+200D) stay: Persian, Urdu and Nepali are misspelt without them.
_MISLEADING = {
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xE0000, 0xE0080),
    0x00AD,
    0x061C,
    0x180E,
    0x200B,
    0x200E,
    0x200F,
    0x2028,
    0x2029,
    0x2060,
    0xFEFF,
}
_PILE = re.compile(r"\s+")


def clean_name(text: str) -> str:
    """A name in one line: NFC, no control or direction marks, no piles of accents."""
    return _PILE.sub(" ", _without_piles(_legible(text, keep="\t\n"))).strip()


def clean_text(text: str) -> str:
    """A longer text: as `clean_name`, but its lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _without_piles(_legible(lines, keep="\t\n")).strip()


def _legible(text: str, *, keep: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if _may_stay(sign, keep))


def _may_stay(sign: str, keep: str) -> bool:
    if sign in keep:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cs"} and ord(sign) not in _MISLEADING


def _without_piles(text: str) -> str:
    kept: list[str] = []
    pile = 0
    for sign in text:
        pile = pile + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if pile <= MARKS_PER_LETTER:
            kept.append(sign)
    return "".join(kept)


class _CleanField(forms.CharField):
    """Refuses a text that is too long before it spends time on it; then cleans it."""

    longest: int

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        if not text:
            return text
        if len(text) > self.longest:
            raise ValidationError(too_long(len(text), self.longest), code="max_length")
        return self.cleaned(text)

    def cleaned(self, text: str) -> str:
        raise NotImplementedError

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # dir=auto: the first letter decides the direction, whatever the page's own is.
        attrs = {"dir": "auto", "autocomplete": "off", "maxlength": self.longest}
        return {**super().widget_attrs(widget), **attrs}


class NameField(_CleanField):
    """One line in any script: a name, a place, a title."""

    def __init__(self, *, longest: int = NAME_LENGTH, **kwargs: Any) -> None:
        super().__init__(longest=longest, **kwargs)

    def cleaned(self, text: str) -> str:
        return clean_name(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "spellcheck": "false"}


class SafeTextField(_CleanField):
    """A text of several lines."""

    widget = forms.Textarea

    def __init__(self, *, longest: int = TEXT_LENGTH, **kwargs: Any) -> None:
        super().__init__(longest=longest, **kwargs)

    def cleaned(self, text: str) -> str:
        return clean_text(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "rows": 5}


def too_long(length: int, longest: int) -> str:
    """The sentence for somebody who wrote too much."""
    return _("Please shorten this to %(longest)s characters; it has %(length)s.") % {
        "longest": number_format(longest, force_grouping=True),
        "length": number_format(length, force_grouping=True),
    }
