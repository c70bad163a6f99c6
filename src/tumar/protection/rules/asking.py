"""How a screening is asked: safety first, nothing twice, a warning before what may hurt."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tumar.reference.indicators import Dimension, Indicator, IndicatorSet, Weight

# Violence, threats to relatives, shame and earlier harm: say first that no answer is needed.
# Source: WHO, ethical and safety recommendations for interviewing trafficked women, 2003.
HEAVY = frozenset(
    {"CR01", "CR02", "CR03", "CR08", "CR09", "RV13", "VD06"}
    | {"CD04", "CD05", "CD06", "CD07", "CD09", "CD12", "CD13", "CD15"}
)

# The help an urgent need calls for, most pressing first; only a suggestion on the form.
HELP_FOR: dict[str, tuple[str, ...]] = {
    "danger_now": ("shelter_emergency", "security_plan"),
    "medical_emergency": ("medical_acute",),
    "suicidal_risk": ("mhpss",),
    "recent_sexual_violence": ("medical_acute", "srh"),
    "child_alone": ("shelter_emergency", "childcare"),
    "child_in_danger": ("shelter_emergency", "childcare"),
    "threat_to_family": ("security_plan",),
    "no_shelter_tonight": ("shelter_emergency",),
    "pregnancy": ("srh",),
    "with_children": ("childcare",),
    "infectious_illness": ("medical_acute",),
    "withdrawal_symptoms": ("medical_acute",),
    "no_food": ("material_aid",),
    "medicine_stopped": ("medical_acute",),
    "held_documents": ("documentation",),
    "interpreter": ("interpretation",),
    "disability_support": ("medical_longterm",),
}


@dataclass(frozen=True, slots=True)
class AskedSign:
    """One sign with what was answered; "" while nobody has asked."""

    sign: Indicator
    answer: str
    weight: Weight | None

    @property
    def is_observed(self) -> bool:
        return self.answer == "observed"

    @property
    def is_heavy(self) -> bool:
        return self.sign.id in HEAVY

    @property
    def mark(self) -> str:
        """How the picture shows it: seen, not seen, or nothing known."""
        return {"observed": "seen", "not_observed": "unseen"}.get(self.answer, "open")


@dataclass(frozen=True, slots=True)
class AskedDimension:
    """One dimension as far as it was asked; `is_positive` is the rule's, once it was applied."""

    dimension: Dimension
    signs: tuple[AskedSign, ...]
    is_positive: bool

    @property
    def observed(self) -> list[AskedSign]:
        return [asked for asked in self.signs if asked.is_observed]

    @property
    def answered(self) -> int:
        return sum(bool(asked.answer) for asked in self.signs)

    @property
    def is_done(self) -> bool:
        return self.answered == len(self.signs)

    @property
    def has_heavy(self) -> bool:
        return any(asked.is_heavy for asked in self.signs)

    @property
    def first(self) -> AskedSign:
        """Where to begin: the first sign nobody asked about, else the first of all."""
        return next((asked for asked in self.signs if not asked.answer), self.signs[0])


def sheet_of(
    signs: IndicatorSet, profile: str, answers: Mapping[str, str], positive: Collection[str] = ()
) -> list[AskedDimension]:
    """The whole set with its answers, in the order of asking."""
    return [
        AskedDimension(
            dimension=dimension,
            signs=tuple(
                AskedSign(sign, answers.get(sign.id, ""), sign.weights[profile])
                for sign in dimension.indicators
            ),
            is_positive=dimension.key in positive,
        )
        for dimension in signs.dimensions
    ]


def next_to_ask(signs: IndicatorSet, answers: Mapping[str, str], after: str = "") -> str:
    """The id of the next sign nobody answered, also from the beginning again; "" when none is.

    Whatever was answered, "not now" and "prefers not to say" included, is not asked again by
    itself: that is the person's choice, and whoever wants to go back can jump there.
    """
    ids = [sign.id for sign in signs]
    start = ids.index(after) + 1 if after in ids else 0
    in_turn = [*ids[start:], *ids[:start]]
    return next((sign for sign in in_turn if sign not in answers), "")


def help_for(urgent: Collection[str]) -> list[str]:
    """Services that answer these urgent needs, each once."""
    return list(dict.fromkeys(_helps(urgent)))


def _helps(urgent: Collection[str]) -> Iterator[str]:
    for need, helps in HELP_FOR.items():
        if need in urgent:
            yield from helps
