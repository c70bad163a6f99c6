"""Looking for a person: to open her page, and always before somebody is registered."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import search_persons
from tumar.people.forms.search import SearchForm
from tumar.people.lists.candidates import rows
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def search(request: Request) -> HttpResponse:
    """Find somebody the organisation knows."""
    return _find(request, "people/search.html")


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def intake(request: Request) -> HttpResponse:
    """Find out whether she is known before she is registered."""
    return _find(request, "people/intake.html")


def _find(request: Request, template: str) -> HttpResponse:
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "screening": request.GET.get("screening", "")}
    if form.is_valid():
        question = form.question
        found = search_persons(actor=request.actor, question=question, at=request.received_at)
        context |= {"searched": True, "question": question, "rows": rows(found, question)}
    return show(request, template, context, part="found")
