"""Small things a page is made of, as data: a list's cells and the arguments of components."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from django.utils.functional import Promise

from tumar.reference.dates import PartialDate

Label = str | Promise
Tone = Literal["ok", "warn", "danger", "info", "brand", "neutral"]

TONE_ICONS: dict[str, str] = {
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
    "info": "info-circle",
    "brand": "info-circle",
    "neutral": "info-circle",
}


@dataclass(frozen=True, slots=True)
class Badge:
    """One word about a state. The word carries the meaning, the tone only repeats it."""

    label: Label
    tone: Tone = "neutral"
    icon: str = ""
    template: ClassVar[str] = "ui/badge.html"


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something must happen."""

    on: date | None
    is_done: bool = False
    template: ClassVar[str] = "ui/due.html"

    def state(self, today: date | None) -> str:
        """One of done, late, today, later."""
        if self.is_done:
            return "done"
        if self.on is None or today is None or self.on > today:
            return "later"
        return "today" if self.on == today else "late"


@dataclass(frozen=True, slots=True)
class Pips:
    """How far along a row of steps something is; `label` names the step it stands at."""

    at: int
    of: int
    label: Label
    template: ClassVar[str] = "ui/pips.html"

    @property
    def marks(self) -> list[str]:
        done, later = ["done"] * (self.at - 1), [""] * (self.of - self.at)
        return [*done, "now", *later]


@dataclass(frozen=True, slots=True)
class Lines:
    """A value with a smaller line under it."""

    main: object
    small: object = ""
    template: ClassVar[str] = "ui/lines.html"


@dataclass(frozen=True, slots=True)
class Link:
    """A way to somewhere."""

    label: Label
    url: str = ""
    icon: str = ""
    is_current: bool = False
    template: ClassVar[str] = "ui/link.html"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a fixed course, for the stepper."""

    label: Label
    state: Literal["done", "now", "later"] = "later"
    note: Label = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for the time-line."""

    title: Label
    at: datetime | date | PartialDate | None
    who: str = ""
    text: str = ""
    icon: str = "circle-dot"
    tone: Tone = "neutral"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an edit that met another: what each of the two wrote."""

    name: str
    label: Label
    mine: object
    theirs: object

    @property
    def is_same(self) -> bool:
        return self.mine == self.theirs


def differences(
    mine: dict[str, object], theirs: dict[str, object], labels: dict[str, Label]
) -> Sequence[Difference]:
    """Pair two versions field by field, in the order of `labels`."""
    return [
        Difference(name, label, mine.get(name), theirs.get(name)) for name, label in labels.items()
    ]
