"""Pure: state tables, deadlines, the scoring of a screening, what belongs to which field group."""

from tumar.protection.rules.groups import NEED_GROUP, PREVIEW_FACTS, SECTION_GROUP
from tumar.protection.rules.screening import (
    RESULT_WORDS,
    RULE_VERSION,
    Answer,
    DimensionOutcome,
    Outcome,
    score,
)
from tumar.protection.rules.states import (
    CASE_NEXT,
    DECISION_NEXT,
    GOAL_NEXT,
    REFERRAL_ANSWERED,
    REFERRAL_NEXT,
    REFERRAL_OPEN,
    SCREENING_NEXT,
    SERVICE_NEXT,
    STATE_TABLES,
    may_move,
)
from tumar.protection.rules.time import NEVER, PLAN_WITHIN, REPLY_WITHIN, reply_due

__all__ = [
    "CASE_NEXT",
    "DECISION_NEXT",
    "GOAL_NEXT",
    "NEED_GROUP",
    "NEVER",
    "PLAN_WITHIN",
    "PREVIEW_FACTS",
    "REFERRAL_ANSWERED",
    "REFERRAL_NEXT",
    "REFERRAL_OPEN",
    "REPLY_WITHIN",
    "RESULT_WORDS",
    "RULE_VERSION",
    "SCREENING_NEXT",
    "SECTION_GROUP",
    "SERVICE_NEXT",
    "STATE_TABLES",
    "Answer",
    "DimensionOutcome",
    "Outcome",
    "may_move",
    "reply_due",
    "score",
]
