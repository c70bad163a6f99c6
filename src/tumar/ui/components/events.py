"""Components about time: steps, what happened, what is under way."""

from collections.abc import Sequence

from tumar.ui.components import register
from tumar.ui.parts import Event, Label, Step

Shown = dict[str, object]


@register.inclusion_tag("ui/stepper.html")
def stepper(steps: Sequence[Step], *, label: Label = "") -> Shown:
    """A fixed course of steps and where this one stands."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Sequence[Event]) -> Shown:
    """What happened, in the order given; newest first is the custom."""
    return {"events": events}


@register.inclusion_tag("ui/progress.html")
def progress(
    *,
    label: Label,
    value: float | None = None,
    maximum: float = 100,
    note: Label = "",
    tone: str = "",
    url: str = "",
) -> Shown:
    """How much of something is done.

    Args:
        value: from nought to `maximum`; None where nobody can say.
        url: where to ask again every two seconds; it answers with this component, without `url`
            once all is done.
    """
    shown: Shown = {"label": label, "value": value, "maximum": maximum, "note": note}
    return {**shown, "tone": tone, "url": url}
