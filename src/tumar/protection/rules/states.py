"""Every state of the room in one table; code, diagram and test are made from it."""

from collections.abc import Mapping

States = Mapping[str, frozenset[str]]


def _table(**moves: str) -> States:
    return {state: frozenset(to.split()) for state, to in moves.items()}


SCREENING_NEXT = _table(draft="finished stopped", stopped="draft", finished="")

CASE_NEXT = _table(
    intake="open closed",
    open="on_hold follow_up closed closed_referred",
    on_hold="open closed",
    follow_up="open closed",
    closed="open",  # reopened
    closed_referred="open",
)

# The national referral mechanism's ladder. Reasonable grounds (presumed) open assistance; a
# negative decision does not erase services already due. Source: ODIHR NRM Handbook, 2022.
_ALWAYS = "self_withdrawn under_review annulled"
DECISION_NEXT = _table(
    none=f"potential presumed identified {_ALWAYS}",
    potential=f"presumed identified not_identified {_ALWAYS}",
    presumed=f"identified not_identified {_ALWAYS}",
    identified=_ALWAYS,
    not_identified=_ALWAYS,
    under_review="presumed identified not_identified self_withdrawn annulled",
    self_withdrawn="potential presumed under_review",
    annulled="potential presumed under_review",
)

REFERRAL_NEXT = _table(
    draft="sent cancelled",
    sent="received accepted declined cancelled expired",
    received="accepted declined cancelled expired",
    accepted="in_service completed cancelled",
    in_service="completed cancelled",
    declined="",
    expired="",
    completed="",
    cancelled="",
)
REFERRAL_OPEN = ("sent", "received")  # waits for an answer
REFERRAL_ANSWERED = ("accepted", "in_service")  # the recipient works with her now

SERVICE_NEXT = _table(
    offered="accepted refused",
    accepted="scheduled in_progress interrupted",
    scheduled="in_progress interrupted",
    in_progress="completed interrupted",
    interrupted="in_progress",
    refused="offered",  # she may always change her mind
    completed="",
)

GOAL_NEXT = _table(planned="in_progress met dropped", in_progress="met dropped", met="", dropped="")

STATE_TABLES: Mapping[str, States] = {
    "screening": SCREENING_NEXT,
    "case": CASE_NEXT,
    "decision": DECISION_NEXT,
    "referral": REFERRAL_NEXT,
    "service": SERVICE_NEXT,
    "goal": GOAL_NEXT,
}


def may_move(table: States, now: str, to: str) -> bool:
    """Does the table know this step?"""
    return to in table.get(now, frozenset())
