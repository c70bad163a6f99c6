"""One drawing for each kind of chart."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from django.utils.safestring import SafeString

from tumar.ui.charts import bars, columns
from tumar.ui.charts.figures import Bars, Chart, Columns, Lines, Pyramid, Shares
from tumar.ui.charts.svg import Frame

DRAW: dict[type[Chart], Callable[[Chart, Frame], tuple[int, SafeString]]] = {
    Bars: bars.horizontal,
    Shares: bars.shares,
    Pyramid: bars.pyramid,
    Columns: columns.columns,
    Lines: columns.lines,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready for its template. `key` keeps its ids apart from those of other charts."""

    chart: Chart
    key: str
    height: int
    marks: SafeString


def draw(chart: Chart, *, is_mirrored: bool, key: str = "") -> Drawing:
    """Draw a chart; `is_mirrored` where reading starts at the right."""
    key = key or f"chart-{crc32(repr((chart.title, chart.categories)).encode()):x}"
    frame = Frame(is_mirrored=is_mirrored, hatch=f"{key}-hatch")
    height, marks = DRAW[type(chart)](chart, frame)
    return Drawing(chart, key, height, marks)
