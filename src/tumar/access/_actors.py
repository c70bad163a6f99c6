from dataclasses import dataclass

from tumar.access.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person acting now, for one organisation, in the roles held there.

    `scopes` narrows what an API token may be used for; None means no narrowing.
    """

    user_id: int
    organisation_id: int
    roles: frozenset[Role]
    scopes: frozenset[str] | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


# Acts of the installation itself: the first administrator, migrations of keys, the demonstration.
SYSTEM = Actor(user_id=0, organisation_id=0, roles=frozenset())
