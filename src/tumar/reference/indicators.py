"""Published sets of signs of trafficking, with a question and a reason for each, as data.

Words are kept in English, which is also the key of their translation: pass them through
gettext where they are shown. How a result is computed belongs to `protection`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "indicators"


class UnknownIndicatorSet(LookupError):
    """There is no indicator set of this key."""


class Weight(StrEnum):
    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class WeightStatus(StrEnum):
    """How far a weight, or its absence, can be relied on."""

    SECONDARY_SOURCE = "secondary_source"
    NOT_VERIFIED = "not_verified"


@dataclass(frozen=True, slots=True)
class Profile:
    """Whom the weights are for; the law asks for no means where the person is a child."""

    key: str
    label: str
    is_child: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign. `question` is a prompt to the interviewer, `why` may be said to the person.

    `ilo11` numbers the ILO indicators of forced labour (2012) that it touches. A weight is None
    where the sign does not belong to the profile, or is not verified: see `weight_status`.
    """

    id: str
    text: str
    question: str
    why: str
    ilo11: tuple[int, ...]
    weights: Mapping[str, Weight | None]
    weight_status: Mapping[str, WeightStatus]


@dataclass(frozen=True, slots=True)
class Dimension:
    """Signs that speak to one question; `palermo_element` says which part of the definition."""

    key: str
    label: str
    aim: str
    phase: str
    palermo_element: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A possible outcome of a whole screening: its code, for whom, and when."""

    key: str
    applies_to: str
    when: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """The rule that makes a dimension positive, as alternatives of at least so many signs.

    Each alternative counts `strong`, `medium`, `weak` or `medium_or_weak`; more signs than the
    least also satisfy it, and a stronger sign may stand for a weaker one.
    """

    positive_if_any_of: tuple[Mapping[str, int], ...]
    results: tuple[Result, ...]
    source: str
    note: str
    results_source: str


@dataclass(frozen=True, slots=True)
class Palermo:
    """The elements of the definition. Source: Palermo Protocol, art. 3."""

    act: tuple[str, ...]
    means: tuple[str, ...]
    purpose: tuple[str, ...]
    child_rule: str
    consent: str


@dataclass(frozen=True, slots=True)
class IndicatorSet:
    """A published set: `reference/indicators/<key>.json`. Without `scoring` it gives no score."""

    key: str
    title: str
    source: str
    source_note: str
    version: str
    licence: str
    profiles: tuple[Profile, ...]
    dimensions: tuple[Dimension, ...]
    scoring: Scoring | None
    safeguards: tuple[str, ...]
    palermo: Palermo

    def __iter__(self) -> Iterator[Indicator]:
        for dimension in self.dimensions:
            yield from dimension.indicators

    def profile(self, key: str) -> Profile:
        """Raises: LookupError: the set has no such profile."""
        for profile in self.profiles:
            if profile.key == key:
                return profile
        raise LookupError(f"The set {self.key} has no profile {key}.")

    def indicator(self, indicator_id: str) -> Indicator:
        """Raises: LookupError: the set has no such indicator."""
        for indicator in self:
            if indicator.id == indicator_id:
                return indicator
        raise LookupError(f"The set {self.key} has no indicator {indicator_id}.")

    def weight_status(self, profile: str) -> WeightStatus:
        """The least reliable status of any weight in a profile.

        A profile that is not verified must not be scored as if it were: show which signs were
        met, and no result.
        """
        if all(
            indicator.weight_status.get(profile) is WeightStatus.SECONDARY_SOURCE
            for indicator in self
        ):
            return WeightStatus.SECONDARY_SOURCE
        return WeightStatus.NOT_VERIFIED


@cache
def indicator_set(key: str) -> IndicatorSet:
    """Read a set once and keep it: `delphi` (weighted) or `unodc` (signs to look for).

    Raises:
        UnknownIndicatorSet: there is no set of that key.
    """
    if key not in indicator_set_keys():
        raise UnknownIndicatorSet(f"There is no indicator set {key}.")
    content = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    plain = ("key", "title", "source", "source_note", "version", "licence")
    return IndicatorSet(
        **{name: content[name] for name in plain},
        profiles=tuple(Profile(**profile) for profile in content["profiles"]),
        dimensions=tuple(_dimension(dimension) for dimension in content["dimensions"]),
        scoring=_scoring(content["scoring"]) if content["scoring"] else None,
        safeguards=tuple(content["safeguards"]),
        palermo=_palermo(content["palermo"]),
    )


def indicator_set_keys() -> list[str]:
    """The keys of all sets, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def _dimension(content: Mapping[str, Any]) -> Dimension:
    return Dimension(
        key=content["key"],
        label=content["label"],
        aim=content["aim"],
        phase=content["phase"],
        palermo_element=content["palermo_element"],
        indicators=tuple(_indicator(indicator) for indicator in content["indicators"]),
    )


def _indicator(content: Mapping[str, Any]) -> Indicator:
    weights = {k: Weight(v) if v else None for k, v in content["weights"].items()}
    statuses = {k: WeightStatus(v) for k, v in content["weight_status"].items()}
    return Indicator(
        **{name: content[name] for name in ("id", "text", "question", "why")},
        ilo11=tuple(content["ilo11"]),
        weights=MappingProxyType(weights),
        weight_status=MappingProxyType(statuses),
    )


def _scoring(content: Mapping[str, Any]) -> Scoring:
    return Scoring(
        positive_if_any_of=tuple(MappingProxyType(a) for a in content["positive_if_any_of"]),
        results=tuple(Result(**result) for result in content["results"]),
        source=content["source"],
        note=content["note"],
        results_source=content["results_source"],
    )


def _palermo(content: Mapping[str, Any]) -> Palermo:
    elements = {name: tuple(content[name]) for name in ("act", "means", "purpose")}
    return Palermo(**elements, child_rule=content["child_rule"], consent=content["consent"])
