"""The scoring of a screening. It informs; a human decides; it never says who is a victim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.reference.indicators import Dimension, IndicatorSet, Weight, WeightStatus

RULE_VERSION = "delphi-2009/1"

RECRUITMENT = ("deceptive_recruitment", "coercive_recruitment", "recruitment_vulnerability")
DESTINATION = ("coercion_destination", "vulnerability_destination")


class Answer(StrEnum):
    """What can be said of one sign. Nothing but `OBSERVED` counts for a dimension."""

    OBSERVED = "observed"
    NOT_OBSERVED = "not_observed"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld_for_safety"


ASSESSED = frozenset({Answer.OBSERVED, Answer.NOT_OBSERVED})


@dataclass(frozen=True, slots=True)
class DimensionOutcome:
    """One dimension: which signs were observed, and whether they meet the rule."""

    key: str
    observed: tuple[str, ...]
    is_assessed: bool
    is_positive: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A code from `RESULT_WORDS`, and the dimensions it follows from."""

    result: str
    dimensions: tuple[DimensionOutcome, ...]

    @property
    def positive(self) -> list[str]:
        return [dimension.key for dimension in self.dimensions if dimension.is_positive]


# What is shown: what was seen and what to do, never a verdict on the person.
RESULT_WORDS: dict[str, str | Promise] = {
    "indications_of_trafficking": _(
        "Signs of trafficking were observed in recruitment, at destination and in exploitation. "
        "Offer assistance and refer to the body that decides on status."
    ),
    "deception_and_exploitation": _(
        "Signs of deception and of exploitation were observed. Offer assistance, and ask again "
        "when the person is safe: coercion is often told late."
    ),
    "exploitation_labour_rights": _(
        "Signs of exploitation were observed. Offer help with labour rights, and ask again when "
        "the person is safe."
    ),
    "signs_without_pattern": _(
        "Some signs were observed, but not the pattern the rule looks for. A low score never "
        "closes the door to assistance: if you are worried, refer."
    ),
    "insufficient_information": _(
        "Too little is known to say anything. That is not a no: offer help, and ask again later."
    ),
    "no_verified_rule": _(
        "This set of signs has no verified weights yet, so no rule was applied. The observed "
        "signs are listed; use your judgement, and refer if you are worried."
    ),
}


def score(
    signs: IndicatorSet, profile: str, answers: Mapping[str, str], *, act_recorded: bool
) -> Outcome:
    """Apply the rule of the Delphi sets to what was observed.

    Args:
        profile: adult_labour, child_labour, adult_sexual or child_sexual.
        answers: indicator id to `Answer`; ids that are missing count as not asked.
        act_recorded: whether one of the acts of article 3(a) is known; a child needs no means.

    Source:
        Dimensions: ILO and European Commission, 2009. Overall classes: after the Moldovan
        labour force survey; "vulnerability at destination" as an alternative to coercion is our
        own reading. Child rule: Palermo Protocol, art. 3(c).
    """
    dimensions = tuple(
        _outcome(signs, dimension, profile, answers) for dimension in signs.dimensions
    )
    if signs.weight_status(profile) is WeightStatus.NOT_VERIFIED:
        return Outcome("no_verified_rule", dimensions)
    positive = {dimension.key for dimension in dimensions if dimension.is_positive}
    if sum(dimension.is_assessed for dimension in dimensions) < 2:
        return Outcome("insufficient_information", dimensions)
    is_child = profile.startswith("child")
    result = _child(positive, act_recorded=act_recorded) if is_child else _adult(positive)
    return Outcome(result, dimensions)


def _outcome(
    signs: IndicatorSet, dimension: Dimension, profile: str, answers: Mapping[str, str]
) -> DimensionOutcome:
    observed = [sign for sign in dimension.indicators if answers.get(sign.id) == Answer.OBSERVED]
    return DimensionOutcome(
        key=dimension.key,
        observed=tuple(sign.id for sign in observed),
        is_assessed=any(answers.get(sign.id) in ASSESSED for sign in dimension.indicators),
        is_positive=_meets(signs, [sign.weights[profile] for sign in observed]),
    )


def _meets(signs: IndicatorSet, weights: Collection[Weight | None]) -> bool:
    """A dimension is positive if any minimum is met; a stronger sign may stand for a weaker."""
    count = Counter(weights)
    strong = count[Weight.STRONG]
    at_least_medium = strong + count[Weight.MEDIUM]
    any_weight = at_least_medium + count[Weight.WEAK]
    minima = signs.scoring.positive_if_any_of if signs.scoring else ()
    return any(
        strong >= least.get("strong", 0)
        and at_least_medium >= least.get("strong", 0) + least.get("medium", 0)
        and any_weight >= sum(least.values())
        for least in minima
    )


def _adult(positive: Collection[str]) -> str:
    if "exploitation" not in positive:
        return "signs_without_pattern"
    recruited = any(key in positive for key in RECRUITMENT)
    held = any(key in positive for key in DESTINATION)
    if recruited and held:
        return "indications_of_trafficking"
    if "deceptive_recruitment" in positive and "coercion_destination" not in positive:
        return "deception_and_exploitation"
    if set(positive) == {"exploitation"}:
        return "exploitation_labour_rights"
    return "signs_without_pattern"


def _child(positive: Collection[str], *, act_recorded: bool) -> str:
    if "exploitation" in positive and act_recorded:
        return "indications_of_trafficking"
    return "signs_without_pattern"
