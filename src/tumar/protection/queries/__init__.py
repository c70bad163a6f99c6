"""Reads that span models: a case as one may see it, a package, a desk, facts to count."""

from tumar.protection.queries.colleagues import case_workers, names_of_users, workers_of
from tumar.protection.queries.content import event_content, plan_content
from tumar.protection.queries.desk import Desk, Due, desk_of, flow_of
from tumar.protection.queries.directory import Provider, providers, services_needed
from tumar.protection.queries.facts import counted_facts
from tumar.protection.queries.finding import case_on_desk
from tumar.protection.queries.history import lines_of, waiting_in_inbox
from tumar.protection.queries.keys import key_of_screening
from tumar.protection.queries.overview import (
    Load,
    Pace,
    cases_of_nobody,
    load_of,
    newest_cases,
    overdue_cases,
    pace_since,
    referrals_made_by,
    waiting_for_decision,
    waiting_referrals,
)
from tumar.protection.queries.package import referral_package, urgent_package
from tumar.protection.queries.page import CasePage, Moment, case_page
from tumar.protection.queries.tiles import Tiles, tiles_of

__all__ = [
    "CasePage",
    "Desk",
    "Due",
    "Load",
    "Moment",
    "Pace",
    "Provider",
    "Tiles",
    "case_on_desk",
    "case_page",
    "case_workers",
    "cases_of_nobody",
    "counted_facts",
    "desk_of",
    "event_content",
    "flow_of",
    "key_of_screening",
    "lines_of",
    "load_of",
    "names_of_users",
    "newest_cases",
    "overdue_cases",
    "pace_since",
    "plan_content",
    "providers",
    "referral_package",
    "referrals_made_by",
    "services_needed",
    "tiles_of",
    "urgent_package",
    "waiting_for_decision",
    "waiting_in_inbox",
    "waiting_referrals",
    "workers_of",
]
