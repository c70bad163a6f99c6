"""What is sent by POST: enough that the rules decide, not the form. Unlisted: nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.access_matrix.world import OWN, World
from tumar.access import Role
from tumar.access.doors import TOKENS
from tumar.site.addresses import Address

Payload = Callable[[World], dict[str, Any]]

PAYLOADS: dict[str, Payload] = {
    "search": lambda w: {"text": "Айнура"},
    "switch": lambda w: {"organisation": "0"},
    "token-make": lambda w: {"label": "report", "scopes": ["cases:read"], "days": "7"},
    "user-add": lambda w: {
        "full_name": "New Colleague", "username": "new.colleague", "role": "analyst",
    },
    "user-grant": lambda w: {"role": "analyst"},
    "ui:theme": lambda w: {"theme": "dark"},
    "set_language": lambda w: {"language": "ky"},
    "protection:begin-case": lambda w: {"kind": "tip", "risk": "high", "safety": ""},
    "protection:show-names": lambda w: {"names": "show"},
    "protection:note": lambda w: {
        "kind": "contact", "text": "spoke", "happened_on": "2026-01-05",
    },
    "protection:correct-note": lambda w: {"text": "spoke twice"},
    "protection:safety": lambda w: {"safety": "Write first.", "version": "1"},
    "protection:risk": lambda w: {"risk": "high"},
    "protection:assign": lambda w: {"worker": str(w.member(Role.CASEWORKER).user_id)},
    "protection:move": lambda w: {"to": "open"},
    "protection:close": lambda w: {"reason": "goals_met"},
    "protection:event": lambda w: {"acts": ["recruitment"], "version": "0", "account": "told"},
    "protection:decision": lambda w: {
        "status": "presumed", "body": str(w.organisations[OWN].pk), "body_kind": "ngo",
        "legal_reference": "Act 1", "reasons": "signs", "decided_on": "2026-01-05",
    },
    "protection:need": lambda w: {"domain": "shelter", "urgency": "soon", "detail": ""},
    "protection:plan": lambda w: {"objectives": "a flat", "version": "0"},
    "protection:goal": lambda w: {"domain": "shelter", "text": "a flat"},
    "protection:move-goal": lambda w: {"to": "in_progress"},
    "protection:move-service": lambda w: {"to": "accepted"},
    "protection:task": lambda w: {"text": "phone", "due_on": "2099-12-01"},
    "protection:decline-referral": lambda w: {"reason": "no_capacity"},
    "protection:complete-referral": lambda w: {"feedback": "done"},
    "protection:start-screening": lambda w: {"age": "adult", "situation": "labour"},
    "protection:screening-safety": lambda w: {"version": "1", "urgent": ["police"]},
    "protection:screening-acts": lambda w: {"version": "1", "acts": ["recruitment"]},
    "people:search": lambda w: {"name": "Айнура"},
    "people:state-law": lambda w: {
        "purpose": "referral", "basis": "legal_duty", "article": "Act 1", "reason": "duty",
    },
    "people:narrow-consent": lambda w: {"groups": ["identity"]},
    "api:api-notes": lambda w: {"text": "spoke", "happened_on": "2026-01-05"},
    "api:api-tasks": lambda w: {"text": "phone", "due_on": "2099-12-01"},
    "api:api-refer": lambda w: {"to": "other", "services": ["medical_acute"], "reason": "pain"},
    "api:api-decline": lambda w: {"reason": "no_capacity"},
    "api:api-complete": lambda w: {"feedback": "done"},
    "api:begin": lambda w: {"profile": "adult_labour"},
    "api:api-screenings": lambda w: {"profile": "adult_labour"},
    "api:api-answers": lambda w: {"version": 1, "answers": {"DR01": "observed"}},
}  # fmt: skip


def payload_of(address: Address, world: World) -> tuple[Any, bool]:
    """What to send, and whether it is a form."""
    make = PAYLOADS.get(address.name)
    return (make(world) if make else {}), address.door != TOKENS
