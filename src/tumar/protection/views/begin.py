"""From a registered person to a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.models import Person
from tumar.protection.commands import open_case
from tumar.protection.forms.begin import BeginForm
from tumar.protection.models import Case, Screening
from tumar.protection.policy import Act
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def begin(request: Request, pseudonym: str) -> HttpResponse:
    """Open a case for a person the reader's organisation knows."""
    known = Person.objects.visible_to(request.actor).select_related("data_key")
    person = find(known, pseudonym=pseudonym)
    first = {"screening": request.GET.get("screening", "")}
    form = BeginForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        wanted = dict(form.cleaned_data)
        screening = _screening(request, wanted.pop("screening"))
        case = open_case(
            actor=request.actor,
            person=person,
            screening=screening,
            at=request.received_at,
            **wanted,
        )
        messages.success(request, _("The case is open. Write a first note, or agree on a plan."))
        return redirect(case)
    cases = Case.objects.visible_to(request.actor).open().filter(person=person)
    may = verdict(request.actor, Act.OPEN_CASE, None)
    context = {"person": person, "form": form, "may": may, "cases": list(cases)}
    return show(request, "protection/case/begin.html", context)


def _screening(request: Request, ref: str) -> Screening | None:
    """The screening the way began with, if the reader may know it."""
    if not ref:
        return None
    return find(Screening.objects.visible_to(request.actor), ref=ref)
