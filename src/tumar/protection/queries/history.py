"""What waits in an inbox; what the log tells of a referral beyond its own dates."""

from collections.abc import Iterable, Sequence

from tumar.access import Actor
from tumar.audit.models import Line
from tumar.protection.models import Referral


def waiting_in_inbox(actor: Actor) -> int:
    """How many referrals wait for the actor's organisation to answer."""
    return Referral.objects.received_by(actor).waiting().count()


def lines_of(referral: Referral, events: Iterable[str]) -> Sequence[Line]:
    """Lines of these acts on one referral; who looked stays with those who watch over the log."""
    return list(
        Line.objects.filter(
            kind="act",
            subject=Referral._meta.label_lower,
            subject_id=str(referral.pk),
            person=referral.case.person_id,  # indexed; the subject alone is not
            event__in=list(events),
        )
    )
