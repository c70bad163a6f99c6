"""What a data protection officer looks at first: unusually many looks, and refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from tumar.access.queries import log_of

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
FEWEST = 20  # looks in a week; below this a threefold rise is an ordinary Monday
TIMES = 3  # as often as in the four weeks before. Our own thresholds, to be tuned by use.
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Looker:
    """How often somebody looked in the last week, and how often usually."""

    name: str
    looks: int
    usual: int  # a week, over the four weeks before

    @property
    def is_unusual(self) -> bool:
        return self.looks >= FEWEST and self.looks >= TIMES * max(self.usual, 1)


@dataclass(frozen=True, slots=True)
class Watch:
    """The last week of one organisation's log, in numbers and in its latest lines."""

    looks: int
    denials: int
    lookers: Sequence[Looker]
    refused: Sequence[object]
    latest: Sequence[object]


def watch_over(organisation_id: int, at: datetime) -> Watch:
    """Sum up the log of an organisation, in a fixed number of queries."""
    lines = log_of(organisation_id)
    week = Q(at__gte=at - WEEK)
    counts = lines.filter(week).aggregate(
        looks=Count("pk", filter=Q(kind="look")), denials=Count("pk", filter=Q(kind="denial"))
    )
    return Watch(
        looks=counts["looks"],
        denials=counts["denials"],
        lookers=_lookers(organisation_id, at),
        refused=list(lines.filter(kind="denial").order_by("-pk")[:SHOWN]),
        latest=list(lines.order_by("-pk")[:SHOWN]),
    )


def _lookers(organisation_id: int, at: datetime) -> list[Looker]:
    """Everybody who looked in the last week, the most unusual first."""
    since = at - WEEK * (WEEKS_BEFORE + 1)
    looks = log_of(organisation_id).filter(kind="look", at__gte=since).exclude(user_id=0)
    rows = looks.values("user_id", name=F("who")).annotate(
        now=Count("pk", filter=Q(at__gte=at - WEEK)),
        before=Count("pk", filter=Q(at__lt=at - WEEK)),
    )
    found = [
        Looker(row["name"] or "", row["now"], row["before"] // WEEKS_BEFORE)
        for row in rows
        if row["now"]
    ]
    return sorted(found, key=lambda each: (not each.is_unusual, -each.looks))[:SHOWN]
