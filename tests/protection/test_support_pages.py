"""Needs, plan, goals, services and tasks, through their pages."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import LATER, MembershipFactory, a_case, a_referral, actor_of
from tests.protection.test_case_forms import at
from tumar.access.models import Membership
from tumar.protection import commands
from tumar.protection.models import Case, Goal, Need, Plan, ServiceEpisode, Task
from tumar.reference.models import Organisation, Service

AHEAD = "2999-01-01"


def a_need(by: Membership, case: Case, domain: str = "documents") -> Need:
    return commands.add_need(
        actor=actor_of(by), case=case, domain=domain, urgency="soon", detail="", at=LATER
    )


def a_goal(by: Membership, case: Case) -> Goal:
    return commands.add_goal(
        actor=actor_of(by), case=case, domain="education", text="a course", due_on=None, at=LATER
    )


def a_task(by: Membership, case: Case) -> Task:
    return commands.add_task(
        actor=actor_of(by), case=case, text="phone", due_on=LATER.date(), assignee=None, at=LATER
    )


def a_service(by: Membership, case: Case) -> ServiceEpisode:
    return commands.offer_service(
        actor=actor_of(by), case=case, service="cash", provider=by.organisation, starts_on=None,
        at=LATER,
    )  # fmt: skip


def test_a_need_is_noted_and_met(browser: Client, case: Case) -> None:
    browser.post(at("need", case), {"domain": "shelter", "urgency": "today", "detail": "tonight"})
    need = case.needs.get()

    page = browser.post(at("meet-need", case, need.pk), follow=True).content.decode()

    need.refresh_from_db()
    assert need.met_at is not None
    assert "Met" in page


def test_a_need_about_health_is_not_met_by_those_it_was_not_shared_with(
    client: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    need = a_need(caseworker, case, "medical")
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    client.force_login(outsider.user)

    assert client.post(at("meet-need", case, need.pk)).status_code == 404


def test_a_plan_is_written_and_reviewed(browser: Client, case: Case) -> None:
    browser.post(
        at("plan", case),
        {"objectives": "a home", "agreed_with_person": "on", "review_on": AHEAD, "version": 0},
    )

    plan = Plan.objects.select_related("data_key").get(case=case)
    assert (plan.objectives, plan.agreed_with_person, plan.review_on) == (
        "a home", True, date(2999, 1, 1),
    )  # fmt: skip


def test_two_people_write_the_plan_and_the_second_chooses(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    commands.agree_plan(
        actor=actor_of(caseworker), case=case, objectives="theirs", agreed_with_person=True,
        review_on=date(2999, 1, 1), based_on=0, at=LATER,
    )  # fmt: skip
    mine = {"objectives": "mine", "review_on": "2999-02-02", "version": 0}

    clash = browser.post(at("plan", case), mine).content.decode()
    assert "theirs" in clash
    assert "2 Feb 2999" in clash

    browser.post(
        at("plan", case),
        {**mine, "version": 1, "choose-objectives": "mine", "choose-review_on": "theirs",
         "choose-agreed_with_person": "theirs"},
    )  # fmt: skip
    plan = Plan.objects.select_related("data_key").get(case=case)
    assert (plan.objectives, plan.review_on, plan.agreed_with_person) == (
        "mine", date(2999, 1, 1), True,
    )  # fmt: skip


def test_a_goal_is_added_and_moved_as_the_table_allows(browser: Client, case: Case) -> None:
    browser.post(at("goal", case), {"text": "a course", "domain": "education", "due_on": AHEAD})
    goal = case.goals.get()

    browser.post(at("move-goal", case, goal.pk), {"to": "met"})
    back = browser.post(at("move-goal", case, goal.pk), {"to": "planned"})

    goal.refresh_from_db()
    assert goal.state == "met"
    assert back.status_code == 403


def test_a_goal_in_the_past_is_refused_and_kept(browser: Client, case: Case) -> None:
    answer = browser.post(
        at("goal", case), {"text": "a course", "domain": "education", "due_on": "2020-01-01"}
    )

    assert "This day is over." in answer.content.decode()
    assert "a course" in answer.content.decode()


def test_the_directory_shows_who_offers_a_service(
    browser: Client, case: Case, shelter: Organisation
) -> None:
    Service.objects.create(
        organisation=shelter, service="shelter_emergency", capacity=12, languages=["kir"],
        sexes=["female"], youngest=18, checked_on=date(2025, 2, 1),
    )  # fmt: skip

    page = browser.post(at("service", case), {"service": "shelter_emergency"}).content.decode()

    for words in ("Places: 12", "Kyrgyz", "From 18 years", "Checked 1 Feb 2025"):
        assert words in page
    assert not case.services.exists()


def test_a_hidden_place_stays_hidden_in_the_directory(
    browser: Client, case: Case, outsider: Membership
) -> None:
    outsider.organisation.confidential_address = True
    outsider.organisation.save()
    Service.objects.create(
        organisation=outsider.organisation, service="shelter_emergency", area="KG04000000000"
    )

    page = browser.post(at("service", case), {"service": "shelter_emergency"}).content.decode()

    assert outsider.organisation.name in page
    assert "Naryn" not in page


def test_a_service_is_offered_and_moves_as_the_person_says(
    browser: Client, case: Case, shelter: Organisation
) -> None:
    entry = Service.objects.create(organisation=shelter, service="cash")
    browser.post(
        at("service", case),
        {"service": "cash", "provider": entry.pk, "starts_on": "", "offer": "yes"},
    )
    episode = case.services.get()

    browser.post(at("move-service", case, episode.pk), {"to": "refused"})

    episode.refresh_from_db()
    assert (episode.provider, episode.state) == (shelter, "refused")


def test_a_provider_who_does_not_offer_the_service_is_refused(
    browser: Client, case: Case, shelter: Organisation
) -> None:
    Service.objects.create(organisation=shelter, service="cash")
    other = Service.objects.create(organisation=shelter, service="childcare")

    browser.post(at("service", case), {"service": "cash", "provider": other.pk, "offer": "yes"})

    assert not case.services.exists()


def test_nobody_offering_a_service_is_said(browser: Client, case: Case) -> None:
    page = browser.post(at("service", case), {"service": "srh"}).content.decode()

    assert "Nobody in the directory offers this yet" in page


def test_a_task_is_added_and_done(browser: Client, case: Case, caseworker: Membership) -> None:
    browser.post(
        at("task", case), {"text": "phone", "due_on": AHEAD, "assignee": caseworker.user_id}
    )
    task = case.tasks.get()
    case.refresh_from_db()
    due = case.due

    browser.post(at("finish-task", case, task.pk))

    task.refresh_from_db()
    case.refresh_from_db()
    assert (task.assignee, due) == (caseworker.user, date(2999, 1, 1))
    assert task.done_at is not None
    assert case.due is None


def test_a_task_is_not_given_to_somebody_elsewhere(
    browser: Client, case: Case, outsider: Membership
) -> None:
    answer = browser.post(
        at("task", case), {"text": "phone", "due_on": AHEAD, "assignee": outsider.user_id}
    )

    assert answer.status_code == 200
    assert "phone" in answer.content.decode()
    assert not case.tasks.exists()


def test_extra_fields_of_a_task_change_nothing(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    other = a_case(outsider)

    browser.post(
        at("task", case),
        {"text": "phone", "due_on": AHEAD, "assignee": "", "case": str(other.pk),
         "organisation": outsider.organisation_id, "done_at": "2025-01-01", "id": "1"},
    )  # fmt: skip

    task = Task.objects.get()
    assert (task.case, task.organisation_id, task.done_at) == (
        case, caseworker.organisation_id, None,
    )  # fmt: skip


@pytest.mark.parametrize("is_hers", [True, False])
def test_the_thing_of_another_case_is_not_found_under_this_one(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership, *, is_hers: bool
) -> None:
    owner = caseworker if is_hers else outsider
    other = a_case(owner)
    commands.write_note(
        actor=actor_of(owner), case=other, text="x", kind="visit", happened_on=LATER.date(),
        at=LATER,
    )  # fmt: skip
    nested = {
        "meet-need": a_need(owner, other).pk,
        "move-goal": a_goal(owner, other).pk,
        "move-service": a_service(owner, other).pk,
        "finish-task": a_task(owner, other).pk,
        "correct-note": other.notes.get().pk,
    }

    answers = {
        name: browser.post(at(name, case, pk), {"to": "met", "text": "x"}).status_code
        for name, pk in nested.items()
    }

    assert set(answers.values()) == {404}
    other.refresh_from_db()
    assert not other.needs.exclude(met_at=None).exists()
    assert other.notes.count() == 1


def test_the_task_of_another_organisation_is_not_found(
    client: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    task = a_task(caseworker, case)
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    client.force_login(outsider.user)

    assert client.post(at("finish-task", case, task.pk)).status_code == 404


def test_a_closed_case_takes_nothing_new(
    client: Client, case: Case, supervisor: Membership
) -> None:
    commands.close_case(actor=actor_of(supervisor), case=case, reason="goals_met", at=LATER)
    client.force_login(MembershipFactory.create(organisation=supervisor.organisation).user)

    page = client.get(at("need", case)).content.decode()
    answer = client.post(at("need", case), {"domain": "shelter", "urgency": "today"})

    assert "This case is closed." in page
    assert answer.status_code == 403
