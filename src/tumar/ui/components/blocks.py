"""Components that hold others, and the furniture of a page."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from tumar.access import ALLOWED, Verdict
from tumar.ui.components import register
from tumar.ui.parts import TONE_ICONS, Label, Link, Tone

Shown = dict[str, object]


@register.simple_block_tag
def card(
    content: str,
    *,
    title: Label = "",
    icon: str = "",
    tone: str = "",
    end: str = "",
    flush: bool = False,
    key: str = "",
) -> str:
    """A box around whatever the block holds.

    Args:
        end: what stands at the end of the title's line, such as a button kept with `as`.
        flush: no room between the edge and the content, for tables and rows.
        key: an id, for links that lead here.
    """
    shown = {"content": content, "title": title, "icon": icon, "tone": tone}
    return render_to_string("ui/card.html", {**shown, "end": end, "flush": flush, "key": key})


@register.simple_block_tag
def facts(content: str, *, narrow: bool = False) -> str:
    """The list around several facts; `narrow` sets the values at the end of the line."""
    return render_to_string("ui/facts.html", {"content": content, "narrow": narrow})


@register.inclusion_tag("ui/fact.html", takes_context=True)
def fact(context: dict[str, object], *, label: Label, value: object) -> Shown:
    """One term and its value inside `facts`; an empty value shows as a dash."""
    return {"label": label, "value": value, "shell": context.get("shell")}


@register.simple_block_tag
def banner(content: str, *, tone: Tone = "info", title: Label = "", icon: str = "") -> str:
    """Something the reader must not miss, such as how this person may be reached."""
    shown = {"content": content, "tone": tone, "title": title}
    return render_to_string("ui/banner.html", {**shown, "icon": icon or TONE_ICONS[tone]})


@register.simple_block_tag
def dialog(content: str, *, key: str, title: Label) -> str:
    """A native dialog, opened by `dialog_opener`; without JavaScript the link's target shows it."""
    return render_to_string("ui/dialog.html", {"content": content, "key": key, "title": title})


@register.inclusion_tag("ui/dialog_opener.html")
def dialog_opener(
    *, key: str, label: Label, icon: str = "", tone: str = "plain", verdict: Verdict = ALLOWED
) -> Shown:
    """The link that opens a dialog, or the reason why the reader may not."""
    return {"key": key, "label": label, "icon": icon, "tone": tone, "verdict": verdict}


@register.simple_block_tag
def tabs(content: str, *, label: Label) -> str:
    """Links between the sides of one thing; `label` says of what."""
    return render_to_string("ui/tabs.html", {"content": content, "label": label})


@register.inclusion_tag("ui/tab.html")
def tab(*, label: Label, url: str, current: bool = False, count: int | None = None) -> Shown:
    """One side of a thing, with how many are there."""
    return {"label": label, "url": url, "current": current, "count": count}


@register.inclusion_tag("ui/crumb.html")
def crumb(*, label: Label, url: str) -> Shown:
    """One step of the way here, for the page's block `breadcrumbs`."""
    return {"label": label, "url": url}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(links: Sequence[Link]) -> Shown:
    """The way here as one list, where a view has it ready."""
    return {"links": links}


@register.inclusion_tag("ui/stat.html")
def stat(*, label: Label, value: object, url: str = "", tone: str = "", note: Label = "") -> Shown:
    """A number worth a glance, leading to what it counts; stands in `<div class="stats">`."""
    return {"label": label, "value": value, "url": url, "tone": tone, "note": note}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    *, title: Label, text: Label = "", icon: str = "folder", action: Link | None = None
) -> Shown:
    """Nothing here: what that means, and what to do now."""
    return {"title": title, "text": text, "icon": icon, "action": action}


@register.inclusion_tag("ui/pager.html")
def pager(*, previous_url: str = "", next_url: str = "", label: Label = "") -> Shown:
    """To the rows before and after; nothing when all are shown."""
    return {"previous_url": previous_url, "next_url": next_url, "label": label}


@register.filter
def message_tone(level: str) -> str:
    """The tone for a message of Django's."""
    return {"success": "ok", "warning": "warn", "error": "danger"}.get(level, "info")


@register.simple_block_tag
def capture(content: str) -> str:
    """Keep what the block holds, with `as`, in one line and without space around it."""
    # The block is rendered, so it is safe; folding white space changes nothing about that.
    return type(content)(" ".join(content.split()))
