"""Screenings, cases, decisions, events, support and referrals."""

from tumar.protection.models.case import Case, CaseAccess, Note
from tumar.protection.models.exchange import ImportBatch, ImportedRow
from tumar.protection.models.identification import StatusDecision, TipEvent
from tumar.protection.models.referral import Referral
from tumar.protection.models.screening import Screening
from tumar.protection.models.support import Goal, Need, Plan, ServiceEpisode, Task

__all__ = [
    "Case",
    "CaseAccess",
    "Goal",
    "ImportBatch",
    "ImportedRow",
    "Need",
    "Note",
    "Plan",
    "Referral",
    "Screening",
    "ServiceEpisode",
    "StatusDecision",
    "Task",
    "TipEvent",
]
