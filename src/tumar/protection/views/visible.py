"""A case for a page, or 404; and which day it is for the reader."""

from datetime import date

from django.http import Http404
from django.utils import timezone

from tumar.access.http import Request
from tumar.protection.models import Case
from tumar.protection.queries import case_on_desk


def visible_case(request: Request, ref: str) -> Case:
    """The case of this reference on the reader's desk; out of scope is like nothing at all."""
    case = case_on_desk(request.actor, ref)
    if case is None:
        raise Http404
    return case


def day_of(request: Request) -> date:
    """The day on which the request came, in the country's time."""
    return timezone.localdate(request.received_at)
