"""A person for a page, or 404."""

from tumar.access.http import Request, find
from tumar.people.models import Person


def visible_person(request: Request, pseudonym: str) -> Person:
    """The person of this pseudonym; out of scope is like nobody at all."""
    persons = Person.objects.visible_to(request.actor).select_related("data_key")
    return find(persons, pseudonym=pseudonym)
