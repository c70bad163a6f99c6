"""Who may see and do what: actors, roles, rules, verdicts, sign-in."""

from tumar.access._actors import SYSTEM, Actor
from tumar.access._rules import (
    ALLOWED,
    NotAllowed,
    Verdict,
    all_rules,
    denied,
    require,
    rule,
    verdict,
)
from tumar.access.roles import Role

__all__ = [
    "ALLOWED",
    "SYSTEM",
    "Actor",
    "NotAllowed",
    "Role",
    "Verdict",
    "all_rules",
    "denied",
    "require",
    "rule",
    "verdict",
]
