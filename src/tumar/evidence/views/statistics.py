"""The page of statistics and its downloads."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tumar.access import Role, require, verdict
from tumar.access.doors import open_to, open_to_signed_in
from tumar.access.http import Request
from tumar.evidence.commands import rebuild_case_tallies
from tumar.evidence.exchange.statistics import WRITERS, NothingCounted, export_statistics
from tumar.evidence.forms import FiltersForm
from tumar.evidence.models import Counting, Release
from tumar.evidence.models.batch import Batch
from tumar.evidence.policy import Act
from tumar.evidence.queries import Filters, Statistics, statistics
from tumar.evidence.views.charts import dimension_chart, year_by_sex_chart, year_chart
from tumar.ui.pages import show
from tumar.ui.parts import Link

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@open_to_signed_in
def statistics_page(request: Request) -> HttpResponse:
    """Persons by year, sex, age, citizenship, form and country, from one source."""
    require(request.actor, Act.READ, Release)
    asked = FiltersForm(request.GET).filters()
    found = statistics(asked, timezone.now())
    context: dict[str, object] = {
        "found": found,
        "may_import": verdict(request.actor, Act.IMPORT, Batch),
        "may_export": verdict(request.actor, Act.EXPORT, Release),
        "may_count": verdict(request.actor, Act.REBUILD, Counting),
    }
    if found:
        context |= _shown(found, asked)
    return show(request, "evidence/statistics.html", context, part="figures")


@require_safe
@open_to(Role.ANALYST, Role.COORDINATOR)
def download(request: Request, kind: str) -> HttpResponse:
    """The numbers of the page as a file; leaves a line that they went out."""
    if kind not in WRITERS:
        raise Http404
    file, now = BytesIO(), timezone.now()
    filters = FiltersForm(request.GET).filters()
    try:
        export_statistics(
            actor=request.actor,
            path_or_file=file,
            kind="xlsx" if kind == "xlsx" else "csv",
            filters=filters,
            at=now,
        )
    except NothingCounted as nothing:
        messages.error(request, str(nothing))
        return redirect("evidence:statistics")
    name = f"tumar-statistics-{now:%Y-%m-%d}.{kind}"
    return HttpResponse(
        file.getvalue(),
        content_type=MEDIA_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@require_POST
@open_to(Role.ANALYST, Role.COORDINATOR)
def count_cases(request: Request) -> HttpResponse:
    """Count the cases as they are now."""
    rebuild_case_tallies(actor=request.actor, at=timezone.now())
    messages.success(request, _("The cases have been counted."))
    return redirect("evidence:statistics")


def _shown(found: Statistics, asked: Filters) -> dict[str, object]:
    address = _address(found, asked)
    has_years = len(found.by_year) > 1
    return {
        "sources": [
            Link(
                f"{choice.label} · {_amount(choice.total)}",
                f"?source={choice.key}",
                is_current=choice.key == found.source,
            )
            for choice in found.choices
        ],
        "years": [(year, label) for year, label in found.periods if year],
        "asked": asked,
        "query": address,
        "year_charts": [year_chart(found), year_by_sex_chart(found)] if has_years else [],
        "charts": [(table, dimension_chart(found, table)) for table in found.tables],
    }


def _amount(amount: int | str) -> str:
    return f"{amount:,}" if isinstance(amount, int) else amount


def _address(found: Statistics, asked: Filters) -> str:
    span = {"since": asked.since, "until": asked.until}
    return urlencode(
        {"source": found.source, **{name: year for name, year in span.items() if year}}
    )
