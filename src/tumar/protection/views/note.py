"""Notes: written at the time line, corrected by a second one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import CASE_ROLES
from tumar.protection.commands import correct_note, open_case_page, write_note
from tumar.protection.forms.note import CorrectionForm, NoteForm
from tumar.protection.models import Case, Note
from tumar.protection.policy import Act
from tumar.protection.views.page import show_case
from tumar.protection.views.visible import day_of, visible_case
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def note(request: Request, ref: str) -> HttpResponse:
    """Write a note; to htmx the answer is the time line."""
    case = visible_case(request, ref)
    sent = request.POST if request.method == "POST" else None
    form = NoteForm(sent, today=day_of(request))
    if form.is_valid():
        write_note(actor=request.actor, case=case, at=request.received_at, **form.cleaned_data)
        return redirect(case)
    if request.htmx:
        return show_case(request, case, note_form=form)
    may = verdict(request.actor, Act.NOTE, case)
    return show(request, "protection/case/note.html", {"case": case, "form": form, "may": may})


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def correct(request: Request, ref: str, pk: UUID) -> HttpResponse:
    """Write a correction beside a note; the note is shown while one writes."""
    case = visible_case(request, ref)
    wrong = _shared_note(request, case, pk)
    may = verdict(request.actor, Act.CORRECT, wrong)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        text = form.cleaned_data["text"]
        correct_note(actor=request.actor, note=wrong, text=text, at=request.received_at)
        messages.success(request, _("The correction stands beside the note."))
        return redirect(case)
    open_case_page(actor=request.actor, case=case, at=request.received_at)
    context = {"case": case, "note": wrong, "form": form, "may": may}
    return show(request, "protection/case/correct_note.html", context)


def _shared_note(request: Request, case: Case, pk: UUID) -> Note:
    access = case.access_of(request.actor.organisation_id)
    if access is None or "narrative" not in access.groups:
        raise Http404
    wrong = find(case.notes.select_related("data_key", "author"), pk=pk)
    wrong.case = case
    return wrong
