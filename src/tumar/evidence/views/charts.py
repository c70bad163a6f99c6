"""The statistics as charts: each drawn from the lines that stand in its table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tumar.evidence.models.tally import Dimension
from tumar.evidence.queries import Figures, Line, Statistics, words
from tumar.evidence.rules.release import Amount
from tumar.ui.charts import Amount as Drawn
from tumar.ui.charts import Bars, Chart, Columns, Series, Shares, Withheld
from tumar.ui.charts.figures import MOST_SERIES

MOST_BARS = 18
WHOLE_BARS = frozenset({Dimension.SEX.value, Dimension.DATASOURCE.value})


def year_chart(found: Statistics) -> Chart:
    """How many in each year."""
    return Columns(
        title=_("Persons by year"),
        unit=_("persons"),
        summary=_("The number of persons in each year."),
        source=found.source_title,
        category_label=_("Year"),
        categories=[year.label for year in found.by_year],
        series=[Series(_("Persons"), [_drawn(year.total) for year in found.by_year])],
    )


def year_by_sex_chart(found: Statistics) -> Chart:
    """How many of each sex in each year, side by side."""
    series = [
        Series(sex, [_drawn(year.by_sex[place]) for year in found.by_year])
        for place, sex in enumerate(found.sexes)
    ]
    return Columns(
        title=_("Persons by year and sex"),
        unit=_("persons"),
        summary=_("The number of persons in each year, by sex."),
        source=found.source_title,
        category_label=_("Year"),
        categories=[year.label for year in found.by_year],
        series=series,
        is_stacked=True,
    )


def dimension_chart(found: Statistics, table: Figures) -> Chart:
    """One dimension: parts of a whole where everybody is in one of few, else bars."""
    lines = [line for line in table.lines if not line.part_of][:MOST_BARS]
    kind = Shares if table.key in WHOLE_BARS and len(lines) <= MOST_SERIES else Bars
    return kind(
        title=table.title,
        unit=_("persons"),
        summary=_summary(table, lines),
        source=found.source_title,
        category_label=table.title,
        categories=[line.label for line in lines],
        series=[Series(_("Persons"), [_drawn(line.amount) for line in lines])],
    )


def _drawn(amount: Amount) -> Drawn:
    return amount if isinstance(amount, int) else Withheld(words(amount))


def _summary(table: Figures, lines: Sequence[Line]) -> str:
    known = [line for line in lines if line.code and isinstance(line.amount, int)]
    if not known:
        return ""
    most = max(known, key=lambda line: int(line.amount))
    return _("%(table)s: most are “%(category)s”, %(people)s persons.") % {
        "table": table.title,
        "category": most.label,
        "people": most.amount,
    }
