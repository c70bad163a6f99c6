"""Importing records, and what became of each import."""

from __future__ import annotations

import csv

from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from tumar.access import Role
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.evidence.commands import ImportedMeanwhile
from tumar.evidence.exchange import ImportReport, NotReadable, import_ctdc
from tumar.evidence.exchange.ctdc import MOST_REFUSALS
from tumar.evidence.forms import ImportForm
from tumar.evidence.lists import IMPORTS
from tumar.evidence.models import Batch
from tumar.evidence.rules.reasons import REASONS
from tumar.ui.lists import listing
from tumar.ui.pages import show

ON_THE_PAGE = 50
"""Bad cells shown; the file to download has them all."""


# Exempt here and protected one step further in: the token is read from the form, and reading it
# reads the file, which must not happen before it is said where the file is kept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(Role.ANALYST, Role.COORDINATOR)
def import_page(request: Request) -> HttpResponse:
    """Upload a file and read what became of it; below, what was imported before."""
    if request.method == "POST":
        # Records are anonymous and files are large: on a disk, as nothing about a person may be.
        on_disk: list[FileUploadHandler] = [TemporaryFileUploadHandler(request)]
        request.upload_handlers = on_disk
    return _import_page(request)


@csrf_protect
def _import_page(request: Request) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        try:
            report = import_ctdc(
                actor=request.actor,
                path_or_file=form.cleaned_data["file"].file,
                keep=form.cleaned_data["keep"],
                title=form.cleaned_data["title"] or "",
                at=timezone.now(),
            )
        except (NotReadable, ImportedMeanwhile) as problem:
            form.add_error("file", str(problem))
        else:
            return redirect(report.batch)
    batches = Batch.objects.visible_to(request.actor)
    return listing(
        request, IMPORTS, batches, context={"form": form}, template="evidence/import.html"
    )


@require_safe
@open_to(Role.ANALYST, Role.COORDINATOR)
def batch_page(request: Request, number: int) -> HttpResponse:
    """One import: what came in, and what was refused and why."""
    batch = find(Batch.objects.visible_to(request.actor), pk=number)
    report = ImportReport(batch)
    refusals = [(wrong, REASONS[wrong.reason]) for wrong in report.refusals]
    context = {
        "batch": batch,
        "report": report,
        "refusals": refusals[:ON_THE_PAGE],
        "is_more": len(refusals) > ON_THE_PAGE,
        "most": MOST_REFUSALS,
        "is_cut": len(refusals) == MOST_REFUSALS,
    }
    return show(request, "evidence/batch.html", context)


@require_safe
@open_to(Role.ANALYST, Role.COORDINATOR)
def bad_rows(request: Request, number: int) -> HttpResponse:
    """The bad cells as a file: row, column, reason; never what stood there."""
    batch = find(Batch.objects.visible_to(request.actor), pk=number)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="bad-rows-{batch.pk}.csv"',
            "Cache-Control": "no-store",
        },
    )
    response.write("\ufeff")
    write = csv.writer(response).writerow
    write(["row", "column", "reason"])
    for wrong in ImportReport(batch).refusals:
        write([wrong.row, wrong.column, str(REASONS[wrong.reason])])
    return response
