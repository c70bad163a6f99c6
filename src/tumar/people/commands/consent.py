"""Her answers: given, refused, narrowed, withdrawn, expired; and the law where no answer counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from tumar import audit
from tumar.access import SYSTEM, Actor, require
from tumar.people.models import Consent, ConsentState, LegalGround, Person
from tumar.people.models.consent import LIVE
from tumar.people.policy import Act
from tumar.people.queries import ConsentPage, consent_page, who_knows
from tumar.people.slots import ON_CONSENT_ENDED
from tumar.reference.models import Organisation


def open_consents(*, actor: Actor, person: Person, at: datetime) -> ConsentPage:
    """Her answers with her own words; the look is on record before they are shown."""
    with audit.look(actor, Act.OPEN_CONSENTS, on=person, at=at, person=person.pk):
        require(actor, Act.OPEN_CONSENTS, person)
        return consent_page(person, at)


def record_consent(
    *,
    actor: Actor,
    person: Person,
    purpose: str,
    recipient: Organisation | None,
    groups: Iterable[str],
    state: str,
    given_by: str,
    method: str,
    at: datetime,
    language: str = "",
    explained: Iterable[str] = (),
    words: str = "",
    expires_at: datetime | None = None,
) -> Consent:
    """Write down one answer. A refusal is an answer too, and ends what an older yes allowed."""
    with audit.record(actor, Act.ASK, on=person, at=at, person=person.pk) as event:
        require(actor, Act.ASK, person)
        answer = Consent.objects.create(
            person=person,
            data_key=person.data_key,
            asked_by_id=actor.organisation_id,
            purpose=purpose,
            recipient=recipient,
            groups=sorted(groups),
            state=state,
            given_by=given_by,
            method=method,
            language=language,
            explained=sorted(explained),
            words=words,
            given_at=at,
            expires_at=expires_at,
        )
        event.note(consent=str(answer.pk), purpose=purpose, state=state)
        if state == ConsentState.REFUSED:
            _end_older(actor, answer, at)
            _let_go(actor, answer, at)  # who relied on a yes to all is told no by name
        return answer


def narrow_consent(*, actor: Actor, consent: Consent, groups: Iterable[str], at: datetime) -> None:
    """Take groups of facts out of an answer; what is no longer covered stops at once."""
    with audit.record(actor, Act.NARROW, on=consent, at=at, person=consent.person_id) as event:
        consent = Consent.objects.select_related("data_key").lock(consent)
        require(actor, Act.NARROW, consent)
        consent.groups = sorted(set(consent.groups) & set(groups))
        consent.state = ConsentState.NARROWED
        consent.save(update_fields=["groups", "state"])
        event.note(groups=consent.groups)
        _let_go(actor, consent, at)


def withdraw_consent(*, actor: Actor, consent: Consent, at: datetime) -> Sequence[Organisation]:
    """End an answer; every recipient who relied on it is cut off in the same transaction.

    Returns:
        Who may not know her any more.
    """
    with audit.record(actor, Act.WITHDRAW, on=consent, at=at, person=consent.person_id) as event:
        consent = Consent.objects.lock(consent)
        require(actor, Act.WITHDRAW, consent)
        before = who_knows(consent.person_id)
        _end(actor, consent, ConsentState.WITHDRAWN, at)
        after = who_knows(consent.person_id)
        event.note(purpose=consent.purpose, cut_off=sorted(before - after))
        return list(Organisation.objects.filter(pk__in=before - after).order_by("name"))


def expire_consents(*, at: datetime) -> int:
    """Mark answers whose time is over; returns how many. Reading never relied on this."""
    over = Consent.objects.filter(state__in=LIVE, expires_at__lte=at)
    return sum(_expire(consent, at) for consent in over)


def _expire(consent: Consent, at: datetime) -> bool:
    with audit.record(SYSTEM, Act.EXPIRE, on=consent, at=at, person=consent.person_id):
        consent = Consent.objects.lock(consent)
        if consent.state not in LIVE:  # withdrawn a moment ago
            return False
        require(SYSTEM, Act.EXPIRE, consent)
        _end(SYSTEM, consent, ConsentState.EXPIRED, at)
        return True


def state_legal_ground(
    *,
    actor: Actor,
    person: Person,
    purpose: str,
    basis: str,
    article: str,
    reason: str,
    at: datetime,
) -> LegalGround:
    """Write down the law, its article and the reason why something is done without consent."""
    with audit.record(actor, Act.STATE_LAW, on=person, at=at, person=person.pk) as event:
        require(actor, Act.STATE_LAW, person)
        ground = LegalGround.objects.create(
            person=person,
            data_key=person.data_key,
            organisation_id=actor.organisation_id,
            purpose=purpose,
            basis=basis,
            article=article,
            reason=reason,
            made_at=at,
            made_by=actor.user_id,
        )
        event.note(ground=str(ground.pk), basis=basis, purpose=purpose)
        return ground


def _end(actor: Actor, consent: Consent, state: ConsentState, at: datetime) -> None:
    consent.state, consent.ended_at = state, at
    consent.save(update_fields=["state", "ended_at"])
    _let_go(actor, consent, at)


def _end_older(actor: Actor, answer: Consent, at: datetime) -> None:
    older = Consent.objects.filter(person=answer.person_id, purpose=answer.purpose)
    if answer.recipient_id:  # else she refuses everybody
        older = older.filter(recipient=answer.recipient_id)
    for consent in older.live(at).exclude(pk=answer.pk):
        _end(actor, consent, ConsentState.WITHDRAWN, at)


def _let_go(actor: Actor, consent: Consent, at: datetime) -> None:
    for let_go in ON_CONSENT_ENDED:
        let_go(actor, consent, at)
