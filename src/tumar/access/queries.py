"""Who acts, from a session or from the token of a program; and what is in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from tumar.access import Actor, Role
from tumar.access.models import ApiToken, Invitation, Membership, User
from tumar.access.tokens import digest
from tumar.audit.models import Line


def memberships_of(user_id: int) -> list[Membership]:
    """Everything a user may act as now, the oldest first."""
    held = Membership.objects.filter(user=user_id).active().select_related("organisation")
    return list(held.order_by("pk"))


def actor_among(held: Sequence[Membership], chosen: int | None = None) -> Actor | None:
    """The user as they act for the chosen organisation, or for their first; None without any."""
    if not held:
        return None
    known = {membership.organisation_id for membership in held}
    here = chosen if chosen in known else held[0].organisation_id
    roles = frozenset(Role(m.role) for m in held if m.organisation_id == here)
    return Actor(held[0].user_id, here, roles)


def actor_of_user(user: User) -> Actor:
    """The user for the line of a session; without an organisation it stands for none."""
    return actor_among(memberships_of(user.pk)) or Actor(user.pk, 0, frozenset())


def actor_of_token(token: str, at: datetime) -> Actor | None:
    """The actor a live token stands for: the user's roles now, narrowed to the token's scopes."""
    found = ApiToken.objects.filter(digest=digest(token)).first()
    if found is None or not found.is_live(at):
        return None
    held = Membership.objects.filter(
        user=found.user_id, organisation=found.organisation_id
    ).active()
    roles = frozenset(Role(role) for role in held.values_list("role", flat=True))
    if not roles:
        return None
    return Actor(found.user_id, found.organisation_id, roles, frozenset(found.scopes))


def invited_by(token: str, at: datetime) -> User | None:
    """Whom a link lets choose a password; None for one never made, used or too late alike."""
    links = Invitation.objects.open(at).filter(digest=digest(token), user__is_active=True)
    found = links.select_related("user").first()
    return found.user if found else None


def log_of(organisation_id: int) -> QuerySet[Line]:
    """The log of one organisation; each line with the name of who acted as `who`."""
    names = User.objects.filter(pk=OuterRef("user_id")).values("full_name")[:1]
    return Line.objects.filter(organisation_id=organisation_id).annotate(who=Subquery(names))
