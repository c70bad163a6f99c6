"""Text on its way into and out of a spreadsheet, where some of it would be calculated."""

from __future__ import annotations

from tumar.ui.forms import clean_text

# What makes a spreadsheet calculate, also in full width. Source: OWASP, CSV Injection.
STARTERS = frozenset("=+-@|%＝＋－＠\t\r\n")
SPACES = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00a0 "
GUARD = "'"


def legible(text: str) -> str:
    """The text without control, direction and zero-width signs that could hide its beginning."""
    if text.isascii() and text.isprintable():  # nearly every cell; it needs no second look
        return text.strip()
    return clean_text(text).lstrip(SPACES)


def guarded(text: str) -> str:
    """A CSV cell no spreadsheet calculates: an apostrophe goes before what would be a formula.

    A text that has apostrophes before a formula already gets one more, so that `unguarded` gives
    back exactly what was written.
    """
    return GUARD + text if _would_calculate(text) else text


def unguarded(cell: str) -> str:
    """What was written before `guarded` put its apostrophe there."""
    return cell[1:] if cell.startswith(GUARD) and _would_calculate(cell) else cell


def _would_calculate(text: str) -> bool:
    first = text.lstrip(GUARD).lstrip(SPACES)[:1]
    return bool(first) and first in STARTERS
