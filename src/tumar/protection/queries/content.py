"""The editable content of a section, as its form and its conflict page know it."""

from typing import Any

from tumar.protection.models import Plan, TipEvent

EVENT_FIELDS = (
    "acts",
    "means",
    "control",
    "forms",
    "sector",
    "recruited_in",
    "exploited_in",
    "began",
    "ended",
    "account",
)


def event_content(event: TipEvent) -> dict[str, Any]:
    """Acts, means, purposes and account of an event."""
    return {name: getattr(event, name) for name in EVENT_FIELDS}


def plan_content(plan: Plan) -> dict[str, Any]:
    """Objectives, agreement and review of a plan."""
    return {
        "objectives": plan.objectives,
        "agreed_with_person": plan.agreed_with_person,
        "review_on": plan.review_on,
    }
