"""Opening identities. The caller leaves the line: see `commands.open_identity`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tumar.access import Actor
from tumar.people.models import Grant, IdentityPart, Part, Person
from tumar.people.rules import PART_GROUP, Identity, identity_from


def identity_of(person: Person, *, only: Iterable[str] = Part.values) -> Identity:
    """Open a person's identity, or some parts of it."""
    parts = IdentityPart.objects.filter(person=person, kind__in=list(only))
    opened = {}
    for part in parts:
        part.data_key = person.data_key  # the same key: no query and one unwrapping for all
        opened[part.kind] = part.content
    return identity_from(opened)


def names_of(persons: Iterable[Person]) -> dict[UUID, str]:
    """The names to call these persons by, opened; one query for all.

    Args:
        persons: with `data_key` selected.
    """
    known = {person.pk: person for person in persons}
    names = dict.fromkeys(known, "")
    for part in IdentityPart.objects.filter(person__in=known, kind=Part.NAMES):
        part.data_key = known[part.person_id].data_key
        names[part.person_id] = identity_from({Part.NAMES: part.content}).name
    return names


def identities_of(persons: Iterable[Person]) -> dict[UUID, Identity]:
    """The whole identities of these persons, opened; one query for all.

    Args:
        persons: with `data_key` selected.
    """
    known = {person.pk: person for person in persons}
    opened: dict[UUID, dict[str, dict[str, Any]]] = {pk: {} for pk in known}
    for part in IdentityPart.objects.filter(person__in=known):
        part.data_key = known[part.person_id].data_key
        opened[part.person_id][part.kind] = part.content
    return {pk: identity_from(parts) for pk, parts in opened.items()}


def versions_of(person: Person) -> dict[str, int]:
    """The version of each part that exists; a part that does not is version 0."""
    return dict(IdentityPart.objects.filter(person=person).values_list("kind", "version"))


def granted_groups(actor: Actor, person: Person) -> frozenset[str]:
    """The groups of facts the actor's organisation may know of this person."""
    grants = Grant.objects.active().filter(person=person, organisation=actor.organisation_id)
    return frozenset(group for grant in grants for group in grant.groups)


def shared_parts(actor: Actor, person: Person) -> frozenset[str]:
    """The parts of an identity that were shared with the actor's organisation."""
    groups = granted_groups(actor, person)
    return frozenset(part for part, group in PART_GROUP.items() if group in groups)


def who_knows(person: UUID) -> set[int]:
    """The organisations that may know something of this person now."""
    return set(Grant.objects.active().filter(person=person).values_list("organisation", flat=True))
