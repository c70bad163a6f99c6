"""SVG elements whose place is a share of the width, so that they fit any screen undistorted."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def element(name: str, *children: object, **attributes: object) -> SafeString:
    """One element; underscores in attribute names become hyphens, a trailing one is dropped."""
    written = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    return format_html(
        "<{0}{1}>{2}</{0}>", name, format_html_join("", ' {}="{}"', written), together(children)
    )


def together(parts: Iterable[object]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def isolated(words: object) -> str:
    """Words whose direction is their own: else "<5" turns to "5>" between Arabic ones."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


class Frame:
    """Turns shares of the width (0 to 100, from where reading starts) into places.

    No viewBox: with one, text would shrink with the chart and be illegible on a phone. Where
    reading starts at the right, places are mirrored here, and text follows the page's direction.
    """

    def __init__(self, *, is_mirrored: bool, hatch: str) -> None:
        self.is_mirrored = is_mirrored
        self.hatch = f"url(#{hatch})"

    def x(self, share: float) -> str:
        return f"{round(100 - share if self.is_mirrored else share, 2):g}%"

    def nudge(self, pixels: int) -> int:
        return -pixels if self.is_mirrored else pixels

    def box(self, start: float, y: float, width: float, height: float, series: int) -> SafeString:
        return element(
            "rect", **self._place(start, y, width, height), class_=f"mark series-{series}"
        )

    def withheld(self, start: float, y: float, width: float, height: float) -> SafeString:
        """The mark of a count that is not released: always the same size, whatever it hides."""
        place = self._place(start, y, width, height)
        return element("rect", **place, fill=self.hatch, class_="withheld")

    def text(
        self,
        words: object,
        share: float,
        y: float,
        *,
        anchor: str = "start",
        look: str = "",
        nudge: int = 0,
    ) -> SafeString:
        place = {"x": self.x(share), "y": f"{y:g}", "text-anchor": anchor}
        extra = {"dx": self.nudge(nudge)} if nudge else {}
        return element(
            "text", isolated(words), **place, **extra, **({"class_": look} if look else {})
        )

    def line(
        self, start: float, y1: float, end: float, y2: float, look: str, dash: str = ""
    ) -> SafeString:
        ends = {"x1": self.x(start), "y1": f"{y1:g}", "x2": self.x(end), "y2": f"{y2:g}"}
        dashes = {"stroke-dasharray": dash} if dash else {}
        return element("line", **ends, **dashes, class_=look)

    def _place(self, start: float, y: float, width: float, height: float) -> dict[str, str]:
        left = 100 - start - width if self.is_mirrored else start
        return {
            "x": f"{round(left, 2):g}%",
            "y": f"{y:g}",
            "width": f"{round(max(width, 0.0), 2):g}%",
            "height": f"{max(height, 0.0):g}",
        }
