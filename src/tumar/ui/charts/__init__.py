"""Charts drawn on the server as SVG, each with the table that says the same."""

from tumar.ui.charts.drawing import Drawing, draw
from tumar.ui.charts.figures import (
    Amount,
    Bars,
    Chart,
    Columns,
    Lines,
    Pyramid,
    Series,
    Shares,
    Withheld,
)

__all__ = [
    "Amount",
    "Bars",
    "Chart",
    "Columns",
    "Drawing",
    "Lines",
    "Pyramid",
    "Series",
    "Shares",
    "Withheld",
    "draw",
]
