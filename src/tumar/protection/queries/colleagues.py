"""Who works in an organisation, and what users are called."""

from collections.abc import Iterable

from tumar.access import Actor
from tumar.access.models import Membership, User
from tumar.access.roles import IDENTITY_ROLES


def case_workers(actor: Actor) -> list[User]:
    """People of the actor's organisation who keep cases, by name."""
    roles = [role.value for role in IDENTITY_ROLES]
    held = Membership.objects.visible_to(actor).active().filter(role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("full_name", "pk"))


def workers_of(organisation_id: int) -> frozenset[int]:
    """The ids of users who keep cases for an organisation now."""
    roles = [role.value for role in IDENTITY_ROLES]
    held = Membership.objects.active().filter(organisation=organisation_id, role__in=roles)
    return frozenset(held.values_list("user", flat=True))


def names_of_users(users: Iterable[int]) -> dict[int, str]:
    """What these users are called."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(users))}
