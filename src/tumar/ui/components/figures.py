"""The component that puts a chart on the page."""

from django.template import Context
from django.utils.translation import get_language_bidi

from tumar.ui.charts import Chart, draw
from tumar.ui.components import register


@register.inclusion_tag("ui/chart.html", takes_context=True)
def chart(context: Context, figure: Chart, *, key: str = "") -> dict[str, object]:
    """A chart with its legend, its table and its source.

    Args:
        key: needed where two charts on a page have the same title and categories.
    """
    direction = context.get("direction") or ("rtl" if get_language_bidi() else "ltr")
    return {"drawing": draw(figure, is_mirrored=direction == "rtl", key=key)}
