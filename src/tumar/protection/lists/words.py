"""A case in a few words and signs: who, how dangerous, how far along. Names no one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.protection.models import Case
from tumar.reference.codelists import code_list
from tumar.ui.parts import Badge, Pips, Step, Tone

RISK_SIGNS: dict[str, tuple[Tone, str]] = {
    "critical": ("danger", "alert-circle"),
    "high": ("danger", "alert-triangle"),
    "medium": ("warn", "eye"),
    "low": ("ok", "circle-check"),
}

CHILD_BANDS = frozenset(
    band.code for band in code_list("age_bands") if int(band.extra["to_age"] or 999) < 18
)

PERSON_WORDS: dict[tuple[str, bool], str | Promise] = {
    ("female", False): gettext_lazy("Woman"),
    ("female", True): gettext_lazy("Girl"),
    ("male", False): gettext_lazy("Man"),
    ("male", True): gettext_lazy("Boy"),
}

STAGES = (
    gettext_lazy("Screening"),
    gettext_lazy("Identification"),
    gettext_lazy("Assistance"),
    gettext_lazy("Follow-up"),
    gettext_lazy("Closed"),
)
AT_STAGE = {"intake": 2, "open": 3, "on_hold": 3, "follow_up": 4, "closed": 5, "closed_referred": 5}


def is_child(case: Case) -> bool:
    """Was the person under eighteen when the case was opened? Unknown ages say no."""
    return case.age_band in CHILD_BANDS


def risk_badge(case: Case) -> Badge:
    """The level of risk as a word with its sign."""
    tone, icon = RISK_SIGNS[case.risk]
    return Badge(code_list("risk_levels").label(case.risk), tone, icon)


def who(case: Case, *, tells_form: bool) -> str:
    """Sex, age band and, where the story was shared, the form of exploitation."""
    words = [str(PERSON_WORDS.get((case.sex, is_child(case)), _("Person")))]
    if case.age_band:
        words.append(code_list("age_bands").label(case.age_band))
    if tells_form and case.form:
        words.append(code_list("exploitation_forms").label(case.form))
    return " · ".join(words)


def exploited_in(case: Case) -> str:
    """Where it happened, in words; empty if not known."""
    if not case.exploited_in:
        return ""
    country = code_list("countries").label(case.exploited_in)
    return _("exploited in %(country)s") % {"country": country}


def stage(case: Case, *, tells_decision: bool) -> Pips:
    """How far along a case is; the decision on status only where legal matters were shared."""
    label = code_list("case_statuses").label(case.status)
    if tells_decision and case.decision != "none":
        label = f"{label} · {code_list('decision_statuses').label(case.decision)}"
    return Pips(AT_STAGE[case.status], len(STAGES), label)


def steps(case: Case, *, tells_decision: bool) -> list[Step]:
    """The stages of a case. Assistance never waits for a decision, so one may be passed over."""
    now = AT_STAGE[case.status]
    notes = {
        1: _screened(case),
        2: _decided(case) if tells_decision else "",
        3: _("On hold") if case.status == "on_hold" else _since(case),
        5: _day(case.closed_at),
    }
    return [
        Step(label, _state(number, now), notes.get(number, ""))
        for number, label in enumerate(STAGES, 1)
    ]


def _state(number: int, now: int) -> Literal["done", "now", "later"]:
    if number == now:
        return "now"
    return "done" if number < now else "later"


def _screened(case: Case) -> str:
    if case.screening is None:
        return _("Not recorded")
    return _day(case.screening.finished_at) or _("Not finished")


def _decided(case: Case) -> str:
    if case.decision == "none":
        return _("No decision yet")
    return code_list("decision_statuses").label(case.decision)


def _since(case: Case) -> str:
    return _("since %(day)s") % {"day": _day(case.opened_at)}


def _day(at: datetime | None) -> str:
    return date_format(at, "j M Y") if at else ""
