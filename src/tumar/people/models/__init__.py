"""Persons, the sealed parts of an identity, consent, and who may know of whom."""

from tumar.people.models.consent import Consent, ConsentState, LegalGround
from tumar.people.models.grant import Grant, SearchToken
from tumar.people.models.person import IdentityPart, Part, Person, Photo

__all__ = [
    "Consent",
    "ConsentState",
    "Grant",
    "IdentityPart",
    "LegalGround",
    "Part",
    "Person",
    "Photo",
    "SearchToken",
]
