"""Looking for a person: every search is on record, whatever it found."""

from datetime import datetime

from tumar import audit
from tumar.access import Actor, require
from tumar.people.models import Person
from tumar.people.policy import Act
from tumar.people.queries import Candidate, Question, find_candidates


def search_persons(*, actor: Actor, question: Question, at: datetime) -> list[Candidate]:
    """Likely same persons the actor may know; best first, at most ten.

    The line holds which kinds of clue were given and how many were found, never the clues.
    """
    with audit.look(actor, Act.SEARCH, on=Person, at=at) as event:
        require(actor, Act.SEARCH, None)
        found = find_candidates(actor, question)
        event.note(clues=question.kinds, found=len(found))
        for candidate in found:
            _name_seen(actor, candidate.person, at)
        return found


def _name_seen(actor: Actor, person: Person, at: datetime) -> None:
    # A line of her own for each, so that she can be told that her name was shown.
    with audit.look(actor, Act.LIST, on=person, at=at, person=person.pk):
        require(actor, Act.LIST, person)
