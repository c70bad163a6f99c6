"""Charts whose amounts run along the line: bars, shares of a whole, population pyramids."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from tumar.ui.charts.figures import Amount, Chart, Withheld, number, written
from tumar.ui.charts.svg import Frame, together

WITHHELD_WIDTH = 4.0  # share of the width
LONGEST_BAR = 82.0  # leaves room for the number after it
BAR, GAP, LABEL = 14, 4, 20  # pixels
SHARE_HEIGHT = 30
SIDE, LONGEST_SIDE, MIDDLE = 42.0, 31.0, 50.0
PYRAMID_ROW, PYRAMID_HEAD = 24, 24
LETTERS = 44  # of a label; the table has the whole


def largest(chart: Chart) -> float:
    amounts = (number(each) for series in chart.series for each in series.amounts)
    return max((each for each in amounts if each is not None), default=0.0) or 1.0


def horizontal(chart: Chart, frame: Frame) -> tuple[int, SafeString]:
    step = LABEL + len(chart.series) * (BAR + GAP) + 8
    parts: list[SafeString] = []
    for place, category in enumerate(chart.categories):
        top = place * step
        parts.append(frame.text(_short(str(category)), 0, top + 13))
        for order, series in enumerate(chart.series):
            y = top + LABEL + order * (BAR + GAP)
            parts += _bar(frame, series.amounts[place], largest(chart), y, order + 1)
    return len(chart.categories) * step, together(parts)


def _bar(frame: Frame, amount: Amount, most: float, y: int, series: int) -> Iterator[SafeString]:
    length = (number(amount) or 0.0) / most * LONGEST_BAR
    if isinstance(amount, Withheld):
        length = WITHHELD_WIDTH
        yield frame.withheld(0, y, length, BAR)
    elif length:
        yield frame.box(0, y, length, BAR, series)
    yield frame.text(written(amount), length, y + 12, nudge=6, look="soft-text")


def shares(chart: Chart, frame: Frame) -> tuple[int, SafeString]:
    amounts = chart.series[0].amounts
    hidden = sum(isinstance(each, Withheld) for each in amounts)
    whole = sum(number(each) or 0.0 for each in amounts) or 1.0
    room = 100 - hidden * WITHHELD_WIDTH
    parts: list[SafeString] = []
    start = 0.0
    for order, amount in enumerate(amounts, 1):
        if isinstance(amount, Withheld):
            parts.append(frame.withheld(start, 0, WITHHELD_WIDTH - 0.3, SHARE_HEIGHT))
            start += WITHHELD_WIDTH
            continue
        width = (number(amount) or 0.0) / whole * room
        if width:
            parts.append(frame.box(start, 0, width - 0.3, SHARE_HEIGHT, order))
        start += width
    return SHARE_HEIGHT, together(parts)


def pyramid(chart: Chart, frame: Frame) -> tuple[int, SafeString]:
    first, second = chart.series
    rows = len(chart.categories)
    parts = [
        frame.text(first.label, SIDE, 13, anchor="end"),
        frame.text(second.label, 100 - SIDE, 13),
    ]
    for place, category in enumerate(chart.categories):
        y = PYRAMID_HEAD + (rows - 1 - place) * PYRAMID_ROW
        parts.append(frame.text(category, MIDDLE, y + 13, anchor="middle", look="soft-text"))
        parts += _side(frame, first.amounts[place], largest(chart), y, is_first=True)
        parts += _side(frame, second.amounts[place], largest(chart), y, is_first=False)
    return PYRAMID_HEAD + rows * PYRAMID_ROW, together(parts)


def _side(
    frame: Frame, amount: Amount, most: float, y: int, *, is_first: bool
) -> Iterator[SafeString]:
    length = (number(amount) or 0.0) / most * LONGEST_SIDE
    if isinstance(amount, Withheld):
        length = WITHHELD_WIDTH
    start = SIDE - length if is_first else 100 - SIDE
    if isinstance(amount, Withheld):
        yield frame.withheld(start, y, length, BAR + GAP)
    elif length:
        yield frame.box(start, y, length, BAR + GAP, 1 if is_first else 2)
    end = start if is_first else start + length
    anchor, nudge = ("end", -6) if is_first else ("start", 6)
    yield frame.text(written(amount), end, y + 13, anchor=anchor, nudge=nudge, look="soft-text")


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1].rstrip() + "…"
