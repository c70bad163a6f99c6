"""One table of rules: an act, and the function that answers for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied

from tumar.access._actors import Actor


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with its reason; true when the act is allowed."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


class NotAllowed(PermissionDenied):
    """The actor may not do this; the message says why, in words for the actor."""


Rule = Callable[[Actor, Any], Verdict]

ALLOWED = Verdict()
RULES: dict[str, Rule] = {}


def denied(reason: object) -> Verdict:
    return Verdict(str(reason))


def rule(act: str) -> Callable[[Rule], Rule]:
    """Make the decorated function the one answer for `act`."""

    def register(answer: Rule) -> Rule:
        if act in RULES:
            raise ValueError(f"{act} already has a rule")
        RULES[act] = answer
        return answer

    return register


def verdict(actor: Actor, act: str, thing: object) -> Verdict:
    """May the actor do this? Ask, and show the reason if not."""
    return RULES[act](actor, thing)


def require(actor: Actor, act: str, thing: object) -> None:
    """Go on only if the actor may do this."""
    answer = verdict(actor, act, thing)
    if not answer:
        raise NotAllowed(answer.reason)


def all_rules() -> Mapping[str, Rule]:
    """Every act with its rule, for the page of rules and the house test."""
    return MappingProxyType(RULES)
