"""Who may do what in a screening, a case and a referral. Seeing one is its `visible_to`."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tumar.access import ALLOWED, Actor, Role, Verdict, denied, rule
from tumar.access.roles import CASE_ROLES, IDENTITY_ROLES
from tumar.protection.models import (
    Case,
    CaseAccess,
    Goal,
    Note,
    Referral,
    Screening,
    ServiceEpisode,
    Task,
)
from tumar.protection.rules import (
    CASE_NEXT,
    DECISION_NEXT,
    GOAL_NEXT,
    REFERRAL_NEXT,
    SCREENING_NEXT,
    SERVICE_NEXT,
    may_move,
)


class Act(StrEnum):
    START = "protection.screening.start"
    ANSWER = "protection.screening.answer"
    FINISH = "protection.screening.finish"
    STOP = "protection.screening.stop"
    RESUME = "protection.screening.resume"
    OPEN_SCREENING = "protection.screening.open"
    REFER_URGENTLY = "protection.screening.refer"
    OPEN_CASE = "protection.case.begin"
    LOOK = "protection.case.open"
    LIST = "protection.case.list"
    SET_SAFETY = "protection.case.warn"
    ASSESS_RISK = "protection.case.assess"
    ASSIGN = "protection.case.assign"
    MOVE = "protection.case.move"
    CLOSE = "protection.case.close"
    REOPEN = "protection.case.reopen"
    NOTE = "protection.note.write"
    CORRECT = "protection.note.correct"
    DECIDE = "protection.decision.record"
    DESCRIBE_EVENT = "protection.event.describe"
    ADD_NEED = "protection.need.add"
    MEET_NEED = "protection.need.meet"
    PLAN = "protection.plan.agree"
    ADD_GOAL = "protection.goal.add"
    MOVE_GOAL = "protection.goal.move"
    OFFER_SERVICE = "protection.service.offer"
    MOVE_SERVICE = "protection.service.move"
    ADD_TASK = "protection.task.add"
    FINISH_TASK = "protection.task.finish"
    REFER = "protection.referral.send"
    OPEN_REFERRAL = "protection.referral.open"
    RECEIVE = "protection.referral.receive"
    ACCEPT = "protection.referral.accept"
    BEGIN = "protection.referral.begin"
    DECLINE = "protection.referral.decline"
    CANCEL = "protection.referral.cancel"
    COMPLETE = "protection.referral.complete"
    EXPIRE = "protection.referral.expire"
    IMPORT = "protection.exchange.import"
    EXPORT = "protection.exchange.export"
    EXPORT_IDENTITY = "protection.exchange.identify"


# What may be recorded without the competent authority. Source: ODIHR NRM Handbook, 2022.
ON_REASONABLE_GROUNDS = frozenset({"potential", "presumed", "self_withdrawn"})

KEEPS_CASES = _lazy("Only case workers and supervisors do this.")


# Screenings


@rule(Act.START)
def may_start(actor: Actor, _thing: Any) -> Verdict:
    """A screener, case worker or supervisor may begin a screening."""
    if actor.has(Role.SCREENER, *IDENTITY_ROLES):
        return ALLOWED
    return denied(_("Only people who meet persons may screen."))


def _own_screening(actor: Actor, screening: Screening) -> Verdict:
    if screening.organisation_id != actor.organisation_id:
        return denied(_("This screening belongs to another organisation."))
    return may_start(actor, None)


def _screening_step(actor: Actor, screening: Screening, to: str, otherwise: object) -> Verdict:
    own = _own_screening(actor, screening)
    if own and not may_move(SCREENING_NEXT, screening.state, to):
        return denied(otherwise)
    return own


@rule(Act.OPEN_SCREENING)
def may_open_screening(actor: Actor, screening: Screening) -> Verdict:
    """The organisation that screened may open its screening."""
    return _own_screening(actor, screening)


@rule(Act.ANSWER)
def may_answer(actor: Actor, screening: Screening) -> Verdict:
    """The organisation that screens may write answers until the screening is finished."""
    own = _own_screening(actor, screening)
    if own and screening.state != "draft":
        return denied(_("This screening is not open any more. Resume it, or begin a new one."))
    return own


@rule(Act.FINISH)
def may_finish(actor: Actor, screening: Screening) -> Verdict:
    """A screening may be finished at any point; nothing has to be complete."""
    return _screening_step(actor, screening, "finished", _("This screening is not open any more."))


@rule(Act.STOP)
def may_stop(actor: Actor, screening: Screening) -> Verdict:
    """A screening may be stopped at any point, without a reason; what was said stays."""
    return _screening_step(actor, screening, "stopped", _("This screening is not open any more."))


@rule(Act.RESUME)
def may_resume(actor: Actor, screening: Screening) -> Verdict:
    """A stopped screening may be taken up again when the person wishes."""
    return _screening_step(actor, screening, "draft", _("Only a stopped screening is resumed."))


@rule(Act.REFER_URGENTLY)
def may_refer_urgently(actor: Actor, screening: Screening) -> Verdict:
    """Whoever screens may refer at once; no form need be complete and no rule need be met.

    Once another organisation has taken the case on, it is theirs to refer.
    """
    own = _own_screening(actor, screening)
    if own and screening.cases.exclude(lead=actor.organisation_id).exists():
        return denied(_("Another organisation accompanies this person now."))
    return own


# Cases


def _holds(actor: Actor, case: Case) -> CaseAccess | None:
    return case.access_of(actor.organisation_id) if actor.has(*CASE_ROLES) else None


def _works_on(actor: Actor, case: Case) -> Verdict:
    """The lead and organisations it was referred to may work on an open case."""
    if not actor.has(*IDENTITY_ROLES):
        return denied(KEEPS_CASES)
    if _holds(actor, case) is None:
        return denied(_("Your organisation does not work on this case."))
    if not case.is_open:
        return denied(_("This case is closed."))
    return ALLOWED


def _leads(actor: Actor, case: Case) -> Verdict:
    if not actor.has(*IDENTITY_ROLES):
        return denied(KEEPS_CASES)
    if case.lead_id != actor.organisation_id:
        return denied(_("Only the organisation leading this case may do this."))
    if not case.is_open:
        return denied(_("This case is closed."))
    return ALLOWED


@rule(Act.OPEN_CASE)
def may_open_case(actor: Actor, _thing: Any) -> Verdict:
    """A case worker or supervisor may open a case, led by their organisation."""
    return ALLOWED if actor.has(*IDENTITY_ROLES) else denied(KEEPS_CASES)


@rule(Act.LOOK)
def may_look(actor: Actor, case: Case) -> Verdict:
    """Whoever has the case on their desk may open it; each look is on record."""
    if _holds(actor, case) is None:
        return denied(_("Your organisation does not work on this case."))
    return ALLOWED


@rule(Act.LIST)
def may_list_cases(actor: Actor, _thing: Any) -> Verdict:
    """Roles that keep cases may list those on their organisation's desk."""
    return ALLOWED if actor.has(*CASE_ROLES) else denied(KEEPS_CASES)


@rule(Act.SET_SAFETY)
def may_set_safety(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may write how to reach the person without danger."""
    return _works_on(actor, case)


@rule(Act.ASSESS_RISK)
def may_assess_risk(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may set the level of risk."""
    return _works_on(actor, case)


@rule(Act.ASSIGN)
def may_assign(actor: Actor, case: Case) -> Verdict:
    """A supervisor of the lead assigns a case; a case worker may take one nobody has."""
    leads = _leads(actor, case)
    if leads and not actor.has(Role.SUPERVISOR) and case.worker_id not in (None, actor.user_id):
        return denied(_("A colleague has this case. Ask your supervisor."))
    return leads


@rule(Act.MOVE)
def may_move_case(actor: Actor, step: tuple[Case, str]) -> Verdict:
    """The lead moves an open case between intake, open, on hold and follow-up."""
    case, to = step
    leads = _leads(actor, case)
    if leads and not may_move(CASE_NEXT, case.status, to):
        return denied(_("That step is not possible from here."))
    return leads


@rule(Act.CLOSE)
def may_close(actor: Actor, case: Case) -> Verdict:
    """A supervisor of the lead may close a case, once nothing waits for an answer."""
    leads = _leads(actor, case)
    if not leads:
        return leads
    if not actor.has(Role.SUPERVISOR):
        return denied(_("A supervisor closes a case. Ask yours."))
    under_way = {"sent", "received", "accepted", "in_service"}
    if any(referral.state in under_way for referral in case.referrals.all()):
        return denied(_("A referral is still under way. Complete or withdraw it first."))
    return ALLOWED


@rule(Act.REOPEN)
def may_reopen(actor: Actor, case: Case) -> Verdict:
    """A supervisor of the lead may reopen a closed case."""
    if not actor.has(Role.SUPERVISOR):
        return denied(_("A supervisor reopens a case. Ask yours."))
    if case.lead_id != actor.organisation_id:
        return denied(_("Only the organisation leading this case may do this."))
    return ALLOWED if not case.is_open else denied(_("This case is open."))


@rule(Act.NOTE)
def may_write_note(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case and was granted the narrative may write notes."""
    works = _works_on(actor, case)
    access = _holds(actor, case)
    if works and access and "narrative" not in access.groups:
        return denied(_("Notes were not shared with your organisation."))
    return works


@rule(Act.CORRECT)
def may_correct_note(actor: Actor, note: Note) -> Verdict:
    """The author may correct a note by a new one; the first stays readable."""
    if note.author_id != actor.user_id:
        return denied(_("Only the author corrects a note."))
    return may_write_note(actor, note.case)


@rule(Act.DECIDE)
def may_decide(actor: Actor, step: tuple[Case, str]) -> Verdict:
    """The coordinator decides on status; case workers and supervisors record reasonable grounds.

    Assistance never waits for this, and no decision depends on working with the police.
    """
    case, status = step
    if _holds(actor, case) is None:
        return denied(_("Your organisation does not work on this case."))
    if not case.is_open:
        return denied(_("This case is closed."))
    if not actor.has(Role.COORDINATOR) and status not in {
        "potential",
        "presumed",
        "self_withdrawn",
    }:
        return denied(_("The national coordinator decides this. Refer the case for a decision."))
    if not may_move(DECISION_NEXT, case.decision, status):
        return denied(_("That decision cannot follow the one before."))
    return ALLOWED


@rule(Act.DESCRIBE_EVENT)
def may_describe_event(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case and was granted the narrative may describe what happened."""
    return may_write_note(actor, case)


# Support


@rule(Act.ADD_NEED)
def may_add_need(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may note a need."""
    return _works_on(actor, case)


@rule(Act.MEET_NEED)
def may_meet_need(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may mark a need as met."""
    return _works_on(actor, case)


@rule(Act.PLAN)
def may_plan(actor: Actor, case: Case) -> Verdict:
    """The lead agrees the plan with the person."""
    return _leads(actor, case)


@rule(Act.ADD_GOAL)
def may_add_goal(actor: Actor, case: Case) -> Verdict:
    """The lead adds goals to the plan."""
    return _leads(actor, case)


@rule(Act.MOVE_GOAL)
def may_move_goal(actor: Actor, step: tuple[Goal, str]) -> Verdict:
    """The lead moves a goal as the table of states allows."""
    goal, to = step
    leads = _leads(actor, goal.case)
    if leads and not may_move(GOAL_NEXT, goal.state, to):
        return denied(_("That step is not possible from here."))
    return leads


@rule(Act.OFFER_SERVICE)
def may_offer_service(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may offer a service; she may always refuse it."""
    return _works_on(actor, case)


@rule(Act.MOVE_SERVICE)
def may_move_service(actor: Actor, step: tuple[ServiceEpisode, str]) -> Verdict:
    """Whoever works on an open case keeps its services up to date, as the table allows."""
    episode, to = step
    works = _works_on(actor, episode.case)
    if works and not may_move(SERVICE_NEXT, episode.state, to):
        return denied(_("That step is not possible from here."))
    return works


@rule(Act.ADD_TASK)
def may_add_task(actor: Actor, case: Case) -> Verdict:
    """Whoever works on an open case may add a task for their own organisation."""
    return _works_on(actor, case)


@rule(Act.FINISH_TASK)
def may_finish_task(actor: Actor, task: Task) -> Verdict:
    """The organisation whose task it is may finish it."""
    if task.organisation_id != actor.organisation_id:
        return denied(_("This task belongs to another organisation."))
    if task.done_at is not None:
        return denied(_("This task is done."))
    return ALLOWED if actor.has(*CASE_ROLES) else denied(KEEPS_CASES)


# Referrals


@rule(Act.REFER)
def may_refer(actor: Actor, case: Case) -> Verdict:
    """The lead may refer an open case; the ground for sharing is asked when it is sent."""
    return _leads(actor, case)


def _receives(actor: Actor, referral: Referral, to: str) -> Verdict:
    if referral.recipient_id != actor.organisation_id:
        return denied(_("Only the organisation it was sent to may answer."))
    if not actor.has(*CASE_ROLES):
        return denied(KEEPS_CASES)
    if not may_move(REFERRAL_NEXT, referral.state, to):
        return denied(_("This referral does not wait for that any more."))
    return ALLOWED


@rule(Act.OPEN_REFERRAL)
def may_open_referral(actor: Actor, referral: Referral) -> Verdict:
    """The sender and the recipient may open a referral; before acceptance only its preview."""
    if actor.organisation_id not in (referral.sender_id, referral.recipient_id):
        return denied(_("This referral concerns other organisations."))
    return ALLOWED if actor.has(Role.SCREENER, *CASE_ROLES) else denied(KEEPS_CASES)


@rule(Act.RECEIVE)
def may_receive(actor: Actor, referral: Referral) -> Verdict:
    """The recipient may confirm that a referral has arrived and is being read."""
    return _receives(actor, referral, "received")


@rule(Act.BEGIN)
def may_begin(actor: Actor, referral: Referral) -> Verdict:
    """The recipient may say that work on an accepted referral has begun."""
    return _receives(actor, referral, "in_service")


@rule(Act.ACCEPT)
def may_accept(actor: Actor, referral: Referral) -> Verdict:
    """The recipient may accept a referral that waits for an answer."""
    return _receives(actor, referral, "accepted")


@rule(Act.DECLINE)
def may_decline(actor: Actor, referral: Referral) -> Verdict:
    """The recipient may decline with a reason; the sender is told."""
    return _receives(actor, referral, "declined")


@rule(Act.CANCEL)
def may_cancel(actor: Actor, referral: Referral) -> Verdict:
    """The sender may withdraw a referral at any time before it ends; access ends at once."""
    if referral.sender_id != actor.organisation_id:
        return denied(_("Only the organisation that sent it may withdraw it."))
    if not actor.has(Role.SCREENER, *IDENTITY_ROLES):
        return denied(KEEPS_CASES)
    if not may_move(REFERRAL_NEXT, referral.state, "cancelled"):
        return denied(_("This referral is over."))
    return ALLOWED


@rule(Act.COMPLETE)
def may_complete(actor: Actor, referral: Referral) -> Verdict:
    """The recipient completes a referral and tells how it went."""
    return _receives(actor, referral, "completed")


@rule(Act.EXPIRE)
def may_expire(actor: Actor, referral: Referral) -> Verdict:
    """The house marks a referral as expired when nobody answered in time."""
    if not may_move(REFERRAL_NEXT, referral.state, "expired"):
        return denied(_("This referral does not wait any more."))
    return ALLOWED


# Exchange

# Cases one export may hold. Our own: what one person keeps in view, what an organisation keeps.
EXPORT_AT_MOST = {Role.CASEWORKER: 500, Role.SUPERVISOR: 100_000}
IDENTITIES_AT_MOST = 1000


@rule(Act.IMPORT)
def may_import(actor: Actor, _thing: Any) -> Verdict:
    """A case worker or supervisor may take in cases of another system; their organisation leads."""
    return ALLOWED if actor.has(*IDENTITY_ROLES) else denied(KEEPS_CASES)


@rule(Act.EXPORT)
def may_export(actor: Actor, _thing: Any) -> Verdict:
    """A case worker or supervisor may export cases on their desk, without identities.

    A case worker at most 500 cases at a time, a supervisor 100,000.
    """
    return ALLOWED if actor.has(*IDENTITY_ROLES) else denied(KEEPS_CASES)


@rule(Act.EXPORT_IDENTITY)
def may_export_identity(actor: Actor, _thing: Any) -> Verdict:
    """A supervisor may include the identity of persons who agreed; of others it stays blank."""
    if actor.has(Role.SUPERVISOR):
        return ALLOWED
    return denied(_("Only a supervisor may include who the persons are."))


def export_limit(actor: Actor) -> int:
    """How many cases the actor may export at a time."""
    return max((most for role, most in EXPORT_AT_MOST.items() if actor.has(role)), default=0)
