"""An opened identity as the sections of its page."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumar.people.lists.words import KEYS, in_words
from tumar.people.models import Part
from tumar.people.rules import Identity
from tumar.ui.parts import Label

ICONS = {
    Part.NAMES: "user",
    Part.BIRTH: "calendar",
    Part.BACKGROUND: "world",
    Part.DOCUMENTS: "id",
    Part.CONTACTS: "phone",
    Part.ADDRESS: "map-pin",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One card: its part, and its facts in words."""

    kind: Part
    icon: str
    facts: Sequence[tuple[Label, str]]
    empty: str = ""
    is_shared: bool = True


def sections(identity: Identity, shared: Container[str]) -> dict[str, Section]:
    """Every part but the contacts, which the page draws itself with their safety.

    Args:
        shared: the parts the reader's organisation may know; of the others nothing is shown.
    """
    return {
        kind: _section(Part(kind), content if kind in shared else {}, is_shared=kind in shared)
        for kind, content in identity.parts().items()
    }


def _section(kind: Part, content: dict[str, object], *, is_shared: bool) -> Section:
    empty = _("Nothing recorded yet.") if is_shared else _("Not shared with your organisation.")
    return Section(kind, ICONS[kind], _facts(content), empty, is_shared)


def _facts(content: dict[str, object]) -> list[tuple[Label, str]]:
    facts: list[tuple[Label, str]] = []
    for key, value in content.items():
        if isinstance(value, list):
            facts += [(KEYS[key], in_words(key, row)) for row in value]
        else:
            facts.append((KEYS[key], in_words(key, value)))
    return facts
