"""Who looked at a person's data: for her worker, the officer, and for her."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tumar.access import Role
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import see_who_looked
from tumar.people.lists.log import looks
from tumar.people.models import Person
from tumar.people.queries import doers
from tumar.ui.pages import show


@require_safe
@open_to(Role.DPO, *IDENTITY_ROLES)
def looked(request: Request, pseudonym: str) -> HttpResponse:
    """Every line about one person, in words, on a page that can be printed for her."""
    person = find(Person.objects.answerable_by(request.actor), pseudonym=pseudonym)
    lines = see_who_looked(actor=request.actor, person=person, at=request.received_at)
    organisations, users = doers(lines, request.actor.organisation_id)
    context = {
        "person": person,
        "looks": looks(lines, organisations, users),
        "works_with_her": request.actor.has(*IDENTITY_ROLES),
    }
    return show(request, "people/looked.html", context)
