"""The statistics page as data: every number in it may be shown to anybody who has signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tumar.evidence.models import Release
from tumar.evidence.models.tally import Dimension, Source
from tumar.evidence.rules.counting import (
    COUNTING_RULES,
    DATASOURCE_LABELS,
    FORM_LABELS,
    ONE_PER_RECORD,
    THRESHOLD,
    Label,
    fixed_orders,
)
from tumar.evidence.rules.release import (
    ALL_OTHERS,
    HIDDEN,
    NOT_KNOWN,
    SMALL,
    Amount,
    Period,
    Protected,
    Protection,
    over_span,
)
from tumar.reference.codelists import code_list

LISTS = {
    Dimension.SEX.value: "sexes",
    Dimension.AGE.value: "age_bands",
    Dimension.CITIZENSHIP.value: "citizenships",
    Dimension.COUNTRY.value: "countries",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: one source, and a span of years as the source has them; None is open."""

    source: str = ""
    since: int | None = None
    until: int | None = None


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Line:
    """One category and its people; `part_of` names the category it is a part of."""

    code: str
    label: str
    amount: Amount
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of one dimension over the chosen years."""

    key: str
    title: str
    lines: list[Line]
    note: str = ""

    @property
    def parts(self) -> list[Line]:
        """What "all others" are made of."""
        return [line for line in self.lines if line.part_of]


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year, or years joined because one alone is too small, by sex."""

    label: str
    total: Amount
    by_sex: list[Amount]


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source that has been counted, with all its people."""

    key: str
    label: Label
    total: Amount


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything the page, the CSV and the XLSX show: they cannot differ."""

    source: str
    source_title: str
    choices: list[SourceChoice]
    total: Amount
    years: str
    periods: list[tuple[int, str]]
    sexes: list[str]
    by_year: list[YearLine]
    tables: list[Figures]
    definition: str
    counted_at: datetime
    extracted_at: datetime

    @property
    def suppression(self) -> str:
        return suppression_note()

    @property
    def is_hiding(self) -> bool:
        shown = [line.amount for table in self.tables for line in table.lines]
        return any(not isinstance(amount, int) for amount in shown)


def suppression_note() -> str:
    """The rule by which counts are hidden, for readers of any table."""
    return _(
        "Counts under %(threshold)s are not shown, nobody included: “%(small)s”. “%(hidden)s” "
        "stands where a number would let a small one be worked out. Categories in which nobody "
        "was ever counted are left out."
    ) % {"threshold": THRESHOLD, "small": SMALL, "hidden": words(HIDDEN)}


def words(amount: Amount) -> str:
    """An amount as it stands in a table."""
    return _("hidden") if amount == HIDDEN else str(amount)


def statistics(filters: Filters, at: datetime) -> Statistics | None:
    """The statistics of one source over a span of years, or None when nothing was counted yet.

    Spans add up what is shown of each year and nothing else, so no two spans can be subtracted
    to find what is hidden. An unknown source or year counts as not given.
    """
    releases = {release.source: release for release in Release.objects.order_by("source")}
    filled = [release for release in releases.values() if release.content["periods"]]
    if not filled:
        return None
    release = releases.get(filters.source)
    if release is None or release not in filled:
        release = filled[0]
    view = _View.of(release, filters)
    return Statistics(
        source=release.source,
        source_title=_source_title(release),
        choices=[_choice(one) for one in filled],
        total=view.total,
        years=view.years,
        periods=[(first_year(p), label_of(p)) for p in view.periods],
        sexes=[label for _code, label in view.columns(Dimension.SEX.value)],
        by_year=list(view.by_year()),
        tables=[view.figures(name) for name in Dimension.values if name in view.content.tables],
        definition=_definition(release),
        counted_at=release.made_at,
        extracted_at=at,
    )


def first_year(period: Period) -> int:
    return min((year for year in period if year), default=0)


def label_of(period: Period) -> str:
    """A period in words: a year, years joined, or that the year is not known."""
    years = [year for year in period if year]
    if not years:
        return _("Year not known")
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return span if len(years) == len(period) else _("%(years)s or not known") % {"years": span}


@dataclass(frozen=True, slots=True)
class _View:
    """A release seen through filters."""

    source: str
    content: Protection
    chosen: list[int]

    @property
    def periods(self) -> list[Period]:
        return self.content.periods

    @classmethod
    def of(cls, release: Release, filters: Filters) -> _View:
        content = Protection.read(release.content)
        periods = content.periods
        known = {year for period in periods for year in period if year}
        since = filters.since if filters.since in known else None
        until = filters.until if filters.until in known else None
        chosen = [n for n, period in enumerate(periods) if _is_within(period, since, until)]
        if not chosen:  # from a later year to an earlier one
            chosen = list(range(len(periods)))
        return cls(release.source, content, chosen)

    @property
    def is_everything(self) -> bool:
        return len(self.chosen) == len(self.periods)

    @property
    def years(self) -> str:
        if self.is_everything:
            return _("all years")
        first, last = self.periods[self.chosen[0]], self.periods[self.chosen[-1]]
        return label_of(first) if first == last else label_of((*first, *last))

    @property
    def total(self) -> Amount:
        if self.is_everything:
            return self.content.total
        return over_span([self.content.period_totals[n] for n in self.chosen])

    def columns(self, name: str) -> list[tuple[str, str]]:
        return [(code, self.label(name, code)) for code in self.content.tables[name].codes]

    def by_year(self) -> Iterator[YearLine]:
        by_sex = self.content.tables[Dimension.SEX.value].cells
        for place in self.chosen:
            yield YearLine(
                label_of(self.periods[place]), self.content.period_totals[place], by_sex[place]
            )

    def figures(self, name: str) -> Figures:
        return Figures(name, str(Dimension(name).label), list(self._lines(name)), _note(name))

    def _lines(self, name: str) -> Iterator[Line]:
        table = self.content.tables[name]
        if not self.is_everything:
            for column, code in enumerate(table.codes):
                yield Line(code, self.label(name, code), self._summed(table, column))
            return
        amounts = dict(zip(table.codes, table.totals, strict=True))
        order = fixed_orders().get(name)
        if order:  # few enough to stand side by side, the rare ones too
            amounts = amounts | table.others
            codes = [code for code in [*order, NOT_KNOWN] if code in amounts]
        else:
            codes = table.codes
        for code in codes:
            yield Line(code, self.label(name, code), amounts[code])
        if not order:
            for code, people in table.others.items():
                yield Line(code, self.label(name, code), people, part_of=ALL_OTHERS)

    def _summed(self, table: Protected, column: int) -> Amount:
        return over_span([table.cells[place][column] for place in self.chosen])

    def label(self, name: str, code: str) -> str:
        if code == NOT_KNOWN:
            return _("Not known")
        if code == ALL_OTHERS:
            is_vague = NOT_KNOWN in self.content.tables[name].others
            return _("All others, or not known") if is_vague else _("All others")
        if name == Dimension.FORM:
            return str(FORM_LABELS[code])
        if name == Dimension.DATASOURCE:
            return str(DATASOURCE_LABELS[code])
        if name == Dimension.SEX and code == "other" and self.source == Source.IMPORTED:
            return _("Transgender or non-conforming")
        return code_list(LISTS[name]).label(code)


def _is_within(period: Period, since: int | None, until: int | None) -> bool:
    years = [year for year in period if year]
    if not years:
        return since is None and until is None
    return (since is None or years[-1] >= since) and (until is None or years[0] <= until)


def _choice(release: Release) -> SourceChoice:
    return SourceChoice(release.source, Source(release.source).label, release.content["total"])


def _source_title(release: Release) -> str:
    if release.source == Source.CASES:
        return _("cases of the organisations that work with Tumar here")
    return "; ".join(release.titles)


def _definition(release: Release) -> str:
    rule = COUNTING_RULES.get(release.rule)
    return str(rule.text if rule else ONE_PER_RECORD)


def _note(name: str) -> str:
    if name == Dimension.FORM:
        return _(
            "A person with several forms of exploitation is counted in each, so the forms add up "
            "to more than the total."
        )
    return ""
