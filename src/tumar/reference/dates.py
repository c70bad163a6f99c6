"""Dates as people know them: a day, a month, a year, a decade, a guess, or not at all."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from django.utils.formats import date_format
from django.utils.translation import gettext as _

ADULT_AT = 18
"""Years. Convention on the Rights of the Child, art. 1; Palermo Protocol, art. 3(d)."""

ESTIMATE_MARGIN = 2
"""Years by which an estimate may miss. Our own, cautious: no method to assess age is exact."""

_PATTERN = re.compile(
    r"(?P<decade>\d{3})X|(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    UNKNOWN = "unknown"


class NotAPartialDate(ValueError):
    """The text is not a date in any of the forms we keep."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with no more precision than somebody gave it.

    `earliest` and `latest` bound it, both None when nothing is known. An estimated date has the
    same bounds as a known one; `is_minor_on` alone allows for the estimate being wrong.
    """

    earliest: date | None = None
    precision: Precision = Precision.UNKNOWN
    is_estimated: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2001-05-12`, `2001-05`, `2001`, `200X`, each with `~` if estimated, or nothing.

        Raises:
            NotAPartialDate: any other text, or a day that no calendar has.

        Source:
            Extended Date/Time Format, ISO 8601-2:2019, levels 0 and 1, reduced to what
            interviews yield.
        """
        text = text.strip()
        if not text:
            return cls()
        found = _PATTERN.fullmatch(text.removesuffix("~"))
        if found is None:
            raise NotAPartialDate(_("Write a year, a month or a day, such as 2001-05-12."))
        first, precision = _first_day(found)
        return cls(first, precision, text.endswith("~"))

    @classmethod
    def of(cls, day: date, *, is_estimated: bool = False) -> Self:
        """A date known to the day."""
        return cls(day, Precision.DAY, is_estimated)

    def __str__(self) -> str:
        if self.earliest is None:
            return ""
        text = self.earliest.isoformat()
        kept = {
            Precision.DAY: text,
            Precision.MONTH: text[:7],
            Precision.YEAR: text[:4],
            Precision.DECADE: f"{text[:3]}X",
        }
        return kept[self.precision] + ("~" if self.is_estimated else "")

    def __bool__(self) -> bool:
        return self.earliest is not None

    @property
    def latest(self) -> date | None:
        """The last day this may be."""
        first = self.earliest
        if first is None or self.precision is Precision.DAY:
            return first
        if self.precision is Precision.MONTH:
            return _last_of_month(first)
        years = 9 if self.precision is Precision.DECADE else 0
        return date(first.year + years, 12, 31)

    def age_on(self, day: date) -> tuple[int, int] | None:
        """Completed years on a day, at least and at most, for somebody born on this date.

        Returns:
            None when nothing is known, or when the whole range lies after `day`.
        """
        if self.earliest is None or self.latest is None or self.earliest > day:
            return None
        return max(0, _years(self.latest, day)), _years(self.earliest, day)

    def is_minor_on(self, day: date) -> bool | None:
        """Whether somebody born on this date is under eighteen on a day.

        An estimated date makes nobody an adult unless it stays so when the estimate is two
        years off.

        Returns:
            None when it cannot be said. Whoever decides must then presume a child
            (Council of Europe Convention CETS 197, art. 10(3)).
        """
        ages = self.age_on(day)
        if ages is None:
            return None
        least, most = ages
        if most < ADULT_AT:
            return True
        margin = ESTIMATE_MARGIN if self.is_estimated else 0
        return False if least - margin >= ADULT_AT else None

    def words(self) -> str:
        """The date as a reader of the page would say it, such as “about May 2001”."""
        if self.earliest is None:
            return _("unknown")
        plain = {
            Precision.DAY: date_format(self.earliest, "j M Y"),
            Precision.MONTH: date_format(self.earliest, "YEAR_MONTH_FORMAT"),
            Precision.YEAR: str(self.earliest.year),
            Precision.DECADE: _("%(year)ss") % {"year": self.earliest.year},
        }[self.precision]
        return _("about %(date)s") % {"date": plain} if self.is_estimated else plain


def _first_day(found: re.Match[str]) -> tuple[date, Precision]:
    year, month, day = (int(found[part] or 1) for part in ("year", "month", "day"))
    try:
        if found["decade"]:
            return date(int(found["decade"]) * 10, 1, 1), Precision.DECADE
        first = date(year, month, day)
    except ValueError as problem:
        raise NotAPartialDate(_("There is no such day in the calendar.")) from problem
    if found["day"]:
        return first, Precision.DAY
    return first, Precision.MONTH if found["month"] else Precision.YEAR


def _last_of_month(first: date) -> date:
    return (
        date(first.year, 12, 31)
        if first.month == 12
        else (date(first.year, first.month + 1, 1) - timedelta(days=1))
    )


def _years(born: date, day: date) -> int:
    # Born on 29 February: in common years the birthday is 1 March, which favours the child.
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
