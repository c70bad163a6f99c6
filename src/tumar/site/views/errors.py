"""What is shown when something went wrong: a sentence and a number, nothing of the inside."""

from __future__ import annotations

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger("tumar.errors")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The browser sent something that could not be read (400)."""
    return _answer(request, 400, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reader may not do this; the reason is in words for them (403)."""
    return _answer(request, 403, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is here for this reader (404)."""
    return _answer(request, 404, exception)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody asks faster than people do (429)."""
    return _answer(request, 429, None)


def broken(request: HttpRequest) -> HttpResponse:
    """Our own mistake (500). Uses no session and no database: those may be what broke."""
    reference = _noted(500, sys.exc_info()[1])
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def _answer(request: HttpRequest, status: int, exception: Exception | None) -> HttpResponse:
    reference = _noted(status, exception)
    reason = str(exception) if status == 403 and exception else ""
    shown = {"reference": reference, "exception": reason}
    try:
        page: str = render_to_string(f"{status}.html", shown, request)
    except Exception:  # the error page must not be the next error
        logger.exception("reference %s: the page for %s broke", reference, status)
        page = _("This did not work.") + f" {reference}"
    return HttpResponse(page, status=status)


def _noted(status: int, error: BaseException | None) -> str:
    """Log the error under a new reference; the log writes its class and places, not its words."""
    reference = secrets.token_hex(4)
    level = logging.ERROR if status >= 500 else logging.INFO
    logger.log(level, "reference %s: %s", reference, status, exc_info=error)
    return reference
