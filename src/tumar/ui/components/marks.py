"""Small components that stand in a line of text or a cell."""

from collections.abc import Sequence
from datetime import date, datetime

from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tumar.access import ALLOWED, Verdict
from tumar.reference.dates import PartialDate
from tumar.ui.components import register
from tumar.ui.parts import Badge, Due, Label, Link, Pips, Tone

Shown = dict[str, object]

# Icons that point somewhere, and so turn round where reading starts at the right.
POINTING = frozenset(
    {
        "arrow-back-up",
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "door-exit",
        "external-link",
        "file-export",
        "file-import",
        "list-check",
        "logout",
        "route",
        "send",
    }
)


@register.simple_tag
def icon(name: str, *, label: Label = "") -> SafeString:
    """A drawing from the sprite; without a `label` it is decoration and is not read out."""
    look = "icon icon-flip" if name in POINTING else "icon"
    use = format_html('<use href="{}#{}"></use>', static("ui/icons.svg"), name)
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', look, label, use)
    return format_html('<svg class="{}" aria-hidden="true">{}</svg>', look, use)


@register.simple_tag
def name(value: object) -> SafeString:
    """Somebody's or something's name, whose direction must not disturb the line around it."""
    return format_html("<bdi>{}</bdi>", value)


@register.inclusion_tag("ui/badge.html")
def badge(*, label: Label, tone: Tone = "neutral", icon: str = "") -> Shown:
    """One word about a state."""
    return {"part": Badge(label, tone, icon)}


@register.inclusion_tag("ui/action.html")
def action(
    *, label: Label, url: str, verdict: Verdict = ALLOWED, tone: str = "plain", icon: str = ""
) -> Shown:
    """A link that looks like a button, or the reason why the reader may not follow it.

    Args:
        tone: plain, primary, danger or quiet; one primary on a page.
    """
    return {"label": label, "url": url, "verdict": verdict, "tone": tone, "icon": icon}


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: Label,
    tone: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    verdict: Verdict = ALLOWED,
) -> Shown:
    """A button that sends the form around it, or the reason why it may not be pressed."""
    shown: Shown = {"label": label, "tone": tone, "icon": icon, "name": name, "value": value}
    return {**shown, "verdict": verdict}


@register.inclusion_tag("ui/due.html", takes_context=True)
def due(context: Context, *, on: date | None, done: bool = False) -> Shown:
    """A day by which something must happen; says so when it is today or has passed."""
    return {"part": Due(on, done), "today": _today(context)}


@register.filter
def due_state(due: Due, today: date | None) -> str:
    """One of done, late, today, later."""
    return due.state(today)


@register.inclusion_tag("ui/pips.html")
def pips(*, at: int, of: int, label: Label) -> Shown:
    """How far along its steps something is, small enough for a table."""
    return {"part": Pips(at, of, label)}


@register.inclusion_tag("ui/avatar.html")
def avatar(*, name: str) -> Shown:
    """Initials in a circle; decoration beside the name itself."""
    return {"initials": "".join(word[0] for word in name.split()[:2]).upper()}


@register.inclusion_tag("ui/veil.html")
def veil(*, url: str = "", verdict: Verdict = ALLOWED) -> Shown:
    """ "Identity hidden", with the way to see it or the reason why not."""
    return {"url": url, "verdict": verdict}


@register.inclusion_tag("ui/moment.html")
def moment(at: datetime | date | None) -> Shown:
    """A day, or a day and time, in the reader's way of writing it."""
    return {"at": at, "has_time": isinstance(at, datetime)}


@register.inclusion_tag("ui/partial_date.html")
def partial_date(date: PartialDate | None) -> Shown:
    """A date with no more precision than it has."""
    return {"date": date or None}


@register.inclusion_tag("ui/chips.html")
def chips(items: Sequence[Label | Link], *, label: Label = "") -> Shown:
    """Short words side by side; links among them can be pressed."""
    shown = [each if isinstance(each, Link) else Link(each) for each in items]
    return {"links": shown, "label": label}


@register.simple_tag(takes_context=True)
def part(context: Context, value: object) -> object:
    """Any of `ui.parts`, drawn; other values as they are, nothing as a dash."""
    template = getattr(value, "template", "")
    if template:
        return render_to_string(template, {"part": value, "today": _today(context)})
    return "–" if value is None or value == "" else value


def _today(context: Context) -> date | None:
    shell = context.get("shell")
    return context.get("today") or (shell.today if shell else None)
