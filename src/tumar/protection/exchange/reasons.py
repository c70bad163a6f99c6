"""Why a cell or a row was refused, in words that say what may stand there."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "cells": _("The row has more cells than there are columns."),
    "csv": _("The row cannot be read: its quotation marks do not pair, or a cell is too long."),
    "formula": _("A formula. Only text, numbers and dates are read; nothing is calculated."),
    "error": _("A spreadsheet error, such as #REF!. Write the value itself."),
    "nothing": _("The row says nothing about a person or a case."),
    "code": _("Not one of the words HTCDS 2.0 has for this column."),
    "codes": _("Holds a word HTCDS 2.0 does not have for this column; part words by semicolons."),
    "country": _("Not a country: give two or three letters of ISO 3166-1, or the English name."),
    "language": _("Not a language: give three letters of ISO 639-2, or the English name."),
    "checkbox": _("Neither TRUE nor FALSE."),
    "date": _("Not a date. Write it as 2001-05-12, 2001-05 or 2001."),
    "day": _("Not a day. Write it as 2001-05-12."),
    "future": _("This day has not come yet."),
    "past": _("This year is before 1900."),
    "number": _("Not a whole number that could be true here."),
    "place": _("Not a degree of latitude or longitude."),
    "too_long": _("The text is too long: 200 characters in one line, 10,000 in a long text."),
    "closed": _("The case is closed. A supervisor takes in closed cases."),
}
