"""The desk, and the page of one case."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import CASE_ROLES, IDENTITY_ROLES
from tumar.people.policy import Act as PeopleAct
from tumar.protection.commands import names_on_desk
from tumar.protection.lists.case import CLOSED, desk_rows
from tumar.protection.lists.case import cases as case_list
from tumar.protection.models import CaseAccess
from tumar.protection.queries import tiles_of
from tumar.protection.views.page import show_case
from tumar.protection.views.visible import day_of, visible_case
from tumar.ui.lists import listing

NAMES_SHOWN = "names_shown"  # session key; away by default, for screens are seen by others


@require_safe
@open_to(*CASE_ROLES)
def cases(request: Request) -> HttpResponse:
    """The organisation's desk, by when something is due; closed cases on request."""
    is_open = CLOSED not in request.GET.getlist("show")
    may_see_names = verdict(request.actor, PeopleAct.LIST, None)
    shows_names = bool(may_see_names) and bool(request.session.get(NAMES_SHOWN))
    names: dict[UUID, str] = {}

    def open_names(rows: Sequence[CaseAccess]) -> None:
        names.update(names_on_desk(actor=request.actor, rows=rows, at=request.received_at))

    return listing(
        request,
        case_list(
            request.actor, day_of(request), is_open=is_open, names=names if shows_names else None
        ),
        desk_rows(request.actor, is_open=is_open),
        on_rows=open_names if shows_names else None,
        context={
            "tiles": tiles_of(request.actor, day_of(request)) if not request.htmx else None,
            "may_see_names": may_see_names,
            "shows_names": shows_names,
        },
        template="protection/case/list.html",
    )


@require_POST
@open_to(*IDENTITY_ROLES)
def show_names(request: Request) -> HttpResponse:
    """Show names in the list until the session ends, or hide them again."""
    request.session[NAMES_SHOWN] = request.POST.get("names") == "show"
    back = request.POST.get("back", "")
    here = reverse("protection:cases")
    is_ours = back.startswith(here) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else here)


@require_safe
@open_to(*CASE_ROLES)
def case(request: Request, ref: str) -> HttpResponse:
    """Everything the reader's organisation may see of a case; the look is on record."""
    return show_case(request, visible_case(request, ref))
