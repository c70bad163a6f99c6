"""The public API: where the rooms' parts are put together, who may call it, and how it says no.

Every answer that is not a success is a problem in the form of RFC 9457.
"""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from tumar.access.doors import open_to_tokens
from tumar.access.http import Request
from tumar.access.queries import actor_of_token
from tumar.protection.api import ROUTERS
from tumar.protection.commands import AlreadyReferred, ChangedMeanwhile, NoGround
from tumar.site.api_reference import router as reference

log = logging.getLogger(__name__)


class Token(HttpBearer):
    """A token made on the profile page, sent as `Authorization: Bearer …`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        asked: Request = request  # type: ignore[assignment]  # the door has put the time on it
        actor = actor_of_token(token, asked.received_at)
        if actor is not None:
            asked.actor = actor
        return actor


api = NinjaAPI(
    title="Tumar",
    version="1",
    urls_namespace="api",
    description="Cases, referrals, screenings and reference data. Identities are not part of it.",
    auth=Token(),
    docs_url=None,  # its page loads scripts from another host
    openapi_url="openapi.json",
)
for prefix, router in ROUTERS.items():
    api.add_router(prefix, router)
api.add_router("/reference", reference)


def problem(status: int, title: str, **more: Any) -> HttpResponse:
    """An answer in the form of RFC 9457."""
    content = {"type": "about:blank", "status": status, "title": title, **more}
    return JsonResponse(content, status=status, content_type="application/problem+json")


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, _("A token is needed, and it must be valid."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, _("Not allowed."), detail=str(error))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, _("There is nothing here for you."))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Where and what, never the value: it may be somebody's name in the wrong field.
    errors = [{"at": list(map(str, e["loc"])), "problem": e["msg"]} for e in error.errors]
    return problem(422, _("Something in the request cannot be used."), errors=errors)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(AlreadyReferred)
@api.exception_handler(NoGround)
def conflict(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(409, _("That cannot be done now."), detail=str(error))


@api.exception_handler(ChangedMeanwhile)
def changed(request: HttpRequest, error: ChangedMeanwhile) -> HttpResponse:
    return problem(409, _("Changed meanwhile."), detail=str(error), version=error.version)


@api.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    reference_number = secrets.token_hex(4)
    log.error("api failure %s: %s", reference_number, type(error).__name__)
    return problem(500, _("Something went wrong here."), reference=reference_number)


def api_urls() -> tuple[Any, ...]:
    """The API's addresses, each with a door: the API itself asks for the token."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if pattern.callback is not None:
            open_to_tokens(pattern.callback)
    return patterns, app_name, namespace
