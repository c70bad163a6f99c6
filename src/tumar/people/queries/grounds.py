"""On what ground may something be shared?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tumar.people.models import Consent, ConsentState, LegalGround, Person
from tumar.people.rules import covers_groups
from tumar.reference.models import Organisation

NO = (ConsentState.REFUSED, ConsentState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Ground:
    """What makes a sharing lawful: her consent, or else a law."""

    consent: Consent | None = None
    legal: LegalGround | None = None

    @property
    def key(self) -> str:
        """A stable code for the log: which row it rests on."""
        return (
            f"consent:{self.consent.pk}" if self.consent else f"law:{self.legal and self.legal.pk}"
        )


def ground_for(
    person: Person,
    *,
    purpose: str,
    recipient: Organisation,
    groups: Iterable[str],
    at: datetime,
) -> Ground | None:
    """The ground on which these groups may go to this recipient for this purpose now.

    Her consent comes first, and her latest answer counts: a refusal or a withdrawal is not
    mended by an older yes, nor is a no to this recipient by a later yes to any. A legal ground
    (life-saving, child protection) holds where it was written down with its article; consent is
    not the only key.
    """
    wanted = list(groups)
    answer = answer_for(person, purpose=purpose, recipient=recipient)
    if answer and answer.is_live(at) and covers_groups(answer.groups, wanted):
        return Ground(consent=answer)
    law = LegalGround.objects.filter(person=person, purpose=purpose).order_by("-made_at").first()
    return Ground(legal=law) if law else None


def answer_for(person: Person, *, purpose: str, recipient: Organisation | None) -> Consent | None:
    """The one of her answers that counts for this purpose and recipient, live or not."""
    to_them = Q(recipient=recipient) | Q(recipient=None)
    answers = Consent.objects.filter(to_them, person=person, purpose=purpose)
    return counting(list(answers.select_related("data_key")))


def counting(answers: Sequence[Consent]) -> Consent | None:
    """The latest; but whoever was told no by name needs a yes by name."""
    latest = max(answers, key=_rank, default=None)
    named = max((each for each in answers if each.recipient_id), key=_rank, default=None)
    if named is not None and named.state in NO:
        return latest if latest and latest.state in NO else named
    return latest


def _rank(answer: Consent) -> tuple[datetime, bool]:
    return answer.given_at, answer.state in NO  # at the same moment, the no counts
