"""Who may know whom: given and ended as part of what higher rooms do."""

from collections.abc import Iterable
from datetime import datetime

from tumar import audit
from tumar.access import Actor, require
from tumar.people.models import Grant, Person
from tumar.people.policy import Act
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation

ALL_GROUPS = tuple(code_list("field_groups").codes)


def grant_access(
    *,
    actor: Actor,
    person: Person,
    to: Organisation,
    ground: str,
    groups: Iterable[str],
    at: datetime,
) -> Grant:
    """Let an organisation know some groups of facts about a person, on a named ground."""
    with audit.record(actor, Act.GRANT, on=person, at=at, person=person.pk) as event:
        require(actor, Act.GRANT, person)
        event.note(to=to.pk, groups=sorted(groups))
        grant, _made = Grant.objects.get_or_create(
            person=person,
            organisation=to,
            ground=ground,
            ended_at=None,
            defaults={"granted_at": at, "groups": sorted(groups)},
        )
        return grant


def end_grants(*, actor: Actor, person: Person, ground: str, at: datetime) -> int:
    """End every grant that rests on `ground`; it counts from the next request on."""
    with audit.record(actor, Act.END_GRANT, on=person, at=at, person=person.pk) as event:
        require(actor, Act.END_GRANT, person)
        ended: int = Grant.objects.active().filter(person=person, ground=ground).update(ended_at=at)
        event.note(ended=ended)
        return ended
