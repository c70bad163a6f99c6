"""Her answers as they stand, and as they came about."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tumar.people.models import Consent, LegalGround, Person
from tumar.people.queries.grounds import counting
from tumar.reference.codelists import code_list


@dataclass(frozen=True, slots=True)
class PurposeRow:
    """What she answered for one purpose: the answer that counts for each recipient."""

    purpose: str
    answers: Sequence[Consent]
    grounds: Sequence[LegalGround]


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """The matrix and the history, in two queries whatever their length."""

    rows: Sequence[PurposeRow]
    history: Sequence[Consent]
    at: datetime


def consent_page(person: Person, at: datetime) -> ConsentPage:
    """All answers of one person: which count now, and all there ever were."""
    answers = person.consents.select_related("recipient", "asked_by", "data_key")
    history = list(answers.order_by("-given_at", "-pk"))
    grounds = person.legal_grounds.select_related("organisation", "data_key").order_by("-made_at")
    lawful: defaultdict[str, list[LegalGround]] = defaultdict(list)
    for ground in grounds:
        lawful[ground.purpose].append(ground)
    rows = [
        PurposeRow(purpose, _by_recipient(history, purpose), lawful[purpose])
        for purpose in code_list("purposes").codes
    ]
    return ConsentPage(rows, history, at)


def _by_recipient(history: Sequence[Consent], purpose: str) -> list[Consent]:
    given = [answer for answer in history if answer.purpose == purpose]
    recipients = dict.fromkeys(answer.recipient_id for answer in given)
    latest = (counting([a for a in given if a.recipient_id == each]) for each in recipients)
    return [answer for answer in latest if answer is not None]
