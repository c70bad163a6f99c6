"""Everything that can happen to users, roles and tokens. One function, one event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import SYSTEM, Actor, Role, require
from tumar.access.models import ApiToken, Invitation, Membership, User
from tumar.access.policy import Act
from tumar.access.tokens import digest
from tumar.reference.models import Organisation

INVITATION_LASTS = timedelta(hours=72)
TOKEN_LASTS_AT_MOST = timedelta(days=365)


class UserExists(Exception):
    """Somebody signs in under this name already."""


class InvitationOver(Exception):
    """The link was used before, or its time is over."""


class UnknownScope(Exception):
    """A token was asked for something no token can do."""


SCOPES = frozenset({"cases:read", "cases:write", "referrals:read", "referrals:write",
                    "screenings:read", "screenings:write", "reference:read"})  # fmt: skip


def add_user(
    *, actor: Actor, username: str, full_name: str, organisation: Organisation, at: datetime
) -> User:
    """Make a user who cannot sign in until an invitation is used.

    Raises:
        NotAllowed: the actor is no administrator of this organisation.
        UserExists: the user name is taken.
    """
    with audit.record(actor, Act.ADD_USER, on=User, at=at) as event:
        require(actor, Act.ADD_USER, organisation.pk)
        user = _new_user(username, full_name)
        event.note(user=user.pk)
        return user


def add_colleague(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    organisation: Organisation,
    role: Role,
    at: datetime,
) -> tuple[User, str]:
    """Make a user with a first role and a one-time link, all or nothing; the token is not stored.

    Raises:
        NotAllowed: the actor is no administrator of this organisation.
        UserExists: the user name is taken.
    """
    with audit.record(actor, Act.ADD_USER, on=User, at=at) as event:
        require(actor, Act.ADD_USER, organisation.pk)
        user = _new_user(username, full_name)
        event.note(user=user.pk)
        grant_role(actor=actor, user=user, organisation=organisation, role=role, at=at)
        return user, invite(actor=actor, user=user, organisation=organisation, at=at)


def _new_user(username: str, full_name: str) -> User:
    if User.objects.filter(username__iexact=username).exists():
        raise UserExists(_("This user name is taken. Choose another."))
    user = User(username=username, full_name=full_name)
    user.set_unusable_password()
    user.save()
    return user


def grant_role(
    *, actor: Actor, user: User, organisation: Organisation, role: Role, at: datetime
) -> Membership:
    """Give a user a role in an organisation; a role already held stays as it is.

    A disabled account is in use again, but needs a new one-time link before anybody can sign in.
    """
    with audit.record(actor, Act.GRANT, on=user, at=at) as event:
        require(actor, Act.GRANT, (user.pk, organisation.pk))
        event.note(role=role.value, organisation=organisation.pk)
        if not user.is_active:
            user.is_active = True
            user.save(update_fields=["is_active"])
        membership, _made = Membership.objects.get_or_create(
            user=user, organisation=organisation, role=role, ended_at=None, defaults={"since": at}
        )
        return membership


def end_role(*, actor: Actor, membership: Membership, at: datetime) -> None:
    """Take a role away; it counts from the next request on."""
    with audit.record(actor, Act.END, on=membership, at=at) as event:
        require(actor, Act.END, (membership.user_id, membership.organisation_id))
        event.note(role=membership.role)
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])


def disable_user(*, actor: Actor, user: User, organisation: Organisation, at: datetime) -> None:
    """End all a user may do here at once: roles, tokens, open links; the account if none is left.

    Raises:
        NotAllowed: the actor is no administrator here, or this is the actor.
    """
    with audit.record(actor, Act.DISABLE_USER, on=user, at=at) as event:
        require(actor, Act.DISABLE_USER, (user.pk, organisation.pk))
        here = {"user": user, "organisation": organisation, "ended_at": None}
        ended = Membership.objects.filter(**here).update(ended_at=at)
        ApiToken.objects.filter(**here).update(ended_at=at)
        event.note(organisation=organisation.pk, roles=ended)
        if not Membership.objects.filter(user=user).active().exists():
            user.invitations.open(at).update(expires_at=at)
            user.is_active = False
            user.set_unusable_password()  # an account in use again needs a new link
            user.save(update_fields=["is_active", "password"])


def invite(*, actor: Actor, user: User, organisation: Organisation, at: datetime) -> str:
    """Make a one-time link for choosing a password; returns the token, which is not stored.

    A link made before ends: only the newest works.
    """
    with audit.record(actor, Act.INVITE, on=user, at=at):
        require(actor, Act.INVITE, (user.pk, organisation.pk))
        Invitation.objects.open(at).filter(user=user).update(expires_at=at)
        token = secrets.token_urlsafe(32)
        Invitation.objects.create(
            user=user, digest=digest(token), made_at=at, expires_at=at + INVITATION_LASTS
        )
        return token


def invite_first_administrator(*, organisation: Organisation, at: datetime) -> str:
    """Make the first administrator of an installation and a one-time link for them."""
    _user, token = add_colleague(
        actor=SYSTEM,
        username="administrator",
        full_name=_("Administrator"),
        organisation=organisation,
        role=Role.ADMINISTRATOR,
        at=at,
    )
    return token


def use_invitation(*, token: str, password: str, at: datetime) -> User:
    """Set the password of an invited user; the link is dead afterwards.

    Raises:
        InvitationOver: no such link, used before, or too late. One answer for all three.
    """
    with audit.record(SYSTEM, Act.USE_INVITATION, on=Invitation, at=at) as event:
        found = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(digest=digest(token))
            .first()
        )
        if found is None or not found.is_open(at) or not found.user.is_active:
            raise InvitationOver(_("This link is not valid any more. Ask for a new one."))
        found.used_at = at
        found.save(update_fields=["used_at"])
        found.user.set_password(password)
        found.user.save(update_fields=["password"])
        event.note(user=found.user.pk)
        return found.user


def make_token(
    *,
    actor: Actor,
    user: User,
    label: str,
    scopes: Iterable[str],
    expires_at: datetime,
    at: datetime,
) -> str:
    """Make an API token for the organisation the user acts for; shown once, stored as a digest.

    Raises:
        UnknownScope: a scope is not one of `SCOPES`.
    """
    with audit.record(actor, Act.MAKE_TOKEN, on=ApiToken, at=at) as event:
        require(actor, Act.MAKE_TOKEN, user.pk)
        wanted = sorted(set(scopes))
        if not SCOPES.issuperset(wanted):
            raise UnknownScope(_("There is no such scope."))
        token = secrets.token_urlsafe(32)
        made = ApiToken.objects.create(
            user=user,
            organisation_id=actor.organisation_id,
            label=label,
            digest=digest(token),
            scopes=wanted,
            made_at=at,
            expires_at=min(expires_at, at + TOKEN_LASTS_AT_MOST),
        )
        event.note(token=made.pk, scopes=wanted)
        return token


def end_token(*, actor: Actor, token: ApiToken, at: datetime) -> None:
    """End a token; the next call with it is refused."""
    with audit.record(actor, Act.END_TOKEN, on=token, at=at):
        require(actor, Act.END_TOKEN, token.user_id)
        token.ended_at = at
        token.save(update_fields=["ended_at"])


def choose_organisation(*, actor: Actor, organisation_id: int, at: datetime) -> None:
    """Act for another of one's organisations from the next request on."""
    with audit.record(actor, Act.SWITCH, on=Organisation, at=at) as event:
        require(actor, Act.SWITCH, organisation_id)
        event.note(to=organisation_id)


def begin_session(*, actor: Actor, user: User, at: datetime) -> None:
    """Note that somebody signed in; refused if the account is not in use."""
    with audit.record(actor, Act.SIGN_IN, on=user, at=at):
        require(actor, Act.SIGN_IN, user)


def end_session(*, actor: Actor, user: User, at: datetime) -> None:
    """Note that somebody signed out or left."""
    with audit.record(actor, Act.SIGN_OUT, on=user, at=at):
        require(actor, Act.SIGN_OUT, user)


def change_password(*, actor: Actor, user: User, password: str, at: datetime) -> None:
    """Set one's own password; all other sessions of the user end by it."""
    with audit.record(actor, Act.CHANGE_PASSWORD, on=user, at=at):
        require(actor, Act.CHANGE_PASSWORD, user)
        user.set_password(password)
        user.save(update_fields=["password"])
