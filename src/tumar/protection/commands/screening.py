"""Screening: begun without a name, saved at any point, finished or stopped without a reason."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tumar import audit
from tumar.access import Actor, require
from tumar.people.commands import (
    record_consent,
    register_person,
    state_legal_ground,
)
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.rules import Identity
from tumar.people.rules.pseudonyms import ALPHABET
from tumar.protection.commands.case import open_case
from tumar.protection.commands.conflict import refuse_stale
from tumar.protection.commands.referral import send_referral
from tumar.protection.models import Referral, Screening
from tumar.protection.policy import Act
from tumar.protection.queries import referral_package, urgent_package
from tumar.protection.rules import RULE_VERSION, score
from tumar.reference.codelists import code_list
from tumar.reference.indicators import indicator_set
from tumar.reference.models import Organisation
from tumar.vault.models import DataKey

SIGNS = "delphi"


def start_screening(
    *, actor: Actor, profile: str, at: datetime, place: str = "", language: str = ""
) -> Screening:
    """Begin a screening under a key of its own; no name is needed."""
    with audit.record(actor, Act.START, on=Screening, at=at) as event:
        require(actor, Act.START, None)
        screening = Screening.objects.create(
            ref=_new_ref(),
            data_key=DataKey.objects.mint(at=at),
            organisation_id=actor.organisation_id,
            screener=actor.user_id,
            profile=profile,
            place=place,
            language=language,
            started_at=at,
        )
        event.note(screening=str(screening.pk), profile=profile)
        return screening


def answer_screening(
    *,
    actor: Actor,
    screening: Screening,
    based_on: int,
    at: datetime,
    answers: Mapping[str, str] | None = None,
    urgent: Iterable[str] | None = None,
    acts: Iterable[str] | None = None,
    note: str | None = None,
) -> Screening:
    """Save what was answered so far; what is not given stays as it is.

    Raises:
        NotAllowed: it is finished, or another organisation's.
        ChangedMeanwhile: a colleague saved since `based_on`.
    """
    with audit.record(actor, Act.ANSWER, on=screening, at=at) as event:
        screening = Screening.objects.select_related("data_key").lock(screening)
        require(actor, Act.ANSWER, screening)
        refuse_stale(screening.version, based_on, _content(screening))
        if answers is not None:
            screening.answers = {**screening.answers, **answers}
        if urgent is not None:
            screening.urgent = sorted(urgent)
            screening.is_urgent = any(_is_pressing(need) for need in screening.urgent)
        screening.acts = screening.acts if acts is None else sorted(acts)
        screening.note = screening.note if note is None else note
        screening.version += 1
        screening.save()
        event.note(version=screening.version, answered=len(answers or {}))
        return screening


def finish_screening(*, actor: Actor, screening: Screening, at: datetime) -> Screening:
    """Score what is there. The outcome informs; it decides nothing and closes no door."""
    with audit.record(actor, Act.FINISH, on=screening, at=at) as event:
        screening = Screening.objects.select_related("data_key").lock(screening)
        require(actor, Act.FINISH, screening)
        outcome = score(
            indicator_set(SIGNS),
            screening.profile,
            screening.answers,
            act_recorded=bool(screening.acts),
        )
        screening.result, screening.positive = outcome.result, outcome.positive
        screening.rule_version = RULE_VERSION
        screening.state, screening.finished_at = "finished", at
        screening.version += 1
        screening.save()
        event.note(result=outcome.result)
        return screening


def stop_screening(*, actor: Actor, screening: Screening, at: datetime) -> None:
    """Stop at once and keep what was said; nobody has to give a reason."""
    _move(actor, Act.STOP, screening, "stopped", at)


def resume_screening(*, actor: Actor, screening: Screening, at: datetime) -> None:
    """Take a stopped screening up again."""
    _move(actor, Act.RESUME, screening, "draft", at)


def open_screening(*, actor: Actor, screening: Screening, at: datetime) -> Screening:
    """Look at a screening's answers; the look is on record."""
    with audit.look(actor, Act.OPEN_SCREENING, on=screening, at=at, person=screening.person_id):
        require(actor, Act.OPEN_SCREENING, screening)
        return screening


def refer_urgently(
    *,
    actor: Actor,
    screening: Screening,
    to: Organisation,
    services: Iterable[str],
    reason: str,
    consented: bool,
    article: str,
    at: datetime,
    identity: Identity | None = None,
    safety: str = "",
) -> Referral:
    """From a screening to another organisation's inbox in one step, in one transaction.

    She may be nameless. If she has not agreed, the ground is her vital interest, with the article
    that allows it; `article` is not used when she has.

    Raises:
        NotAllowed: the screening is another organisation's.
    """
    with audit.record(actor, Act.REFER_URGENTLY, on=screening, at=at) as event:
        screening = Screening.objects.select_related("data_key").lock(screening)
        require(actor, Act.REFER_URGENTLY, screening)
        sender = Organisation.objects.get(pk=actor.organisation_id)
        person = screening.person or register_person(
            actor=actor,
            organisation=sender,
            identity=identity or Identity(),
            at=at,
            data_key=screening.data_key,
        )
        screening.person = person
        screening.save(update_fields=["person"])
        case = screening.cases.first() or open_case(
            actor=actor, person=person, at=at, screening=screening, safety=safety, urgently=True
        )
        if consented:
            record_consent(
                actor=actor, person=person, purpose="referral", recipient=to,
                groups=ALL_GROUPS, state="given", given_by="self",
                method="oral_witnessed", language=screening.language, at=at,
            )  # fmt: skip
        else:
            state_legal_ground(
                actor=actor, person=person, purpose="referral", basis="vital_interest",
                article=article, reason=reason, at=at,
            )  # fmt: skip
        referral = send_referral(
            actor=actor, case=case, to=to, kind="transfer", services=services,
            groups=ALL_GROUPS, urgency="immediate", reason=reason, at=at, urgently=True,
        )  # fmt: skip
        event.note(referral=str(referral.pk), to=to.pk)
        return referral


def preview_urgent(
    *,
    actor: Actor,
    screening: Screening,
    services: Iterable[str],
    at: datetime,
    identity: Identity | None = None,
) -> dict[str, Any]:
    """What `refer_urgently` would send, for the sender to read first; the look is on record."""
    with audit.look(actor, Act.REFER_URGENTLY, on=screening, at=at, person=screening.person_id):
        require(actor, Act.REFER_URGENTLY, screening)
        case = screening.cases.select_related("person__data_key").first()
        if case is not None:
            return referral_package(case, services=services, groups=ALL_GROUPS, urgency="immediate")
        return urgent_package(
            identity or Identity(), services=services, groups=ALL_GROUPS, on=at.date()
        )


def _content(screening: Screening) -> dict[str, Any]:
    names = ("answers", "urgent", "acts", "note")
    return {name: getattr(screening, name) for name in names}


def _is_pressing(need: str) -> bool:
    # An interpreter or a lost paper is needed, too, but does not make a conversation urgent.
    return code_list("urgent_needs").codes[need].extra["risk_level"] in {"critical", "high"}


def _move(actor: Actor, act: Act, screening: Screening, to: str, at: datetime) -> None:
    with audit.record(actor, act, on=screening, at=at):
        screening = Screening.objects.lock(screening)
        require(actor, act, screening)
        screening.state = to
        screening.save(update_fields=["state"])


def _new_ref() -> str:
    return "s-" + "".join(secrets.choice(ALPHABET) for _ in range(8)).lower()
