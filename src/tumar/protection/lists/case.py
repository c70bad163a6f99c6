"""The desk of an organisation as a list: what must be done today comes first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.protection.lists.words import CHILD_BANDS, risk_badge, stage, who
from tumar.protection.models import CaseAccess
from tumar.protection.rules import NEVER
from tumar.ui.lists import Column, Filter, Listing
from tumar.ui.parts import Due, Lines

CLOSED = "closed"  # the one filter that is not a narrowing: it turns to the other cases

Rows = QuerySet[Any, Any]


def desk_rows(actor: Actor, *, is_open: bool) -> QuerySet[CaseAccess, CaseAccess]:
    """The entries of the actor's organisation with what a row shows; never counted."""
    mine = CaseAccess.objects.visible_to(actor)
    rows = mine.open() if is_open else mine.closed()
    return rows.select_related("case__lead", "case__worker", "case__person__data_key")


def cases(
    actor: Actor, today: date, *, is_open: bool, names: Mapping[UUID, str] | None = None
) -> Listing:
    """The list of cases.

    Args:
        names: of the persons in the rows, filled before they are drawn; None leaves the column
            out.
    """
    named = [] if names is None else [Column(_("Name"), lambda row: names.get(row.case.person_id))]
    return Listing(
        title=_("Cases"),
        columns=[
            Column(_("Case"), _case, link=True),
            *named,
            Column(_("Risk"), lambda row: risk_badge(row.case), corner=True),
            Column(_("Stage"), _stage, optional=True),
            Column(_("Next due"), _due, order="due_on"),
            Column(_("Lead"), lambda row: _lead(row, actor)),
            Column(_("Opened"), _opened, order="-opened_at", optional=True),
        ],
        filters=_filters(actor, today),
        order="due_on" if is_open else "-opened_at",
        empty=_("No open cases.") if is_open else _("No closed cases."),
        empty_hint=_("A case begins with a screening, or when you accept a referral."),
        link=lambda row: reverse("protection:case", args=[row.case.ref]),
    )


def _filters(actor: Actor, today: date) -> list[Filter]:
    def due(rows: Rows) -> Rows:
        return rows.filter(due_on__lte=today)

    def mine(rows: Rows) -> Rows:
        return rows.filter(worker=actor.user_id)

    def new(rows: Rows) -> Rows:
        return rows.filter(capacity="lead", worker=None)

    def referred(rows: Rows) -> Rows:
        return rows.filter(capacity="referred")

    def children(rows: Rows) -> Rows:
        return rows.filter(case__age_band__in=CHILD_BANDS)

    def high(rows: Rows) -> Rows:
        return rows.filter(case__risk__in=("high", "critical"))

    return [
        Filter("due", _("Due today or late"), due, group="desk"),
        Filter("mine", _("Mine"), mine, group="desk"),
        Filter("new", _("New, nobody’s yet"), new, group="desk"),
        Filter("referred", _("Referred to us"), referred, group="desk"),
        Filter("children", _("Children"), children, group="about"),
        Filter("high", _("High risk"), high, group="about"),
        Filter(CLOSED, _("Closed"), lambda rows: rows, group="state"),
    ]


def _case(row: CaseAccess) -> Lines:
    words = who(row.case, tells_form="narrative" in row.groups)
    return Lines(row.case.ref.upper(), f"{row.case.person.code_name} · {words}")


def _stage(row: CaseAccess) -> object:
    return stage(row.case, tells_decision="legal" in row.groups)


def _due(row: CaseAccess) -> Due:
    return Due(None if row.due_on == NEVER else row.due_on)


def _opened(row: CaseAccess) -> str:
    return date_format(row.opened_at, "j M Y")


def _lead(row: CaseAccess, actor: Actor) -> Lines:
    if row.case.lead_id != actor.organisation_id:
        return Lines(row.case.lead.name)
    return Lines(row.case.lead.name, row.case.worker or _("Nobody’s yet"))
