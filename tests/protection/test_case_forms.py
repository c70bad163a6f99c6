"""Notes, safety, risk, worker, state, decision and event, through their pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import LATER, MembershipFactory, a_case, a_referral, actor_of
from tests.protection.test_case_page import EVENT, a_note
from tumar.access.models import Membership
from tumar.protection import commands
from tumar.protection.models import Case, Note, TipEvent

HTMX = {"HX-Request": "true"}


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"protection:{name}", args=[case.ref, *more])


@pytest.fixture
def chief(supervisor: Membership, client: Client) -> Client:
    client.force_login(supervisor.user)
    return client


def a_note_form(**but: Any) -> dict[str, Any]:
    return {"text": "she slept well", "kind": "visit", "happened_on": "2025-03-02", **but}


# Notes


def test_a_note_is_written_and_stands_in_the_time_line(browser: Client, case: Case) -> None:
    answer = browser.post(at("note", case), a_note_form(), follow=True)

    assert "she slept well" in answer.content.decode()


def test_with_htmx_only_the_time_line_comes_back(browser: Client, case: Case) -> None:
    answer = browser.post(at("note", case), a_note_form(), headers=HTMX, follow=True)

    page = answer.content.decode()
    assert "she slept well" in page
    assert "<html" not in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_note_keeps_what_was_typed(
    browser: Client, case: Case, headers: dict[str, str]
) -> None:
    answer = browser.post(at("note", case), a_note_form(happened_on="2999-01-01"), headers=headers)

    page = answer.content.decode()
    assert "she slept well" in page
    assert "This day has not come yet." in page
    assert not case.notes.exists()


def test_a_hostile_note_is_shown_as_text(browser: Client, case: Case) -> None:
    answer = browser.post(at("note", case), a_note_form(text="<img src=x>"), follow=True)

    assert "<img src=x>" not in answer.content.decode()
    assert "&lt;img src=x&gt;" in answer.content.decode()


def test_extra_fields_of_a_note_change_nothing(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    other = a_case(outsider)
    forged = a_note_form(
        author=outsider.user_id, organisation=outsider.organisation_id, case=str(other.pk),
        lead=outsider.organisation_id, status="closed", risk="low",
    )  # fmt: skip

    browser.post(at("note", case), forged)

    note = Note.objects.get()
    assert (note.case, note.author, note.organisation_id) == (
        case, caseworker.user, caseworker.organisation_id,
    )  # fmt: skip
    case.refresh_from_db()
    assert (case.status, case.risk, case.lead_id) == (
        "intake", "medium", caseworker.organisation_id,
    )  # fmt: skip


def test_the_author_corrects_a_note_and_both_stay(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    a_note(caseworker, case, "two brothers")
    note = case.notes.get()

    shown = browser.get(at("correct-note", case, note.pk)).content.decode()
    answer = browser.post(at("correct-note", case, note.pk), {"text": "one brother"}, follow=True)

    assert "two brothers" in shown
    page = answer.content.decode()
    assert "two brothers" in page
    assert "one brother" in page
    assert "corrects an earlier note" in page


def test_a_colleague_does_not_correct_it(
    client: Client, case: Case, caseworker: Membership
) -> None:
    a_note(caseworker, case)
    colleague = MembershipFactory.create(organisation=caseworker.organisation)
    client.force_login(colleague.user)
    address = at("correct-note", case, case.notes.get().pk)

    assert "Only the author corrects a note." in client.get(address).content.decode()
    assert client.post(address, {"text": "no"}).status_code == 403


# Safety


def test_the_safety_notice_is_saved(browser: Client, case: Case) -> None:
    answer = browser.post(at("safety", case), {"safety": "only by text", "version": 1}, follow=True)

    assert "only by text" in answer.content.decode()


def test_two_people_write_the_notice_and_the_second_chooses(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    commands.set_safety(
        actor=actor_of(caseworker), case=case, safety="theirs", based_on=1, at=LATER
    )

    clash = browser.post(at("safety", case), {"safety": "mine", "version": 1}).content.decode()
    case.refresh_from_db()
    assert case.safety == "theirs"
    assert "theirs" in clash
    assert '<input type="hidden" name="safety" value="mine" />' in clash

    browser.post(at("safety", case), {"safety": "mine", "version": 2, "choose-safety": "mine"})
    case.refresh_from_db()
    assert case.safety == "mine"


# Risk, worker, state


def test_the_risk_is_set(browser: Client, case: Case) -> None:
    browser.post(at("risk", case), {"risk": "high"})

    case.refresh_from_db()
    assert case.risk == "high"


def test_a_risk_that_does_not_exist_is_refused(browser: Client, case: Case) -> None:
    answer = browser.post(at("risk", case), {"risk": "none at all"})

    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.risk == "medium"


def test_a_supervisor_assigns_to_people_of_the_own_organisation_only(
    chief: Client, case: Case, outsider: Membership, supervisor: Membership
) -> None:
    chief.post(at("assign", case), {"worker": outsider.user_id})
    case.refresh_from_db()
    kept = case.worker_id

    chief.post(at("assign", case), {"worker": supervisor.user_id})
    case.refresh_from_db()

    assert kept != outsider.user_id
    assert case.worker_id == supervisor.user_id


def test_a_case_worker_takes_a_case_but_gives_it_to_nobody_else(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    colleague = MembershipFactory.create(organisation=caseworker.organisation)

    page = browser.get(at("assign", case)).content.decode()

    assert caseworker.user.full_name in page
    assert colleague.user.full_name not in page


def test_a_case_moves_on(browser: Client, case: Case) -> None:
    browser.post(at("move", case), {"to": "open"})

    case.refresh_from_db()
    assert case.status == "open"


@pytest.mark.parametrize("to", ["closed", "intake", "nowhere", ""])
def test_a_case_does_not_move_where_the_table_does_not_lead(
    browser: Client, case: Case, to: str
) -> None:
    answer = browser.post(at("move", case), {"to": to})

    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.status == "intake"


def test_closing_lists_what_is_not_finished(
    chief: Client, case: Case, caseworker: Membership
) -> None:
    commands.add_task(
        actor=actor_of(caseworker), case=case, text="bring the papers", due_on=LATER.date(),
        assignee=None, at=LATER,
    )  # fmt: skip

    page = chief.get(at("close", case)).content.decode()
    chief.post(at("close", case), {"reason": "goals_met"})

    assert "bring the papers" in page
    case.refresh_from_db()
    assert (case.status, case.closure_reason) == ("closed", "goals_met")


def test_a_case_worker_does_not_close_and_reads_why(browser: Client, case: Case) -> None:
    page = browser.get(at("close", case)).content.decode()
    answer = browser.post(at("close", case), {"reason": "goals_met"})

    assert "A supervisor closes a case. Ask yours." in page
    assert answer.status_code == 403


def test_a_closed_case_is_opened_again(chief: Client, case: Case, supervisor: Membership) -> None:
    commands.close_case(actor=actor_of(supervisor), case=case, reason="goals_met", at=LATER)

    chief.post(at("reopen", case))

    case.refresh_from_db()
    assert case.status == "open"


# Decisions


def a_decision(body: Membership, **but: Any) -> dict[str, Any]:
    return {
        "status": "presumed", "body": body.organisation_id, "body_kind": "ngo",
        "legal_reference": "Act 1, art. 2", "reasons": "the signs", "decided_on": "2025-03-02",
        **but,
    }  # fmt: skip


def test_reasonable_grounds_are_recorded(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    browser.post(at("decision", case), a_decision(caseworker))

    case.refresh_from_db()
    assert case.decision == "presumed"


def test_only_what_the_reader_may_record_is_offered(browser: Client, case: Case) -> None:
    page = browser.get(at("decision", case)).content.decode()

    assert 'value="presumed"' in page
    assert 'value="identified"' not in page


def test_a_status_that_is_not_offered_is_refused(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    answer = browser.post(at("decision", case), a_decision(caseworker, status="identified"))

    assert answer.status_code == 200
    assert "the signs" in answer.content.decode()
    case.refresh_from_db()
    assert case.decision == "none"


def test_the_coordinator_decides(
    client: Client, case: Case, caseworker: Membership, coordinator: Membership
) -> None:
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", groups=["legal"]
    )
    commands.accept_referral(actor=actor_of(coordinator), referral=referral, at=LATER)
    client.force_login(coordinator.user)

    client.post(
        at("decision", case),
        a_decision(coordinator, status="identified", body_kind="government"),
    )

    case.refresh_from_db()
    assert case.decision == "identified"


# What happened


def an_event_form(**but: Any) -> dict[str, Any]:
    days = {"began": "2024-05~", "ended": ""}
    plain = {name: value for name, value in EVENT.items() if name not in days}
    return {**plain, **days, "version": 0, **but}


def test_what_happened_is_saved_by_act_means_and_purpose(browser: Client, case: Case) -> None:
    browser.post(at("event", case), an_event_form())

    event = TipEvent.objects.select_related("data_key").get(case=case)
    assert {name: getattr(event, name) for name in EVENT} == EVENT
    case.refresh_from_db()
    assert (case.form, case.exploited_in) == ("begging", "TUR")


def test_nothing_has_to_be_known(browser: Client, case: Case) -> None:
    answer = browser.post(at("event", case), {"version": 0})

    assert answer.status_code == 302


def test_it_cannot_end_before_it_began(browser: Client, case: Case) -> None:
    answer = browser.post(
        at("event", case), an_event_form(ended_year="2020", ended_month="", ended_day="")
        | {"ended": "2020"},
    )  # fmt: skip

    page = answer.content.decode()
    assert "It cannot have ended before it began." in page
    assert "what was told" in page


def test_for_a_child_the_page_says_that_no_means_are_needed(
    browser: Client, caseworker: Membership
) -> None:
    from tests.factories import a_person
    from tumar.reference.dates import PartialDate

    case = a_case(caseworker, person=a_person(caseworker, born=PartialDate.parse("2012")))

    page = browser.get(at("event", case)).content.decode()

    assert "The person is under 18" in page


def test_two_people_describe_it_and_the_second_chooses_field_by_field(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    commands.describe_event(
        actor=actor_of(caseworker), case=case, based_on=0, at=LATER,
        content={**EVENT, "account": "theirs", "sector": "C"},
    )  # fmt: skip
    mine = an_event_form(account="mine", forms=["servitude"])

    clash = browser.post(at("event", case), mine).content.decode()
    assert "Two people wrote here" in clash
    assert 'name="choose-account"' in clash
    assert 'name="choose-means"' not in clash  # the same in both

    browser.post(
        at("event", case),
        {**mine, "version": 1, "choose-account": "theirs", "choose-forms": "mine",
         "choose-sector": "theirs"},
    )  # fmt: skip
    event = TipEvent.objects.select_related("data_key").get(case=case)
    assert (event.account, event.forms, event.sector) == ("theirs", ["servitude"], "C")


def test_the_event_of_a_case_is_not_there_for_those_it_was_not_shared_with(
    client: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    client.force_login(outsider.user)

    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(at("event", case)).status_code == 404


# Everybody else

PAGES = ("note", "safety", "risk", "assign", "move", "close", "reopen", "event", "decision",
         "need", "plan", "goal", "service", "task", "case-log")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_an_outsider_finds_none_of_these_pages(
    client: Client, case: Case, outsider: Membership, name: str
) -> None:
    client.force_login(outsider.user)

    assert client.get(at(name, case)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_screener_is_refused_at_every_door(
    client: Client, case: Case, screener: Membership, name: str
) -> None:
    client.force_login(screener.user)

    assert client.get(at(name, case)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_the_lead(browser: Client, case: Case, name: str) -> None:
    assert browser.get(at(name, case)).status_code == 200
