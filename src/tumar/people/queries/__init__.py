"""Reads about persons: an identity opened, a ground for sharing, likely same persons."""

from tumar.people.queries.consents import ConsentPage, PurposeRow, consent_page
from tumar.people.queries.grounds import Ground, answer_for, counting, ground_for
from tumar.people.queries.identities import (
    granted_groups,
    identity_of,
    names_of,
    shared_parts,
    versions_of,
    who_knows,
)
from tumar.people.queries.log import doers
from tumar.people.queries.search import Candidate, Question, find_candidates, index_bits

__all__ = [
    "Candidate",
    "ConsentPage",
    "Ground",
    "PurposeRow",
    "Question",
    "answer_for",
    "consent_page",
    "counting",
    "doers",
    "find_candidates",
    "granted_groups",
    "ground_for",
    "identity_of",
    "index_bits",
    "names_of",
    "shared_parts",
    "versions_of",
    "who_knows",
]
