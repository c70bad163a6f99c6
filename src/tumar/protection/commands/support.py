"""Needs, plan, goals, services and tasks."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from tumar import audit
from tumar.access import Actor, NotAllowed, require
from tumar.access.models import User
from tumar.protection.commands.conflict import refuse_stale
from tumar.protection.commands.desk import refresh_desk
from tumar.protection.models import Case, Goal, Need, Plan, ServiceEpisode, Task
from tumar.protection.policy import Act
from tumar.protection.queries import plan_content, workers_of
from tumar.reference.models import Organisation


def add_need(
    *, actor: Actor, case: Case, domain: str, urgency: str, detail: str, at: datetime
) -> Need:
    """Note a need."""
    with audit.record(actor, Act.ADD_NEED, on=case, at=at, person=case.person_id) as event:
        require(actor, Act.ADD_NEED, case)
        event.note(domain=domain, urgency=urgency)
        return Need.objects.create(
            case=case,
            data_key=case.data_key,
            domain=domain,
            urgency=urgency,
            detail=detail,
            noted_at=at,
        )


def meet_need(*, actor: Actor, need: Need, at: datetime) -> None:
    """Mark a need as met."""
    with audit.record(actor, Act.MEET_NEED, on=need, at=at, person=need.case.person_id):
        need = Need.objects.select_related("case", "data_key").lock(need)
        require(actor, Act.MEET_NEED, need.case)
        need.met_at = need.met_at or at  # met twice is met once
        need.save(update_fields=["met_at"])


def agree_plan(
    *,
    actor: Actor,
    case: Case,
    objectives: str,
    agreed_with_person: bool,
    review_on: date | None,
    based_on: int,
    at: datetime,
) -> Plan:
    """Write the plan, or its next version.

    Raises:
        ChangedMeanwhile: a colleague saved since `based_on`; 0 means there was none yet.
    """
    with audit.record(actor, Act.PLAN, on=case, at=at, person=case.person_id) as event:
        case = Case.objects.select_related("data_key").lock(case)
        require(actor, Act.PLAN, case)
        stored = Plan.objects.select_related("data_key").filter(case=case).first()
        if stored:
            refuse_stale(stored.version, based_on, plan_content(stored))
        plan = stored or Plan(case=case, data_key=case.data_key, version=0)
        plan.objectives, plan.agreed_with_person = objectives, agreed_with_person
        plan.review_on = review_on
        plan.version += 1
        plan.changed_at, plan.changed_by = at, actor.user_id
        plan.save()
        event.note(version=plan.version, agreed=agreed_with_person)
        refresh_desk(case)
        return plan


def add_goal(
    *, actor: Actor, case: Case, domain: str, text: str, due_on: date | None, at: datetime
) -> Goal:
    """Add a goal to the plan."""
    with audit.record(actor, Act.ADD_GOAL, on=case, at=at, person=case.person_id) as event:
        require(actor, Act.ADD_GOAL, case)
        event.note(domain=domain)
        goal = Goal.objects.create(
            case=case, data_key=case.data_key, domain=domain, text=text, due_on=due_on, made_at=at
        )
        refresh_desk(case)
        return goal


def move_goal(*, actor: Actor, goal: Goal, to: str, at: datetime) -> None:
    """Move a goal to another state."""
    with audit.record(actor, Act.MOVE_GOAL, on=goal, at=at, person=goal.case.person_id) as event:
        goal = Goal.objects.select_related("case", "data_key").lock(goal)
        require(actor, Act.MOVE_GOAL, (goal, to))
        goal.state = to
        goal.save(update_fields=["state"])
        event.note(to=to)
        refresh_desk(goal.case)


def offer_service(
    *,
    actor: Actor,
    case: Case,
    service: str,
    provider: Organisation,
    starts_on: date | None,
    at: datetime,
) -> ServiceEpisode:
    """Offer a service; whether she takes it is hers to say."""
    with audit.record(actor, Act.OFFER_SERVICE, on=case, at=at, person=case.person_id) as event:
        require(actor, Act.OFFER_SERVICE, case)
        event.note(service=service, provider=provider.pk)
        return ServiceEpisode.objects.create(
            case=case,
            service=service,
            provider=provider,
            offered_at=at,
            starts_on=starts_on,
            changed_at=at,
        )


def move_service(*, actor: Actor, episode: ServiceEpisode, to: str, at: datetime) -> None:
    """Move a service to another state."""
    person = episode.case.person_id
    with audit.record(actor, Act.MOVE_SERVICE, on=episode, at=at, person=person) as event:
        episode = ServiceEpisode.objects.select_related("case").lock(episode)
        require(actor, Act.MOVE_SERVICE, (episode, to))
        episode.state, episode.changed_at = to, at
        episode.save(update_fields=["state", "changed_at"])
        event.note(to=to)


def add_task(
    *, actor: Actor, case: Case, text: str, due_on: date, assignee: User | None, at: datetime
) -> Task:
    """Add something to do for the actor's organisation."""
    with audit.record(actor, Act.ADD_TASK, on=case, at=at, person=case.person_id):
        require(actor, Act.ADD_TASK, case)
        if assignee is not None and assignee.pk not in workers_of(actor.organisation_id):
            raise NotAllowed(_("This person keeps no cases for your organisation."))
        task = Task.objects.create(
            case=case,
            data_key=case.data_key,
            organisation_id=actor.organisation_id,
            assignee=assignee,
            text=text,
            due_on=due_on,
            made_at=at,
        )
        refresh_desk(case)
        return task


def finish_task(*, actor: Actor, task: Task, at: datetime) -> None:
    """Mark a task as done."""
    with audit.record(actor, Act.FINISH_TASK, on=task, at=at, person=task.case.person_id):
        task = Task.objects.select_related("case", "data_key").lock(task)
        require(actor, Act.FINISH_TASK, task)
        task.done_at = at
        task.save(update_fields=["done_at"])
        refresh_desk(task.case)
