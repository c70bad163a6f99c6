"""Users, what they may do in which organisation, and keys for programs."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tumar.access._actors import Actor
from tumar.access.roles import ROLES, Role
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.reference.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Finds users; a user is made by `access.commands`, never by a shortcut of the manager."""

    use_in_migrations = False

    def visible_to(self, actor: Actor) -> models.QuerySet[User]:
        """Users who work or worked in the actor's organisation, for its administrators."""
        if not actor.has(Role.ADMINISTRATOR):
            return self.none()
        here = Membership.objects.filter(organisation=actor.organisation_id)
        return self.filter(pk__in=here.values("user"))


class User(AbstractUser):
    """Someone who signs in. What they may do hangs on memberships, never on the user."""

    first_name = None  # type: ignore[assignment]  # people have one name here, in any script
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.full_name.split()[:2])


class MembershipQuerySet(RecordedQuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(ended_at=None, user__is_active=True, organisation__is_active=True)

    def visible_to(self, actor: Actor) -> Self:
        """Who works, or worked, in the actor's organisation."""
        return self.filter(organisation=actor.organisation_id)


class Membership(Recorded):
    """A role a person holds in one organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, ROLES[role].label) for role in Role]
    )
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                name="membership_once",
                fields=["user", "organisation", "role"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=[role.value for role in Role])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.organisation}"


class InvitationQuerySet(RecordedQuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        return self.filter(used_at=None, expires_at__gt=at)

    def visible_to(self, actor: Actor) -> Self:
        """Invitations of users the actor keeps as administrator."""
        return self.filter(user__in=User.objects.visible_to(actor))


class Invitation(Recorded):
    """A link that works once and lets its holder choose a password."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token, never the token
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def is_open(self, at: datetime) -> bool:
        return self.used_at is None and at < self.expires_at


class ApiTokenQuerySet(RecordedQuerySet["ApiToken"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own tokens for the organisation one acts for."""
        return self.filter(user=actor.user_id, organisation=actor.organisation_id)

    def live(self, at: datetime) -> Self:
        return self.filter(ended_at=None, expires_at__gt=at)


class ApiToken(Recorded):
    """A key for a program: one membership's rights, narrowed to scopes, until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    label = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expires"))
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return self.label

    def is_live(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at
