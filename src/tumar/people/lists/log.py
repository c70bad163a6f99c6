"""Who looked at a person's data, in words she can be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.audit.models import Line
from tumar.people.policy import Act
from tumar.people.slots import ACT_WORDS
from tumar.ui.parts import Badge, Label

WORDS: dict[str, Label] = {
    Act.REGISTER: gettext_lazy("Registered the person"),
    Act.SEARCH: gettext_lazy("Searched for a person"),
    Act.LIST: gettext_lazy("Saw the name in a list or a search"),
    Act.OPEN: gettext_lazy("Opened the identity"),
    Act.CHANGE: gettext_lazy("Changed a part of the identity"),
    Act.ADD_PHOTO: gettext_lazy("Added a photo"),
    Act.OPEN_PHOTO: gettext_lazy("Looked at the photo"),
    Act.OPEN_CONSENTS: gettext_lazy("Read the answers about consent"),
    Act.ASK: gettext_lazy("Wrote down an answer about consent"),
    Act.NARROW: gettext_lazy("Wrote down that less is agreed to"),
    Act.WITHDRAW: gettext_lazy("Wrote down that consent was withdrawn"),
    Act.EXPIRE: gettext_lazy("A consent came to its end"),
    Act.STATE_LAW: gettext_lazy("Wrote down a law that allows something without consent"),
    Act.GRANT: gettext_lazy("Let an organisation know of the person"),
    Act.END_GRANT: gettext_lazy("Ended what an organisation may know of the person"),
    Act.WHO_LOOKED: gettext_lazy("Looked at this list"),
}
KINDS: dict[str, Label] = {
    "act": gettext_lazy("Wrote something about the person"),
    "look": gettext_lazy("Looked at something about the person"),
    "denial": gettext_lazy("Tried to see or do something"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One line as it is told."""

    line: Line
    words: Label
    organisation: str
    user: str
    badge: Badge


def looks(
    lines: Sequence[Line], organisations: Mapping[int, str], users: Mapping[int, str]
) -> list[Look]:
    """Each line with its words and the names that may be told."""
    return [
        Look(
            line,
            WORDS.get(line.event) or ACT_WORDS.get(line.event) or KINDS[line.kind],
            organisations.get(line.organisation_id) or _("The system itself"),
            users.get(line.user_id, ""),
            _badge(line.kind),
        )
        for line in lines
    ]


def _badge(kind: str) -> Badge:
    if kind == "denial":
        return Badge(_("Refused"), "danger", "ban")
    if kind == "look":
        return Badge(_("Looked"), "info", "eye")
    return Badge(_("Wrote"), "neutral", "pencil")
