"""Decisions on status, and what was done to her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from tumar import audit
from tumar.access import Actor, require
from tumar.protection.commands.conflict import refuse_stale
from tumar.protection.models import Case, StatusDecision, TipEvent
from tumar.protection.policy import Act
from tumar.protection.queries import event_content
from tumar.reference.models import Organisation


def record_decision(
    *,
    actor: Actor,
    case: Case,
    status: str,
    body: Organisation,
    body_kind: str,
    legal_reference: str,
    reasons: str,
    decided_on: date,
    at: datetime,
) -> StatusDecision:
    """Record what a named body decided on status. It changes no service already due.

    Raises:
        NotAllowed: the decision is the coordinator's, or cannot follow the one before.
    """
    with audit.record(actor, Act.DECIDE, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.select_related("data_key").lock(case)
        require(actor, Act.DECIDE, (case, status))
        event.note(status=status, body=body.pk)
        decision = StatusDecision.objects.create(
            case=case,
            data_key=case.data_key,
            status=status,
            body=body,
            body_kind=body_kind,
            legal_reference=legal_reference,
            reasons=reasons,
            decided_on=decided_on,
            recorded_at=at,
            recorded_by=actor.user_id,
        )
        case.decision = status
        if case.status == "intake":
            case.status = "open"
        case.save(update_fields=["decision", "status"])
        return decision


def describe_event(
    *, actor: Actor, case: Case, content: Mapping[str, Any], based_on: int, at: datetime
) -> TipEvent:
    """Save acts, means and purposes, and copy the main form and country for counting.

    Args:
        content: acts, means, control, forms, sector, recruited_in, exploited_in, began, ended
            and account, as `queries.event_content` gives them.

    Raises:
        ChangedMeanwhile: a colleague saved since `based_on`; 0 means there was none yet.
    """
    with audit.record(actor, Act.DESCRIBE_EVENT, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.select_related("data_key").lock(case)
        require(actor, Act.DESCRIBE_EVENT, case)
        stored = TipEvent.objects.select_related("data_key").filter(case=case).first()
        if stored:
            refuse_stale(stored.version, based_on, event_content(stored))
        described = stored or TipEvent(case=case, data_key=case.data_key, version=0)
        for name, value in content.items():
            setattr(described, name, value)
        described.version += 1
        described.changed_at, described.changed_by = at, actor.user_id
        described.save()
        case.form = described.forms[0] if described.forms else ""
        case.exploited_in = described.exploited_in
        case.save(update_fields=["form", "exploited_in"])
        event.note(forms=list(described.forms), version=described.version)
        return described
