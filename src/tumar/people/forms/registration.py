"""The page of registration: all parts of an identity and her answer, in one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tumar.people.forms.consent import AnswerForm
from tumar.people.forms.parts import PartForm, part_form
from tumar.people.forms.rows import Sent
from tumar.people.models import Part
from tumar.people.queries import Question
from tumar.people.rules import Contact, Document, Identity, Name, identity_from


class Registration:
    """Everything asked at intake. Nothing is required; an empty form registers a code name."""

    def __init__(self, *, sent: Sent | None = None, known: Question | None = None) -> None:
        first = _first_values(known) if known else {}
        self.parts: list[PartForm] = [
            part_form(kind, sent=sent, known=first.get(kind, {})) for kind in Part.values
        ]
        self.answer_form = AnswerForm(sent, prefix="consent")

    def is_valid(self) -> bool:
        """Whether all of it can be kept; False while the reader only asked for another row."""
        wrong = sum(not part.is_valid() for part in self.parts)
        return self.answer_form.is_valid() and wrong == 0

    @property
    def is_growing(self) -> bool:
        return any(part.is_growing for part in self.parts)

    @property
    def identity(self) -> Identity:
        """Who she says she is."""
        return identity_from({part.kind.value: part.content for part in self.parts})

    @property
    def answer(self) -> Mapping[str, Any] | None:
        """Her answer to managing her case, if she was asked."""
        return self.answer_form.answer


def _first_values(question: Question) -> dict[str, dict[str, Any]]:
    """What the searcher wrote already; nobody is asked the same twice."""
    return Identity(
        names=(Name(question.name),) if question.name else (),
        born=question.born,
        documents=(Document("", question.document),) if question.document else (),
        contacts=(Contact("phone", question.phone),) if question.phone else (),
    ).parts()
