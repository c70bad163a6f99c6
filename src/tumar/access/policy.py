"""Who may do what with users, roles and tokens."""

from enum import StrEnum

from django.utils.translation import gettext as _

from tumar.access import ALLOWED, SYSTEM, Actor, Role, Verdict, denied, rule
from tumar.access.models import Membership, User
from tumar.reference.models import Organisation


class Act(StrEnum):
    ADD_USER = "access.user.add"
    INVITE = "access.user.invite"
    DISABLE_USER = "access.user.disable"
    GRANT = "access.role.grant"
    END = "access.role.end"
    MAKE_TOKEN = "access.token.make"  # noqa: S105  # the name of an act
    END_TOKEN = "access.token.end"  # noqa: S105
    USE_INVITATION = "access.invitation.use"
    READ_LOG = "access.log.read"
    SWITCH = "access.organisation.switch"
    SIGN_IN = "access.session.begin"
    SIGN_OUT = "access.session.end"
    CHANGE_PASSWORD = "access.password.change"  # noqa: S105
    KEEP_DIRECTORY = "access.directory.keep"


# Whose administrators keep every organisation's entry in the directory, not only their own.
NATIONAL = frozenset({"central_government", "immigration_service"})
REFUSED = "access.page.refuse"  # the line about a page that stayed closed; nobody does this


def _administrator(actor: Actor, organisation_id: int) -> Verdict:
    if actor is SYSTEM:
        return ALLOWED
    if not actor.has(Role.ADMINISTRATOR):
        return denied(_("Only an administrator may do this."))
    if actor.organisation_id != organisation_id:
        return denied(_("Administrators act for their own organisation only."))
    return ALLOWED


@rule(Act.ADD_USER)
def may_add_user(actor: Actor, organisation_id: int) -> Verdict:
    """An administrator may add a user to the own organisation."""
    return _administrator(actor, organisation_id)


@rule(Act.INVITE)
def may_invite(actor: Actor, membership: tuple[int, int]) -> Verdict:
    """An administrator may send a one-time link to a user who works for no other organisation."""
    user_id, organisation_id = membership
    administrator = _administrator(actor, organisation_id)
    if actor is SYSTEM or not administrator:
        return administrator
    theirs = Membership.objects.filter(user=user_id)
    if not theirs.filter(organisation=organisation_id).exists():
        return denied(_("This user does not work for your organisation."))
    # Whoever holds the link becomes the user: it must open nothing of somebody else's.
    if theirs.active().exclude(organisation=organisation_id).exists():
        return denied(_("This user also works for another organisation, so no link is made here."))
    return ALLOWED


@rule(Act.DISABLE_USER)
def may_disable_user(actor: Actor, membership: tuple[int, int]) -> Verdict:
    """An administrator may end a colleague's access to the own organisation at once."""
    return may_end(actor, membership)


@rule(Act.GRANT)
def may_grant(actor: Actor, membership: tuple[int, int]) -> Verdict:
    """An administrator may grant a role in the own organisation, never to themselves."""
    user_id, organisation_id = membership
    if actor is not SYSTEM and actor.user_id == user_id:
        return denied(_("Nobody may give themselves a role."))
    return _administrator(actor, organisation_id)


@rule(Act.END)
def may_end(actor: Actor, membership: tuple[int, int]) -> Verdict:
    """An administrator may end a role in the own organisation, of anybody but themselves."""
    user_id, organisation_id = membership
    if actor.user_id == user_id:  # so an organisation is never left without an administrator
        return denied(_("Another administrator must end your own roles."))
    return _administrator(actor, organisation_id)


@rule(Act.MAKE_TOKEN)
def may_make_token(actor: Actor, user_id: int) -> Verdict:
    """Everybody may make a token that can do less than they can themselves."""
    return ALLOWED if actor.user_id == user_id else denied(_("A token is made by its own user."))


@rule(Act.END_TOKEN)
def may_end_token(actor: Actor, user_id: int) -> Verdict:
    """Everybody may end their own tokens at once."""
    return ALLOWED if actor.user_id == user_id else denied(_("Only its user may end a token."))


@rule(Act.USE_INVITATION)
def may_use_invitation(actor: Actor, invitation: object) -> Verdict:
    """Whoever holds an open invitation may use it once."""
    return ALLOWED


@rule(Act.READ_LOG)
def may_read_log(actor: Actor, organisation_id: int) -> Verdict:
    """The data protection officer may read the log of the own organisation."""
    if not actor.has(Role.DPO):
        return denied(_("Only the data protection officer may read the log."))
    if actor.organisation_id != organisation_id:
        return denied(_("The log of another organisation is not yours to read."))
    return ALLOWED


@rule(Act.SWITCH)
def may_switch(actor: Actor, organisation_id: int) -> Verdict:
    """Everybody may choose for which of their organisations they act now."""
    held = Membership.objects.filter(user=actor.user_id, organisation=organisation_id).active()
    return ALLOWED if held.exists() else denied(_("You do not work for this organisation."))


@rule(Act.SIGN_IN)
def may_sign_in(actor: Actor, user: User) -> Verdict:
    """Whoever has an account in use may sign in."""
    return ALLOWED if user.is_active else denied(_("This account is not in use."))


@rule(Act.SIGN_OUT)
def may_sign_out(actor: Actor, user: User) -> Verdict:
    """Everybody may sign out, at any moment."""
    return ALLOWED


@rule(Act.CHANGE_PASSWORD)
def may_change_password(actor: Actor, user: User) -> Verdict:
    """Everybody may change their own password, and nobody anybody else's."""
    return ALLOWED if actor.user_id == user.pk else denied(_("This is somebody else's password."))


@rule(Act.KEEP_DIRECTORY)
def may_keep_directory(actor: Actor, organisation_id: int | None) -> Verdict:
    """An administrator keeps the entry of the own organisation; a national authority's, every one.

    `organisation_id` is None for a new organisation.
    """
    if actor is SYSTEM:
        return ALLOWED
    if not actor.has(Role.ADMINISTRATOR):
        return denied(_("Only an administrator may do this."))
    if actor.organisation_id == organisation_id or keeps_whole_directory(actor):
        return ALLOWED
    return denied(_("Administrators keep the entry of their own organisation only."))


def keeps_whole_directory(actor: Actor) -> bool:
    """Does the actor administer for an authority that answers for the whole directory?"""
    if not actor.has(Role.ADMINISTRATOR):
        return False
    return Organisation.objects.filter(pk=actor.organisation_id, kind__in=NATIONAL).exists()
