"""Registering a person, opening her identity, changing a part of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import Actor, require
from tumar.audit.models import Line
from tumar.people.commands.grants import ALL_GROUPS, grant_access
from tumar.people.models import IdentityPart, Part, Person, SearchToken
from tumar.people.policy import Act
from tumar.people.queries import identity_of, index_bits, shared_parts
from tumar.people.rules import Identity, index_terms, new_code_name, new_pseudonym
from tumar.reference.models import Organisation
from tumar.vault.models import DataKey
from tumar.vault.tokens import token


class ChangedMeanwhile(Exception):
    """Somebody else saved this part since it was opened. Both versions are here; choose."""

    def __init__(self, theirs: dict[str, Any], version: int) -> None:
        super().__init__(_("Somebody else has changed this meanwhile. Compare and choose."))
        self.theirs = theirs
        self.version = version


def register_person(
    *, actor: Actor, organisation: Organisation, identity: Identity, at: datetime,
    data_key: DataKey | None = None,
) -> Person:  # fmt: skip
    """Begin a sealed identity, known to one organisation.

    Args:
        data_key: the key of the screening she was met in, so that it stays hers; else a new one.
    """
    with audit.record(actor, Act.REGISTER, on=Person, at=at) as event:
        require(actor, Act.REGISTER, None)
        person = Person.objects.create(
            data_key=data_key or DataKey.objects.mint(at=at),
            pseudonym=_unused_pseudonym(),
            code_name=new_code_name(),
            made_at=at,
        )
        event.about(person.pk)
        event.note(person=str(person.pk))
        grant_access(
            actor=actor, person=person, to=organisation, ground="lead", groups=ALL_GROUPS, at=at
        )
        for kind, content in identity.parts().items():
            _write_part(person, kind, content, actor, at)
        _file_again(person, identity)
        return person


def open_identity(*, actor: Actor, person: Person, at: datetime) -> Identity:
    """Open what was shared of an identity; the look is on record before anything is shown."""
    with audit.look(actor, Act.OPEN, on=person, at=at, person=person.pk):
        require(actor, Act.OPEN, person)
        return identity_of(person, only=shared_parts(actor, person))


def save_part(
    *, actor: Actor, person: Person, kind: str, content: dict[str, Any], based_on: int, at: datetime
) -> IdentityPart:
    """Save one part of an identity, sealed, and file the person anew.

    Raises:
        NotAllowed: the identity, or this part of it, was not granted to the actor's organisation.
        ChangedMeanwhile: the stored version is not `based_on`; nothing was written.
    """
    with audit.record(actor, Act.CHANGE, on=person, at=at, person=person.pk) as event:
        person = Person.objects.select_related("data_key").lock(person)
        require(actor, Act.CHANGE, (person, kind))
        stored = IdentityPart.objects.filter(person=person, kind=kind).first()
        if stored and stored.version != based_on:
            stored.data_key = person.data_key
            raise ChangedMeanwhile(stored.content, stored.version)
        part = _write_part(person, kind, content, actor, at, stored)
        event.note(part=kind, version=part.version)
        _file_again(person, identity_of(person))
        return part


def see_who_looked(*, actor: Actor, person: Person, at: datetime) -> list[Line]:
    """Everyone who touched this person's data, newest first; seeing that is a look, too."""
    with audit.look(actor, Act.WHO_LOOKED, on=person, at=at, person=person.pk):
        require(actor, Act.WHO_LOOKED, person)
        return list(Line.objects.about(person.pk)[:500])


def _write_part(
    person: Person, kind: str, content: dict[str, Any], actor: Actor, at: datetime,
    stored: IdentityPart | None = None,
) -> IdentityPart:  # fmt: skip
    part = stored or IdentityPart(person=person, kind=Part(kind), version=0)
    part.data_key = person.data_key
    part.content = content
    part.version += 1
    part.changed_at, part.changed_by = at, actor.user_id
    part.save()
    return part


def _file_again(person: Person, identity: Identity) -> None:
    SearchToken.objects.filter(person=person).delete()
    SearchToken.objects.bulk_create(tokens_for(person, identity))


def tokens_for(person: Person, identity: Identity, bits: int | None = None) -> list[SearchToken]:
    """The search tokens of a person, not stored yet.

    Args:
        bits: their length from `queries.index_bits`, asked once where many persons are filed.
    """
    length = index_bits() if bits is None else bits
    found = {
        (purpose, token(purpose, text, length))
        for purpose, text in index_terms(identity, settings.TUMAR_COUNTRY)
    }
    return [SearchToken(person=person, purpose=kind, token=it) for kind, it in sorted(found)]


def _unused_pseudonym() -> str:
    # 40 bits: among a million persons two would be the same more likely than not.
    while Person.objects.filter(pseudonym=(chosen := new_pseudonym())).exists():
        pass
    return chosen
