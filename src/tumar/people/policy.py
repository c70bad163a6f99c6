"""Who may do what with a person. Knowing of her at all is `Person.objects.visible_to`."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tumar.access import ALLOWED, Actor, Role, Verdict, denied, rule
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.models import Consent, Grant, Person
from tumar.people.queries import granted_groups
from tumar.people.rules import CONSENT_NEXT, PART_GROUP


class Act(StrEnum):
    REGISTER = "people.person.register"
    SEARCH = "people.person.search"
    LIST = "people.person.list"
    OPEN = "people.identity.open"
    CHANGE = "people.identity.change"
    ADD_PHOTO = "people.photo.add"
    OPEN_PHOTO = "people.photo.open"
    OPEN_CONSENTS = "people.consent.open"
    ASK = "people.consent.ask"
    NARROW = "people.consent.narrow"
    WITHDRAW = "people.consent.withdraw"
    EXPIRE = "people.consent.expire"
    STATE_LAW = "people.ground.state"
    GRANT = "people.grant.give"
    END_GRANT = "people.grant.end"
    WHO_LOOKED = "people.log.read"


def _knows(actor: Actor, person: Person, group: str) -> Verdict:
    if not actor.has(*IDENTITY_ROLES):
        return denied(_("Only case workers and supervisors work with identities."))
    if group not in granted_groups(actor, person):
        return denied(_("This part of the data was not shared with your organisation."))
    return ALLOWED


def _works_with(actor: Actor, person_id: UUID, roles: Iterable[Role], refusal: str) -> Verdict:
    if not actor.has(*roles):
        return denied(refusal)
    known = Grant.objects.active().filter(person=person_id, organisation=actor.organisation_id)
    return (
        ALLOWED
        if known.exists()
        else denied(_("Your organisation does not work with this person."))
    )


@rule(Act.REGISTER)
def may_register(actor: Actor, _thing: Any) -> Verdict:
    """A screener, case worker or supervisor may register a person they have met."""
    if actor.has(Role.SCREENER, *IDENTITY_ROLES):
        return ALLOWED
    return denied(_("Only people who meet persons may register one."))


@rule(Act.SEARCH)
def may_search(actor: Actor, _thing: Any) -> Verdict:
    """A case worker or supervisor may search for a person among those their organisation knows."""
    if actor.has(*IDENTITY_ROLES):
        return ALLOWED
    return denied(_("Only case workers and supervisors may search for persons."))


@rule(Act.LIST)
def may_list(actor: Actor, _thing: Any) -> Verdict:
    """A case worker or supervisor may see names in the lists of their own cases."""
    return may_search(actor, None)


@rule(Act.OPEN)
def may_open(actor: Actor, person: Person) -> Verdict:
    """A case worker or supervisor may open an identity that was granted to their organisation."""
    return _knows(actor, person, "identity")


@rule(Act.CHANGE)
def may_change(actor: Actor, thing: Person | tuple[Person, str]) -> Verdict:
    """Whoever may open an identity may correct it; the earlier version is never lost unseen."""
    person, part = thing if isinstance(thing, tuple) else (thing, "names")
    knows_her = _knows(actor, person, "identity")
    return _knows(actor, person, PART_GROUP[part]) if knows_her else knows_her


@rule(Act.ADD_PHOTO)
def may_add_photo(actor: Actor, person: Person) -> Verdict:
    """Whoever may change an identity may add a photo, which is stripped of place and camera."""
    return _knows(actor, person, "identity")


@rule(Act.OPEN_PHOTO)
def may_open_photo(actor: Actor, person: Person) -> Verdict:
    """Whoever may open an identity may see the photo."""
    return _knows(actor, person, "identity")


@rule(Act.OPEN_CONSENTS)
def may_open_consents(actor: Actor, person: Person) -> Verdict:
    """A case worker or supervisor who works with her may read what she agreed to."""
    return _works_with(
        actor,
        person.pk,
        IDENTITY_ROLES,
        _("Only case workers and supervisors may read the answers."),
    )


@rule(Act.ASK)
def may_ask(actor: Actor, person: Person) -> Verdict:
    """Whoever works with her may write down her answer: yes, no, or for how long."""
    return _works_with(
        actor,
        person.pk,
        (Role.SCREENER, *IDENTITY_ROLES),
        _("Only people who work with the person may write down an answer."),
    )


def _may_move(actor: Actor, consent: Consent, to: str) -> Verdict:
    works = _works_with(
        actor,
        consent.person_id,
        IDENTITY_ROLES,
        _("Only case workers and supervisors may write down an answer."),
    )
    if not works:
        return works
    if to not in CONSENT_NEXT[consent.state]:
        return denied(_("This answer is over; write down a new one."))
    return ALLOWED


@rule(Act.NARROW)
def may_narrow(actor: Actor, consent: Consent) -> Verdict:
    """A person may always narrow what she agreed to; her case worker writes it down."""
    return _may_move(actor, consent, "narrowed")


@rule(Act.WITHDRAW)
def may_withdraw(actor: Actor, consent: Consent) -> Verdict:
    """A person may always withdraw; her case worker writes it down, and it counts at once."""
    return _may_move(actor, consent, "withdrawn")


@rule(Act.EXPIRE)
def may_expire(actor: Actor, consent: Consent) -> Verdict:
    """An answer whose time is over is marked so by the house itself."""
    return ALLOWED if "expired" in CONSENT_NEXT[consent.state] else denied(_("It is over."))


@rule(Act.STATE_LAW)
def may_state_law(actor: Actor, person: Person) -> Verdict:
    """Whoever relies on a law instead of consent writes down the law and its article."""
    return _works_with(
        actor,
        person.pk,
        (Role.SCREENER, *IDENTITY_ROLES),
        _("Only people who work with the person may state a legal ground."),
    )


@rule(Act.GRANT)
def may_grant(actor: Actor, person: Person) -> Verdict:
    """Knowing a person is granted only as part of a referral, transfer or registration."""
    return ALLOWED


@rule(Act.END_GRANT)
def may_end_grant(actor: Actor, person: Person) -> Verdict:
    """A grant ends when what it rested on ends: a withdrawal, a refusal, a completed referral."""
    return ALLOWED


@rule(Act.WHO_LOOKED)
def may_see_who_looked(actor: Actor, person: Person) -> Verdict:
    """Whoever may know her may see who looked, and tell her; the data protection officer too."""
    return _works_with(
        actor,
        person.pk,
        (Role.DPO, *IDENTITY_ROLES),
        _("Only those who work with the person may see who looked."),
    )
