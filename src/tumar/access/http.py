"""The request as our views see it: with an actor already on it."""

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import Http404, HttpRequest
from django_htmx.middleware import HtmxDetails

from tumar.access import Actor
from tumar.access.models import Membership, User

M = TypeVar("M", bound=models.Model)


class Request(HttpRequest):
    """A signed-in request: `actor` acts for one organisation, `memberships` are all of theirs."""

    user: User
    actor: Actor
    memberships: list[Membership]
    htmx: HtmxDetails
    received_at: datetime


def find(rows: models.QuerySet[M], **by: object) -> M:
    """The one row the reader may know of.

    404, not 403, when there is none: an outsider must not learn that it exists. The door leaves
    a denial line for every 404 a signed-in reader gets.
    """
    try:
        return rows.get(**by)
    except (ObjectDoesNotExist, ValueError) as missing:
        raise Http404 from missing
