"""The history of imports of cases, as data."""

from __future__ import annotations

from operator import attrgetter

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from tumar.protection.models import ImportBatch
from tumar.ui.lists import Column, Listing
from tumar.ui.parts import Badge


def _refused(batch: ImportBatch) -> object:
    if not batch.rows_refused:
        return 0
    return Badge(number_format(batch.rows_refused, force_grouping=True), "warn")


IMPORTS = Listing(
    title=_("Exchange"),
    intro=_("Cases in and out, in the layout of the Human Trafficking Case Data Standard 2.0."),
    columns=[
        Column(_("Imported"), attrgetter("imported_at"), order="-imported_at", link=True),
        Column(_("Format"), lambda batch: batch.get_kind_display(), optional=True),
        Column(_("Rows read"), attrgetter("rows_read"), number=True, optional=True),
        Column(_("Cases added"), attrgetter("rows_added"), number=True),
        Column(_("Already there"), attrgetter("rows_there"), number=True, optional=True),
        Column(_("Refused"), _refused, number=True),
    ],
    empty=_("Your organisation has not imported anything yet."),
    empty_hint=_("Choose a file above. What was imported stands here from then on."),
    empty_icon="file-import",
    per_page=20,
)
