"""What a referral's package says, in words: before they accept, after, and never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumar.protection.rules import SECTION_GROUP
from tumar.reference.codelists import code_list

Label = str | Promise

PART_WORDS: dict[str, Label] = {
    "identity": _("Name, birth, citizenship, documents"),
    "contacts": _("Ways to reach the person"),
    "address": _("Where the person lives"),
    "notes": _("Notes"),
    "event": _("What happened, in the person’s account"),
    "screening": _("The screening"),
    "decisions": _("Decisions on status"),
}

# What an organisation cannot help without: see `rules.groups`.
ALWAYS: tuple[Label, ...] = (
    _("How to reach the person without danger"),
    _("Needs, services, plan and tasks"),
)


@dataclass(frozen=True, slots=True)
class PackageWords:
    """A package as its sender and its recipient read it, the same words for both."""

    before: Sequence[tuple[Label, str]]
    after: Sequence[Label]
    never: Sequence[Label]


def in_words(package: Mapping[str, Any]) -> PackageWords:
    """A package, as `queries.referral_package` made it."""
    health = "health" in package["groups"]
    health_words = _("Needs of body and mind")
    shared, withheld = package["shared"], package["withheld"]
    return PackageWords(
        before=_before(package["preview"]),
        after=[*ALWAYS, *_parts(shared), *([health_words] if health else [])],
        never=[*_parts(withheld), *([] if health else [health_words])],
    )


def _before(preview: Mapping[str, Any]) -> list[tuple[Label, str]]:
    languages = ", ".join(map(code_list("languages").label, preview["languages"]))
    return [
        (_("Services"), ", ".join(map(code_list("service_types").label, preview["services"]))),
        (_("Answer needed"), code_list("urgency").label(preview["urgency"])),
        (_("Age"), _label("age_bands", preview["age_band"])),
        (_("Sex"), _label("sexes", preview["sex"])),
        (_("Languages"), languages),
        (_("Interpreter"), _label("languages", preview["interpreter"])),
    ]


def _label(list_key: str, code: str) -> str:
    return code_list(list_key).label(code) if code else gettext("Not known")


def _parts(parts: Sequence[str]) -> list[Label]:
    return [PART_WORDS[part] for part in SECTION_GROUP if part in parts]
