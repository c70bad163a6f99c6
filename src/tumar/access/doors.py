"""Every address has a door: who may knock at all. What they may do inside, the rules say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone  # noqa: TID251  # the door is where a request gets its time
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from tumar import audit
from tumar.access import NotAllowed, Role, sessions
from tumar.access.http import Request
from tumar.access.models import Membership
from tumar.access.policy import REFUSED
from tumar.access.queries import actor_among, memberships_of

View = TypeVar("View", bound=Callable[..., Any])

STRANGERS = frozenset({"*"})
TOKENS = frozenset({"token"})
ALL_ROLES = frozenset(role.value for role in Role)
READING = frozenset({"GET", "HEAD"})
ORGANISATION = "organisation"  # session key: for whom the user acts


def open_to(*roles: Role) -> Callable[[View], View]:
    """Open a view to users who hold one of these roles where they act now."""
    return _door(frozenset(role.value for role in roles))


def open_to_signed_in(view: View) -> View:
    """Open a view to everybody who has signed in and belongs to an organisation."""
    return _door(ALL_ROLES)(view)


def open_to_strangers(view: View) -> View:
    """Open a view to everybody. Such a page shows nothing about anyone."""
    return _door(STRANGERS)(view)


def open_to_tokens(view: View) -> View:
    """Open a view to programs: the API itself asks for the token and puts the actor in place."""
    return _door(TOKENS)(view)


def door_of(view: Callable[..., Any]) -> frozenset[str] | None:
    """Who may knock at a view: roles, {"*"} strangers, {"token"} programs, None if undecided."""
    return getattr(view, "door", None)


def _door(who: frozenset[str]) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.door = who  # type: ignore[attr-defined]
        return view

    return put


class DoorMiddleware:
    """Put the actor on the request, refuse at the door, and leave a line about refusals."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, plain: HttpRequest) -> HttpResponse:
        request = cast("Request", plain)
        request.received_at = timezone.now()
        if not isinstance(request.user, AnonymousUser):
            _admit_or_end(request)
        if request.method in READING:
            with audit.only_reading():  # a GET that writes is a mistake, wherever it is made
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        if response.status_code in {403, 404}:
            _leave_denial(request, response.status_code)
        return response

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        who = door_of(view)
        if who is None:
            raise NotAllowed(_("This address has no rule, so nobody may use it."))
        if who in (STRANGERS, TOKENS):
            return None
        if isinstance(request.user, AnonymousUser):
            return _to_the_door(request)
        if not hasattr(request, "actor"):
            raise NotAllowed(_("You belong to no organisation here. Ask your administrator."))
        if who.isdisjoint(role.value for role in request.actor.roles):
            raise NotAllowed(_("Your role does not open this page."))
        return None


door_middleware = DoorMiddleware


def _admit_or_end(request: Request) -> None:
    if sessions.is_over(request.session, request.received_at):
        logout(request)
        return
    sessions.note(request.session, request.received_at)
    request.memberships = memberships_of(request.user.pk)
    actor = actor_among(request.memberships, request.session.get(ORGANISATION))
    if actor is not None:
        request.actor = actor


def _to_the_door(request: Request) -> HttpResponse:
    # Back to where a stranger wanted to go; what was sent by POST cannot be asked for again.
    to = redirect_to_login(request.path if request.method == "GET" else "/")
    if request.htmx:  # else the sign-in page would appear inside the page
        return HttpResponseClientRedirect(redirect_to_login("/").url)
    return to


def _leave_denial(request: Request, status: int) -> None:
    if not hasattr(request, "actor"):
        return
    match = request.resolver_match
    # The name of the page, never its address: an address may hold a reference.
    audit.deny(
        request.actor,
        REFUSED,
        on=Membership,
        at=request.received_at,
        page=match.view_name if match else "",
        status=status,
    )
