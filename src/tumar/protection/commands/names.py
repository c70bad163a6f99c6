"""Names in the list of cases, which nobody sees without a line."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tumar import audit
from tumar.access import Actor, require
from tumar.people.models import Person
from tumar.people.policy import Act
from tumar.people.queries import names_of
from tumar.protection.models import CaseAccess


def names_on_desk(*, actor: Actor, rows: Sequence[CaseAccess], at: datetime) -> dict[UUID, str]:
    """Open the names of the persons in these rows; where identity was not shared, none.

    Args:
        rows: with `case__person__data_key` selected.
    """
    persons = [row.case.person for row in rows if "identity" in row.groups]
    with audit.look(actor, Act.LIST, on=Person, at=at) as event:
        require(actor, Act.LIST, None)
        event.note(persons=[str(person.pk) for person in persons])
        return names_of(persons)
