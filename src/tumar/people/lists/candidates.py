"""Likely same persons beside what the searcher wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumar.people.lists.words import reason_badges
from tumar.people.models import Person
from tumar.people.queries import Candidate, Question
from tumar.ui.parts import Badge, Label


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: who, why, and each clue beside what is on record."""

    person: Person
    name: str
    reasons: Sequence[Badge]
    clues: Sequence[tuple[Label, str, str]]


def rows(found: Sequence[Candidate], question: Question) -> list[Row]:
    """The candidates as the page shows them, best first."""
    return [
        Row(each.person, each.name, reason_badges(each.reasons), _clues(each, question))
        for each in found
    ]


def _clues(found: Candidate, question: Question) -> list[tuple[Label, str, str]]:
    # Of numbers only whether they agree: nobody should read them off a list of strangers.
    clues: list[tuple[Label, str, str]] = []
    if question.name:
        clues.append((_("Name"), question.name, found.name))
    if question.born:
        clues.append((_("Date of birth"), question.born.words(), found.born.words()))
    for kind, label, asked in (
        ("document", _("Document"), question.document),
        ("phone", _("Telephone"), question.phone),
    ):
        if asked:
            same = _("the same") if kind in found.reasons else _("another, or none")
            clues.append((label, asked, same))
    return clues
