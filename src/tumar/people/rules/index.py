"""What a person can be found by, before it is hashed.

Never sex, citizenship or status alone: values so few would be read off the table by counting.
"""

from collections.abc import Iterable, Iterator

from tumar.people.rules.identity import Identity
from tumar.reference.dates import PartialDate, Precision
from tumar_match.identifiers import normal_document, normal_phone
from tumar_match.names import codes

Term = tuple[str, str]  # purpose and text; the purpose chooses the key

SHARED_BY = 4
"""Persons of one bucket at least, on average: so many a thief of the index cannot tell apart."""

FEWEST_BITS = 2

PHONES = frozenset({"phone", "sms", "whatsapp", "telegram", "viber", "signal", "imo"})


def bits_for(persons: int) -> int:
    """How long a search token may be, so that a bucket holds `SHARED_BY` to twice as many persons.

    The length grows with the installation. Whoever was filed when it was small stays in a small
    index of that time and is found there: see `all_lengths`.
    """
    return max(FEWEST_BITS, (persons // SHARED_BY).bit_length() - 1)


def all_lengths(persons: int) -> range:
    """Every length a token of this installation may have: those of all the sizes it ever had."""
    return range(FEWEST_BITS, bits_for(persons) + 1)


def index_terms(identity: Identity, country: str) -> set[Term]:
    """Everything one identity is filed under.

    Args:
        country: alpha-3 code of the country whose numbers are written without a prefix.
    """
    return {
        *name_terms(name.text for name in identity.names),
        *birth_terms(identity.born),
        *document_terms(document.number for document in identity.documents),
        *phone_terms((c.value for c in identity.contacts if c.channel in PHONES), country),
    }


def name_terms(names: Iterable[str]) -> Iterator[Term]:
    """Phonetic codes of each word of each name: one spelling finds the others."""
    for name in names:
        for code in codes(name):
            yield "name", code


def birth_terms(born: PartialDate) -> Iterator[Term]:
    """The day of birth, where the day is known; a year alone is shared by too many."""
    if born.earliest is not None and born.precision is Precision.DAY:
        yield "birth", born.earliest.isoformat()


def document_terms(numbers: Iterable[str]) -> Iterator[Term]:
    for number in numbers:
        if text := normal_document(number):
            yield "document", text


def phone_terms(numbers: Iterable[str], country: str) -> Iterator[Term]:
    for number in numbers:
        if text := normal_phone(number, country):
            yield "phone", text
