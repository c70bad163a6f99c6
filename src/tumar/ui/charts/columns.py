"""Charts whose amounts stand upright: columns and lines along time."""

from collections.abc import Iterator, Sequence
from math import ceil, log10

from django.utils.safestring import SafeString

from tumar.ui.charts.bars import largest
from tumar.ui.charts.figures import Amount, Chart, Columns, Series, Withheld, number, written
from tumar.ui.charts.svg import Frame, element, together

TOP, PLOT, FOOT = 18, 180, 26  # pixels
HEIGHT = TOP + PLOT + FOOT
BASE = TOP + PLOT
MARGIN = 11.0  # share of the width, for the numbers of the axis
WITHHELD_HEIGHT = 10
MOST_LABELS = 8
DASHES = ("", "7 5", "2 5", "11 4 2 4", "4 4", "1 4")


def ticks(most: float) -> list[float]:
    """Round numbers from nought to at least `most`, four or five of them."""
    rough = most / 4
    size = 10.0 ** ceil(log10(rough) - 1) if rough else 1.0
    step = next(size * by for by in (0.5, 1, 2, 2.5, 5, 10) if size * by >= rough)
    step = max(step, 1.0) if most >= 4 else step
    return [step * place for place in range(ceil(most / step) + 1)]


def columns(chart: Chart, frame: Frame) -> tuple[int, SafeString]:
    is_stacked = isinstance(chart, Columns) and chart.is_stacked
    scale = ticks(_highest_pile(chart) if is_stacked else largest(chart))
    parts = [*_axis(chart, frame, scale)]
    band = _band(chart)
    for place in range(len(chart.categories)):
        start = MARGIN + place * band + band * 0.14
        amounts = [series.amounts[place] for series in chart.series]
        if is_stacked:
            parts += _pile(frame, amounts, scale[-1], start, band * 0.72)
        else:
            parts += _row(frame, amounts, scale[-1], start, band * 0.72)
        if len(chart.series) == 1 and len(chart.categories) <= MOST_LABELS:
            parts.append(_above(frame, amounts[0], scale[-1], start + band * 0.36))
    return HEIGHT, together(parts)


def _row(
    frame: Frame, amounts: Sequence[Amount], most: float, start: float, width: float
) -> Iterator[SafeString]:
    each = width / len(amounts)
    for order, amount in enumerate(amounts):
        left = start + order * each
        if isinstance(amount, Withheld):
            yield frame.withheld(left, BASE - WITHHELD_HEIGHT, each * 0.92, WITHHELD_HEIGHT)
        elif number(amount):
            height = (number(amount) or 0.0) / most * PLOT
            yield frame.box(left, BASE - height, each * 0.92, height, order + 1)


def _pile(
    frame: Frame, amounts: Sequence[Amount], most: float, start: float, width: float
) -> Iterator[SafeString]:
    y = float(BASE)
    for order, amount in enumerate(amounts, 1):
        if isinstance(amount, Withheld):
            y -= WITHHELD_HEIGHT
            yield frame.withheld(start, y, width, WITHHELD_HEIGHT - 1)
        elif number(amount):
            height = (number(amount) or 0.0) / most * PLOT
            y -= height
            yield frame.box(start, y, width, max(height - 1, 1), order)


def _above(frame: Frame, amount: Amount, most: float, middle: float) -> SafeString:
    height = (number(amount) or 0.0) / most * PLOT
    if isinstance(amount, Withheld):
        height = WITHHELD_HEIGHT
    y = BASE - height - 5
    return frame.text(written(amount), middle, y, anchor="middle", look="halo")


def lines(chart: Chart, frame: Frame) -> tuple[int, SafeString]:
    scale = ticks(largest(chart))
    parts = [*_axis(chart, frame, scale)]
    for order, series in enumerate(chart.series, 1):
        parts += _line(frame, series, scale[-1], _band(chart), order)
    return HEIGHT, together(parts)


def _line(
    frame: Frame, series: Series, most: float, band: float, order: int
) -> Iterator[SafeString]:
    before: tuple[float, float] | None = None
    dash = DASHES[order - 1]
    for place, amount in enumerate(series.amounts):
        middle = MARGIN + (place + 0.5) * band
        value = number(amount)
        if value is None:
            before = None
            if isinstance(amount, Withheld):
                yield frame.withheld(middle - 1, BASE - WITHHELD_HEIGHT, 2, WITHHELD_HEIGHT)
            continue
        y = BASE - value / most * PLOT
        if before is not None:
            yield frame.line(*before, middle, y, f"stroke series-{order}", dash)
        look = f"mark series-{order}"
        yield element("circle", cx=frame.x(middle), cy=f"{y:g}", r=4, class_=look)
        before = (middle, y)


def _axis(chart: Chart, frame: Frame, scale: Sequence[float]) -> Iterator[SafeString]:
    for tick in scale:
        y = BASE - tick / scale[-1] * PLOT
        yield frame.line(MARGIN, y, 100, y, "grid" if tick else "axis")
        label = written(int(tick) if tick.is_integer() else tick)
        yield frame.text(label, MARGIN, y + 4, anchor="end", nudge=-8, look="soft-text")
    every = ceil(len(chart.categories) / MOST_LABELS)
    band = _band(chart)
    for place, category in enumerate(chart.categories):
        if place % every == 0:
            middle = MARGIN + (place + 0.5) * band
            yield frame.text(category, middle, HEIGHT - 6, anchor="middle", look="soft-text")


def _band(chart: Chart) -> float:
    return (100 - MARGIN) / max(len(chart.categories), 1)


def _highest_pile(chart: Chart) -> float:
    places = range(len(chart.categories))
    piles = (sum(number(s.amounts[place]) or 0.0 for s in chart.series) for place in places)
    return max(piles, default=0.0) or 1.0
