"""Pure: what an identity is made of, how consent may move, what a person can be found by."""

from tumar.people.rules.consent import CONSENT_NEXT, EXPLAINED, covers_groups
from tumar.people.rules.identity import (
    PART_GROUP,
    Address,
    Contact,
    Document,
    Identity,
    Name,
    identity_from,
)
from tumar.people.rules.index import (
    SHARED_BY,
    all_lengths,
    birth_terms,
    bits_for,
    document_terms,
    index_terms,
    name_terms,
    phone_terms,
)
from tumar.people.rules.pseudonyms import new_code_name, new_pseudonym

__all__ = [
    "CONSENT_NEXT",
    "EXPLAINED",
    "PART_GROUP",
    "SHARED_BY",
    "Address",
    "Contact",
    "Document",
    "Identity",
    "Name",
    "all_lengths",
    "birth_terms",
    "bits_for",
    "covers_groups",
    "document_terms",
    "identity_from",
    "index_terms",
    "name_terms",
    "new_code_name",
    "new_pseudonym",
    "phone_terms",
]
