"""What is counted, how, and by which rule: printed on every table."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.reference.codelists import code_list, mapping

THRESHOLD = 5
"""Counts of fewer people are not shown. Source: UNODC, GLOTIP, which publishes "<5"."""

Label = str | Promise


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Whose decisions make a person count."""

    statuses: tuple[str, ...]
    text: Label


# Source: UNODC questionnaire for the Global Report: persons detected, by year of decision.
COUNTING_RULES: dict[str, CountingRule] = {
    "presumed_or_identified": CountingRule(
        ("presumed", "identified"),
        _(
            "A person is counted once in each year in which a named body decided that she or he "
            "is presumed or identified. Decisions annulled since do not count, nor "
            "do persons who refused to be counted."
        ),
    ),
    "identified": CountingRule(
        ("identified",),
        _(
            "A person is counted once in each year in which the mandated body identified her or "
            "him. Decisions annulled since do not count, nor "
            "do persons who refused to be counted."
        ),
    ),
}
USUAL_RULE = "presumed_or_identified"
ONE_PER_RECORD: Label = _(
    "Each imported record is counted as one person, in its year of registration. The records "
    "name no one, so a person who was registered twice is counted twice."
)

FORM_LABELS: dict[str, Label] = {
    "sexual": _("Sexual exploitation"),
    "forced_labour": _("Forced labour"),
    "other": _("Other forms"),
}
DATASOURCE_LABELS: dict[str, Label] = {
    "Case Management": _("Case management"),
    "Hotline": _("Hotline"),
}
_CLASSES = {
    "isSexualExploit": "sexual",
    "isForcedLabour": "forced_labour",
    "isOtherExploit": "other",
}


def fixed_orders() -> dict[str, list[str]]:
    """The order of the codes of those dimensions that have few; the others go by number."""
    return {
        "sex": list(code_list("sexes").codes),
        "age_band": list(code_list("age_bands").codes),
        "form": list(FORM_LABELS),
        "datasource": list(DATASOURCE_LABELS),
    }


def form_classes() -> dict[str, str]:
    """Each detailed form of exploitation and the class it is counted in."""
    return {code: _CLASSES[flag] for code, flag in mapping("exploitation_forms", "ctdc").items()}
