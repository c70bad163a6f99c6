"""Records that could be true, of invented persons. Each is the plainest; tests say what differs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory

from tumar import audit
from tumar.access import SYSTEM, Actor, Role
from tumar.access.models import Membership, User
from tumar.people.commands import record_consent, register_person
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.models import Consent, Person
from tumar.people.rules import Contact, Document, Identity, Name
from tumar.protection import commands
from tumar.protection.models import Case, Referral, Screening
from tumar.reference.dates import PartialDate
from tumar.reference.models import Organisation

THEN = datetime(2025, 3, 1, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=2)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    key = factory.Sequence(lambda n: f"org-{n}")
    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = "ngo"
    country = "KGZ"
    takes_referrals = True


class RecordedFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        made = model_class(*args, **kwargs)
        with audit.record(SYSTEM, "factory", on=made, at=THEN):
            made.save()
        return made


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    full_name = factory.Sequence(lambda n: f"Colleague {n}")


class MembershipFactory(RecordedFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.CASEWORKER.value
    since = THEN


def actor_of(membership: Membership) -> Actor:
    """The actor a membership stands for."""
    return Actor(membership.user_id, membership.organisation_id, frozenset({Role(membership.role)}))


def an_identity(**but: Any) -> Identity:
    """An invented identity; give what matters."""
    plain: dict[str, Any] = {
        "names": (Name("Айнура Токтосунова"),),
        "born": PartialDate.of(date(2001, 5, 17)),
        "sex": "female",
        "citizenships": ("KGZ",),
        "languages": ("kir",),
        "documents": (Document("passport", "AC 1234567"),),
        "contacts": (Contact("phone", "+996 700 123456", safe="no"),),
    }
    return Identity(**{**plain, **but})


def a_person(by: Membership, **but: Any) -> Person:
    """A person known to one organisation."""
    return register_person(
        actor=actor_of(by), organisation=by.organisation, identity=an_identity(**but), at=THEN
    )


def a_case(by: Membership, *, person: Person | None = None, **but: Any) -> Case:
    """An open case led by the member's organisation."""
    return commands.open_case(actor=actor_of(by), person=person or a_person(by), at=THEN, **but)


def an_answer(by: Membership, person: Person, to: Organisation | None, **but: Any) -> Consent:
    """Her agreement to a referral with everything, unless said otherwise."""
    plain: dict[str, Any] = {
        "purpose": "referral",
        "groups": ALL_GROUPS,
        "state": "given",
        "given_by": "self",
        "method": "oral_witnessed",
        "at": THEN,
    }
    return record_consent(actor=actor_of(by), person=person, recipient=to, **{**plain, **but})


def a_referral(by: Membership, case: Case, to: Organisation, **but: Any) -> Referral:
    """A referral for shelter, on her agreement."""
    an_answer(by, case.person, to)
    plain: dict[str, Any] = {
        "kind": "service",
        "services": ["shelter_emergency"],
        "groups": ["identity", "contact"],
        "urgency": "today",
        "reason": "a bed for tonight",
        "at": THEN,
    }
    return commands.send_referral(actor=actor_of(by), case=case, to=to, **{**plain, **but})


def a_screening(by: Membership, **but: Any) -> Screening:
    """A screening just begun."""
    plain = {"profile": "adult_labour", "place": "border", "language": "kir", "at": THEN}
    return commands.start_screening(actor=actor_of(by), **{**plain, **but})
