"""Exactly what a recipient will see of a referral: before they accept, and after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tumar.people.models import Part
from tumar.people.queries import identity_of
from tumar.people.rules import Identity
from tumar.protection.models import Case
from tumar.protection.queries.facts import facts_of
from tumar.protection.rules import SECTION_GROUP


def referral_package(
    case: Case, *, services: Iterable[str], groups: Iterable[str], urgency: str
) -> dict[str, Any]:
    """Freeze what goes out: a preview without identity, and the parts opened on acceptance.

    The preview is enough to say yes or no: what is asked, how urgent, an age band, a language.
    """
    background = identity_of(case.person, only=(Part.BACKGROUND,))
    counted = {"age_band": case.age_band, "sex": case.sex}
    return _package(background, counted, services, groups, urgency)


def urgent_package(
    identity: Identity, *, services: Iterable[str], groups: Iterable[str], on: date
) -> dict[str, Any]:
    """What an urgent referral will hold, before there is any case."""
    return _package(identity, facts_of(identity, on), services, groups, "immediate")


def _package(
    identity: Identity,
    counted: dict[str, str],
    services: Iterable[str],
    groups: Iterable[str],
    urgency: str,
) -> dict[str, Any]:
    wanted = set(groups)
    return {
        "preview": {
            "services": sorted(services),
            "urgency": urgency,
            "age_band": counted["age_band"],
            "sex": counted["sex"],
            "languages": list(identity.languages),
            "interpreter": identity.interpreter,
        },
        "shared": sorted(part for part, group in SECTION_GROUP.items() if group in wanted),
        "withheld": sorted(part for part, group in SECTION_GROUP.items() if group not in wanted),
        "groups": sorted(wanted),
    }
