"""The numbers over the list of cases; each stops counting where nobody reads on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, QuerySet
from django.db.models.functions import Now, TruncDate

from tumar.access import Actor
from tumar.protection.models import CaseAccess, Referral

COUNTED_AT_MOST = 1000  # an organisation with more cases sees "999+" as fast as a small one


@dataclass(frozen=True, slots=True)
class Tiles:
    """How much lies on the desk; a number of `COUNTED_AT_MOST` means that or more."""

    due: int
    late: int
    inbox: int
    waiting: int
    open_cases: int

    @property
    def due_words(self) -> str:
        return _words(self.due)

    @property
    def open_words(self) -> str:
        return _words(self.open_cases)


def tiles_of(actor: Actor, today: date) -> Tiles:
    """What waits on the desk of the actor's organisation, at the same cost for any number."""
    mine = CaseAccess.objects.visible_to(actor).open()
    waiting = Referral.objects.visible_to(actor).waiting()
    return Tiles(
        due=_counted(mine.filter(due_on__lte=today)),
        late=_counted(mine.filter(due_on__lt=today)),
        inbox=_counted(waiting.filter(recipient=actor.organisation_id)),
        waiting=_counted(waiting.filter(sender=actor.organisation_id)),
        open_cases=_counted(mine),
    )


def cases_due(actor: Actor) -> int:
    """Cases on which something is due today or late: the number beside "Cases" in the rail.

    The day is the database's, for the rail asks without one.
    """
    mine = CaseAccess.objects.visible_to(actor).open()
    return _counted(mine.filter(due_on__lte=TruncDate(Now(), output_field=DateField())))


def _words(number: int) -> str:
    return str(number) if number < COUNTED_AT_MOST else f"{COUNTED_AT_MOST - 1}+"


def _counted(rows: QuerySet[Any, Any]) -> int:
    return int(rows.values("pk")[:COUNTED_AT_MOST].count())
