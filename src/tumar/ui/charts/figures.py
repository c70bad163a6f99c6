"""What a chart shows, before anybody draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from tumar.ui.parts import Label

MOST_SERIES = 6
"""Colours the eye can tell apart, in both themes."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A count that is not released. The chart never learns the number, only the mark."""

    mark: str = "<5"

    def __str__(self) -> str:
        return self.mark


Amount = int | float | Withheld | None
"""A number, a number that is withheld, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Series:
    """One amount for each category of the chart."""

    label: Label
    amounts: Sequence[Amount]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Categories and the series measured on them, with their source.

    Args:
        summary: one sentence that says what there is to see, for those who do not see it.
        unit: what is counted ("people", "%"), shown with the title.

    Raises:
        ValueError: a series has not one amount for each category, or there are too many series.
    """

    title: Label
    categories: Sequence[Label]
    series: Sequence[Series]
    source: Label
    summary: Label = ""
    unit: Label = ""
    category_label: Label = ""

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError(f"A chart shows at most {MOST_SERIES} series.")
        if any(len(series.amounts) != len(self.categories) for series in self.series):
            raise ValueError("Each series needs one amount for each category.")

    @property
    def table(self) -> list[tuple[Label, list[str]]]:
        """The same in words: each category with its amounts."""
        return [
            (category, [written(series.amounts[place]) for series in self.series])
            for place, category in enumerate(self.categories)
        ]

    @property
    def is_withholding(self) -> bool:
        return any(isinstance(each, Withheld) for line in self.series for each in line.amounts)

    @property
    def legend(self) -> Sequence[Label]:
        """What the colours mean; nothing where there is only one."""
        return [series.label for series in self.series] if len(self.series) > 1 else []


class Bars(Chart):
    """Horizontal bars: categories with long names, largest first."""


@dataclass(frozen=True, kw_only=True)
class Columns(Chart):
    """Columns along time or another order, side by side or stacked."""

    is_stacked: bool = False


class Lines(Chart):
    """Lines along time. A gap means that nothing is known there."""


@dataclass(frozen=True, kw_only=True)
class Pyramid(Chart):
    """Two series back to back over age groups, the youngest at the bottom."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) != 2:
            raise ValueError("A pyramid has two sides.")


@dataclass(frozen=True, kw_only=True)
class Shares(Chart):
    """One bar cut into the parts of a whole: one series, at most six categories."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.series) != 1 or len(self.categories) > MOST_SERIES:
            raise ValueError("A share bar has one series and at most six parts.")

    @property
    def legend(self) -> Sequence[Label]:
        return [f"{label} · {amounts[0]}" for label, amounts in self.table]


def number(amount: Amount) -> float | None:
    """The amount as a length to draw; None if there is nothing to measure."""
    return None if amount is None or isinstance(amount, Withheld) else float(amount)


def written(amount: Amount) -> str:
    """The amount as text in the reader's language."""
    if amount is None:
        return "–"
    if isinstance(amount, Withheld):
        return str(amount)
    decimals = 0 if float(amount).is_integer() else 1
    return str(number_format(amount, decimals, use_l10n=True, force_grouping=True))
