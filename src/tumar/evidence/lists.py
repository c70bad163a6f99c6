"""The history of imports, as data."""

from __future__ import annotations

from operator import attrgetter

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tumar.evidence.models import Batch
from tumar.ui.lists import Column, Listing
from tumar.ui.parts import Badge, Lines


def _source(batch: Batch) -> object:
    layout = str(batch.get_layout_display())
    return batch.title if batch.title == layout else Lines(batch.title, layout)


def _imported(batch: Batch) -> str:
    return date_format(batch.imported_at, "j M Y, H:i")


def _refused(batch: Batch) -> object:
    if not batch.rows_refused:
        return 0
    return Badge(f"{batch.rows_refused:,}", "warn")


IMPORTS = Listing(
    title=_("Import records"),
    intro=_("Anonymous records of other sources. They enter statistics, never casework."),
    columns=[
        Column(_("Imported"), _imported, order="-imported_at"),
        Column(_("Source"), _source, link=True),
        Column(_("Rows read"), attrgetter("rows_read"), number=True, optional=True),
        Column(_("Added"), attrgetter("rows_added"), number=True),
        Column(_("Already there"), attrgetter("rows_there"), number=True, optional=True),
        Column(_("Refused"), _refused, number=True),
    ],
    empty=_("Nothing has been imported yet."),
    empty_hint=_("Choose a file above. What was imported stands here from then on."),
    empty_icon="database",
    per_page=20,
)
