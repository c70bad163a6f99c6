"""The first page: what is due, what waits, what is new, for the roles one holds."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tumar.access import Role, verdict
from tumar.access.doors import open_to_signed_in
from tumar.access.http import Request
from tumar.protection.policy import Act
from tumar.site.overview import sections_for
from tumar.ui.pages import show


@require_safe
@open_to_signed_in
def home(request: Request) -> HttpResponse:
    """One section for each role the reader holds here."""
    sections = sections_for(request.actor, request.received_at)
    # A screener finds this button, larger, in the page itself.
    may_start = not request.actor.has(Role.SCREENER) and verdict(request.actor, Act.START, None)
    return show(request, "site/home.html", {"sections": sections, "may_start": may_start})
