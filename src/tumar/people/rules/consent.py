"""How an answer may move, and what one covers."""

from collections.abc import Iterable

CONSENT_NEXT: dict[str, set[str]] = {
    "given": {"narrowed", "withdrawn", "expired"},
    "narrowed": {"narrowed", "withdrawn", "expired"},
    "refused": set(),  # a later yes is a new answer
    "withdrawn": set(),
    "expired": set(),
}

# What she is told before she answers, each with the sentence to say it in. Codes of the list
# `consent_checklist`. Source: HTCDS 2.0, guidance on consent.
EXPLAINED = (
    "consents_to_interview",
    "told_purpose",
    "told_use",
    "told_research_use",
    "told_access",
    "told_storage",
    "told_withdrawal",
)


def covers_groups(given: Iterable[str], asked: Iterable[str]) -> bool:
    """Does an answer for some groups of facts cover all that are asked for now?"""
    return set(asked) <= set(given)
