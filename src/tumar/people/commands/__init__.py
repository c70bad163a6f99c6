"""Everything that can happen to a person's identity, consent and grants."""

from tumar.people.commands.consent import (
    expire_consents,
    narrow_consent,
    open_consents,
    record_consent,
    state_legal_ground,
    withdraw_consent,
)
from tumar.people.commands.grants import end_grants, grant_access
from tumar.people.commands.identity import (
    ChangedMeanwhile,
    open_identity,
    register_person,
    save_part,
    see_who_looked,
)
from tumar.people.commands.intake import take_in
from tumar.people.commands.photo import NotAPhoto, add_photo, open_photo
from tumar.people.commands.search import search_persons

__all__ = [
    "ChangedMeanwhile",
    "NotAPhoto",
    "add_photo",
    "end_grants",
    "expire_consents",
    "grant_access",
    "narrow_consent",
    "open_consents",
    "open_identity",
    "open_photo",
    "record_consent",
    "register_person",
    "save_part",
    "search_persons",
    "see_who_looked",
    "state_legal_ground",
    "take_in",
    "withdraw_consent",
]
