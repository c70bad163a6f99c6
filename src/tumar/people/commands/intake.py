"""Taking a person in: who she is and what she answered, both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tumar.access import Actor
from tumar.people.commands.consent import record_consent
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.commands.identity import register_person
from tumar.people.models import Person
from tumar.people.rules import Identity
from tumar.people.slots import KEY_OF_SCREENING
from tumar.reference.models import Organisation


def take_in(
    *,
    actor: Actor,
    identity: Identity,
    answer: Mapping[str, Any] | None,
    at: datetime,
    screening: str = "",
) -> Person:
    """Register a person for the actor's organisation and write down whether she agrees.

    Args:
        answer: what `record_consent` needs of her answer to managing her case; None if she was
            not asked yet.
        screening: the reference of the screening she was met in, if there was one.
    """
    with transaction.atomic():
        person = register_person(
            actor=actor,
            organisation=Organisation.objects.get(pk=actor.organisation_id),
            identity=identity,
            at=at,
            data_key=_key_of(actor, screening),
        )
        if answer is not None:
            record_consent(
                actor=actor,
                person=person,
                purpose="case_management",
                recipient=None,
                groups=ALL_GROUPS,
                at=at,
                **answer,
            )
        return person


def _key_of(actor: Actor, screening: str) -> Any:
    keys = (find(actor, screening) for find in KEY_OF_SCREENING) if screening else ()
    return next((key for key in keys if key is not None), None)
