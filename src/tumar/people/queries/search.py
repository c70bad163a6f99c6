"""Finding likely same persons over the blind index, inside the reader's scope only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, FloatField, Max, Q, Sum, Value, When

from tumar.access import Actor
from tumar.people.models import Grant, IdentityPart, Part, Person, SearchToken
from tumar.people.rules import (
    SHARED_BY,
    Identity,
    all_lengths,
    birth_terms,
    bits_for,
    document_terms,
    identity_from,
    name_terms,
    phone_terms,
)
from tumar.reference.dates import PartialDate
from tumar.vault.tokens import token
from tumar_match.identifiers import normal_document, normal_phone
from tumar_match.names import compare

OPENED_AT_MOST = 60  # candidates opened for one search; more would be browsing
SHOWN_AT_MOST = 10
LOOKS_ALIKE = 0.72  # below this a name is another name; our own, from the invented variants
FIRST = {"document": 20, "phone": 20}  # bits: who may share an identifier is always opened
ROWS_AT_MOST = 20_000  # read of all tokens of a search: a very common name needs a second clue

Term = tuple[str, str]  # purpose and text
Token = tuple[str, int]  # purpose and number


@dataclass(frozen=True, slots=True)
class Question:
    """What the searcher knows. Everything is optional; nothing at all finds nothing."""

    name: str = ""
    born: PartialDate = field(default_factory=PartialDate)
    document: str = ""
    phone: str = ""

    def terms(self) -> set[Term]:
        """What to look for in the index."""
        return {
            *name_terms([self.name] if self.name else []),
            *birth_terms(self.born),
            *document_terms([self.document] if self.document else []),
            *phone_terms([self.phone] if self.phone else [], settings.TUMAR_COUNTRY),
        }

    @property
    def kinds(self) -> list[str]:
        """Which kinds of clue were given, for the log; never the clues."""
        return sorted({purpose for purpose, _text in self.terms()})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be the one looked for, and why we think so."""

    person: Person
    name: str
    score: float  # between 0 and 1; a guide for the eye, not a probability
    reasons: tuple[str, ...]
    born: PartialDate = field(default_factory=PartialDate)


def find_candidates(actor: Actor, question: Question) -> list[Candidate]:
    """Likely same persons among those the actor may know; best first.

    Tokens find, then the scope filter, and only then are candidates opened and compared.
    Whoever is out of scope is answered exactly like nobody.
    """
    likely = _likely(actor, question.terms())
    persons = Person.objects.filter(pk__in=likely).named_to(actor).select_related("data_key")
    found = [_compared(person, identity, question) for person, identity in _opened(persons)]
    good = [candidate for candidate in found if candidate.reasons]
    return sorted(good, key=lambda candidate: -candidate.score)[:SHOWN_AT_MOST]


def index_bits() -> int:
    """How long the tokens are that are filed now."""
    return bits_for(_known())


def _known() -> int:
    # The number of the last grant: nearly the number of persons, and costs nothing to ask.
    return Grant.objects.aggregate(last=Max("pk"))["last"] or 0


def _likely(actor: Actor, terms: set[Term]) -> list[UUID]:
    """The persons in scope who share the most telling tokens with what was asked.

    Always two queries, whoever exists: first how common each token is, then who has them.
    """
    lengths = all_lengths(_known())
    asked = {(kind, token(kind, text, bits)) for kind, text in terms for bits in lengths}
    if not asked:
        return []
    common = _how_common(asked)
    hits = SearchToken.objects.visible_to(actor).filter(_any_of(common))
    # One branch for all tokens of a weight: a branch for each would cost more than the search.
    same: defaultdict[float, list[Token]] = defaultdict(list)
    for each, met in common.items():
        same[_telling(each, met)].append(each)
    whens = [When(_any_of(them), then=Value(weight)) for weight, them in same.items()]
    worth = Case(*whens, default=Value(0.0), output_field=FloatField())
    best = hits.values("person").annotate(weight=Sum(worth)).order_by("-weight", "person")
    return [row["person"] for row in best[:OPENED_AT_MOST]]


def _how_common(asked: set[Token]) -> dict[Token, int]:
    """How many persons have each token, leaving out what is too common beside what is rarer."""
    rows = SearchToken.objects.filter(_any_of(asked)).values_list("purpose", "token")
    counted = {(kind, number): met for kind, number, met in rows.annotate(met=Count("*"))}
    kept: dict[Token, int] = {}
    for each, met in sorted(counted.items(), key=lambda item: item[1]):
        if not kept or sum(kept.values()) + met <= ROWS_AT_MOST:
            kept[each] = met
    return kept or dict.fromkeys(asked, 0)  # nobody: asked all the same, and answered the same


def _telling(each: Token, met: int) -> float:
    """How much sharing this token says, in bits: the rarer among those filed with it, the more."""
    kind, number = each
    length = number.bit_length() - 1
    filed = SHARED_BY << length  # about so many persons were filed with tokens of this length
    return FIRST.get(kind, 0) + max(1, filed.bit_length() - (met + 1).bit_length())


def _any_of(tokens: Iterable[Token]) -> Q:
    """Any of these tokens, purpose by purpose, so that the index is used."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for kind, number in tokens:
        numbers[kind].append(number)
    return reduce(or_, (Q(purpose=kind, token__in=them) for kind, them in numbers.items()))


def _opened(persons: Iterable[Person]) -> list[tuple[Person, Identity]]:
    known = {person.pk: person for person in persons}
    kinds = (Part.NAMES, Part.BIRTH, Part.DOCUMENTS, Part.CONTACTS)
    contents: dict[UUID, dict[str, dict[str, Any]]] = {pk: {} for pk in known}
    for part in IdentityPart.objects.filter(person__in=known, kind__in=kinds):
        part.data_key = known[part.person_id].data_key
        contents[part.person_id][part.kind] = part.content
    return [(known[pk], identity_from(parts)) for pk, parts in contents.items()]


def _compared(person: Person, identity: Identity, question: Question) -> Candidate:
    """Check what the tokens only suggested; a bucket holds others too."""
    clues = [
        ("document", 1.0, _same_document(identity, question)),
        ("phone", 0.9, _same_phone(identity, question)),
        ("birth", 0.5, bool(question.born) and identity.born == question.born),
        ("birth_may_be", 0.2, _may_be_born(identity.born, question.born)),
    ]
    reasons = [reason for reason, _score, holds in clues if holds]
    scores = [score for _reason, score, holds in clues if holds]
    alike = _name_likeness(identity, question)
    if alike >= LOOKS_ALIKE:
        reasons.append("name")
        scores.append(0.7 * alike)
    missed = 1.0
    for score in scores:
        missed *= 1 - score
    return Candidate(person, identity.name, round(1 - missed, 3), tuple(reasons), identity.born)


def _same_document(identity: Identity, question: Question) -> bool:
    asked = normal_document(question.document)
    return bool(asked) and any(normal_document(d.number) == asked for d in identity.documents)


def _same_phone(identity: Identity, question: Question) -> bool:
    asked = normal_phone(question.phone, settings.TUMAR_COUNTRY)
    return bool(asked) and any(
        normal_phone(c.value, settings.TUMAR_COUNTRY) == asked for c in identity.contacts
    )


def _may_be_born(theirs: PartialDate, asked: PartialDate) -> bool:
    """Two dates that differ in precision, or are estimates, and do not contradict each other."""
    if theirs == asked or not (
        theirs.earliest and theirs.latest and asked.earliest and asked.latest
    ):
        return False
    return theirs.earliest <= asked.latest and asked.earliest <= theirs.latest


def _name_likeness(identity: Identity, question: Question) -> float:
    if not question.name:
        return 0.0
    return max((compare(name.text, question.name).score for name in identity.names), default=0.0)
