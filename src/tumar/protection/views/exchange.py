"""Cases in from a file, cases out to a file, and what became of each import."""

from __future__ import annotations

import io

from django.contrib import messages
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import IDENTITY_ROLES
from tumar.protection.commands.intake import ImportedMeanwhile
from tumar.protection.exchange import (
    ImportReport,
    NotReadable,
    TooManyCases,
    Wish,
    export_htcds,
    import_htcds,
)
from tumar.protection.exchange.reasons import REASONS
from tumar.protection.exchange.uploads import InMemory
from tumar.protection.forms.exchange import ExportForm, ImportForm
from tumar.protection.lists.exchange import IMPORTS
from tumar.protection.models import Case, ImportBatch
from tumar.protection.policy import IDENTITIES_AT_MOST, Act, export_limit
from tumar.ui.lists import listing
from tumar.ui.pages import show

ON_THE_PAGE = 100  # new cases and bad cells shown
ROWS_AT_A_TIME = 1000  # some 30 s of work; a reader waits no longer, nor does a proxy
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@open_to(*IDENTITY_ROLES)
def exchange(request: Request) -> HttpResponse:
    """Take in a file, write one, and see what was taken in before."""
    return _page(request)


# Exempt here and protected one step further in: the token is read from the form, and reading
# it reads the file, which must not happen before it is said where the file is kept.
@csrf_exempt
@require_POST
@open_to(*IDENTITY_ROLES)
def import_cases(request: Request) -> HttpResponse:
    """Check an uploaded file and keep what the user chose to keep."""
    in_memory: list[FileUploadHandler] = [InMemory(request)]
    request.upload_handlers = in_memory
    return _import_cases(request)


@csrf_protect
def _import_cases(request: Request) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            report = import_htcds(
                actor=request.actor,
                path_or_file=form.cleaned_data["file"].file,
                keep=form.cleaned_data["keep"],
                ignore_unknown=form.cleaned_data["ignore_unknown"],
                most_rows=ROWS_AT_A_TIME,
                at=request.received_at,
            )
        except (NotReadable, ImportedMeanwhile) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(report.batch)
    return _page(request, import_form=form)


@require_POST
@open_to(*IDENTITY_ROLES)
def export_cases(request: Request) -> HttpResponse:
    """Write the cases on the reader's desk to a file; the reason and the counts are in the log."""
    form = ExportForm(request.POST, may_identify=_may_identify(request))
    if form.is_valid():
        wish, file = Wish(**form.cleaned_data), io.BytesIO()
        try:
            report = export_htcds(
                actor=request.actor, path_or_file=file, wish=wish, at=request.received_at
            )
        except TooManyCases as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, str(report))
            return _file(file, wish, f"htcds-{request.received_at:%Y-%m-%d}.{wish.kind}")
    return _page(request, export_form=form)


@require_safe
@open_to(*IDENTITY_ROLES)
def exchange_import(request: Request, pk: int) -> HttpResponse:
    """One import: the cases it made, and what was refused and why."""
    batch = find(ImportBatch.objects.visible_to(request.actor), pk=pk)
    report = ImportReport(batch)
    made = batch.rows.values("case")
    cases = Case.objects.visible_to(request.actor).filter(pk__in=made).order_by("ref")
    refusals = [(wrong, REASONS[wrong.reason]) for wrong in report.refusals[:ON_THE_PAGE]]
    context = {
        "batch": batch,
        "report": report,
        "tone": "warn" if batch.rows_refused else "ok",
        "cases": cases[:ON_THE_PAGE],
        "refusals": refusals,
        "has_more_cases": batch.rows_added > ON_THE_PAGE,
        "has_more_refusals": len(report.refusals) > ON_THE_PAGE,
    }
    return show(request, "protection/exchange_import.html", context)


def _page(
    request: Request,
    *,
    import_form: ImportForm | None = None,
    export_form: ExportForm | None = None,
) -> HttpResponse:
    may_identify = _may_identify(request)
    context = {
        "import_form": import_form or ImportForm(),
        "export_form": export_form or ExportForm(may_identify=may_identify),
        "may_identify": may_identify,
        "limit": _grouped(export_limit(request.actor)),
        "identities": _grouped(IDENTITIES_AT_MOST),
    }
    batches = ImportBatch.objects.visible_to(request.actor)
    return listing(request, IMPORTS, batches, context=context, template="protection/exchange.html")


def _grouped(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def _may_identify(request: Request) -> bool:
    return bool(verdict(request.actor, Act.EXPORT_IDENTITY, None))


def _file(file: io.BytesIO, wish: Wish, name: str) -> HttpResponse:
    return HttpResponse(
        file.getvalue(),
        content_type=MEDIA_TYPES[wish.kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
