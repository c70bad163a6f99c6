"""Why a cell was refused, in words that say what may stand there."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "cells": _("The row has more or fewer cells than there are columns."),
    "csv": _("The row cannot be read: its quotation marks do not pair, or a cell is too long."),
    "year": _("Not a year of four digits."),
    "year_range": _("The year is before 1990 or still to come."),
    "age": _("Not one of the age bands 0--8, 9--17, 18--20 … 48+."),
    "months": _("Not one of the durations this layout has, such as 0--12 or 13--24."),
    "country": _("Not a country code of ISO 3166-1, of two or three letters."),
    "gender": _("Not one of the genders this layout has."),
    "datasource": _("Neither “Case Management” nor “Hotline”."),
    "majority": _("Neither “Adult” nor “Minor”."),
    "yesno": _("Neither 0, 1, -99 nor blank."),
    "phrase": _("Holds words that are not among the published ones, parted by semicolons."),
}
