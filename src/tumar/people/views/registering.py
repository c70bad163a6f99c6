"""Registering a person who was looked for and not found."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import take_in
from tumar.people.forms.registration import Registration
from tumar.people.forms.search import SearchForm
from tumar.people.models import Person
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def register(request: Request) -> HttpResponse:
    """One page for all she tells; nothing on it is required."""
    if request.method != "POST":
        return redirect("people:intake")  # search first
    screening = request.POST.get("screening", "")
    if "begin" in request.POST:
        searched = SearchForm(request.POST)
        form = Registration(known=searched.question if searched.is_valid() else None)
    else:
        form = Registration(sent=request.POST)
        if form.is_valid():
            person = take_in(
                actor=request.actor,
                identity=form.identity,
                answer=form.answer,
                screening=screening,
                at=request.received_at,
            )
            return _on_to_the_case(person, screening)
    return show(request, "people/register.html", {"form": form, "screening": screening})


def _on_to_the_case(person: Person, screening: str) -> HttpResponseRedirect:
    """To the page that opens a case, which stands in a higher room; else to the person."""
    try:
        url = reverse("protection:begin-case", args=[person.pseudonym])
    except NoReverseMatch:
        return redirect("people:identity", person.pseudonym)
    asked = f"?{urlencode({'screening': screening})}" if screening else ""
    return HttpResponseRedirect(url + asked)
