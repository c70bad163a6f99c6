"""The page of a case: what one organisation may see of it, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.safestring import SafeString

from tests.factories import LATER, a_case, a_referral, actor_of, an_answer
from tests.protection.test_case_list import real_queries
from tumar.access import Actor
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.protection import commands, slots
from tumar.protection.models import Case
from tumar.reference.models import Organisation

EVENT = {
    "acts": ["recruitment"],
    "means": ["deception"],
    "control": ["debt_bondage"],
    "forms": ["begging"],
    "sector": "",
    "recruited_in": "KGZ",
    "exploited_in": "TUR",
    "began": "2024-05~",
    "ended": "",
    "account": "what was told",
}


def a_note(by: Membership, case: Case, text: str = "a first talk") -> None:
    commands.write_note(
        actor=actor_of(by), case=case, text=text, kind="visit", happened_on=LATER.date(), at=LATER
    )


def a_full_case(by: Membership, case: Case, clinic: Organisation) -> None:
    """Something in every section of the page."""
    actor = actor_of(by)
    a_note(by, case)
    commands.describe_event(actor=actor, case=case, content=EVENT, based_on=0, at=LATER)
    commands.set_safety(actor=actor, case=case, safety="text only", based_on=1, at=LATER)
    commands.add_need(
        actor=actor, case=case, domain="medical", urgency="today", detail="the hand", at=LATER
    )
    commands.add_need(
        actor=actor, case=case, domain="documents", urgency="soon", detail="passport", at=LATER
    )
    commands.agree_plan(
        actor=actor, case=case, objectives="a safe home", agreed_with_person=True,
        review_on=None, based_on=0, at=LATER,
    )  # fmt: skip
    commands.add_goal(
        actor=actor, case=case, domain="education", text="a course", due_on=None, at=LATER
    )
    commands.offer_service(
        actor=actor, case=case, service="cash", provider=clinic, starts_on=None, at=LATER
    )
    commands.add_task(
        actor=actor, case=case, text="phone the office", due_on=LATER.date(), assignee=by.user,
        at=LATER,
    )  # fmt: skip
    commands.record_decision(
        actor=actor, case=case, status="presumed", body=by.organisation, body_kind="ngo",
        legal_reference="Act 1, art. 2", reasons="the signs", decided_on=LATER.date(), at=LATER,
    )  # fmt: skip


def test_the_lead_sees_every_section(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership
) -> None:
    a_full_case(caseworker, case, outsider.organisation)
    a_referral(caseworker, case, outsider.organisation)

    page = browser.get(case.get_absolute_url()).content.decode()

    for words in (
        "a first talk", "text only", "Exploitative begging", "about May 2024", "what was told",
        "the hand", "a safe home", "a course", "Cash assistance", "phone the office", "Presumed",
        "Emergency shelter", "Referral to a service", case.person.code_name,
    ):  # fmt: skip
        assert words in page
    assert "Not shared with your organisation" not in page


def test_opening_a_case_leaves_one_look(
    browser: Client, case: Case, caseworker: Membership
) -> None:
    browser.get(case.get_absolute_url())

    line = Line.objects.get(event="protection.case.open")
    assert (line.kind, line.user_id, line.person) == ("look", caseworker.user_id, case.person_id)


@pytest.mark.parametrize("notes", [1, 200])
def test_the_page_costs_fifteen_queries_for_any_number_of_notes(
    browser: Client, case: Case, caseworker: Membership, outsider: Membership, notes: int
) -> None:
    a_full_case(caseworker, case, outsider.organisation)
    a_referral(caseworker, case, outsider.organisation)
    for number in range(notes - 1):
        a_note(caseworker, case, f"note {number}")
    browser.get("/protection/cases/")  # the session's first request stamps it

    with CaptureQueriesContext(connection) as captured:
        page = browser.get(case.get_absolute_url()).content.decode()

    assert page.count('id="note-') == notes
    assert real_queries(captured) <= 15


def test_a_coordinator_sees_a_referred_case_without_identity_and_notes(
    client: Client, case: Case, caseworker: Membership, coordinator: Membership
) -> None:
    a_full_case(caseworker, case, caseworker.organisation)
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", groups=["legal"]
    )
    commands.accept_referral(actor=actor_of(coordinator), referral=referral, at=LATER)
    client.force_login(coordinator.user)

    page = client.get(case.get_absolute_url()).content.decode()

    assert "the signs" in page  # the decision, which was shared
    assert page.count("Not shared with your organisation") == 2  # notes, and what happened
    assert "Health: not shared" in page
    for hidden in ("Айнура", "a first talk", "what was told", "begging", "Türkiye", "the hand"):
        assert hidden not in page
    assert "Only case workers and supervisors work with identities." in page


def test_notes_granted_to_a_coordinator_are_shown(
    client: Client, case: Case, caseworker: Membership, coordinator: Membership
) -> None:
    a_note(caseworker, case)
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", groups=["narrative"]
    )
    commands.accept_referral(actor=actor_of(coordinator), referral=referral, at=LATER)
    client.force_login(coordinator.user)

    page = client.get(case.get_absolute_url()).content.decode()

    assert "a first talk" in page
    assert "Айнура" not in page


def test_others_see_only_answers_about_themselves(
    client: Client, case: Case, caseworker: Membership, outsider: Membership, shelter: Organisation
) -> None:
    third = Organisation.objects.create(key="third", name="Third", kind="ngo", country="KGZ")
    an_answer(caseworker, case.person, third)
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)
    client.force_login(outsider.user)

    page = client.get(case.get_absolute_url()).content.decode()

    assert "Referral to a service" in page
    assert "Third" not in page


def test_an_outsider_gets_404_as_for_nothing(
    client: Client, case: Case, outsider: Membership
) -> None:
    client.force_login(outsider.user)

    theirs = client.get(case.get_absolute_url())
    nothing = client.get("/protection/cases/kg-00-zzzzz/")

    assert (theirs.status_code, nothing.status_code) == (404, 404)


def test_a_screener_is_refused(client: Client, case: Case, screener: Membership) -> None:
    client.force_login(screener.user)

    assert client.get(case.get_absolute_url()).status_code == 403


def test_the_part_for_htmx_is_the_time_line_of_the_page(browser: Client, case: Case) -> None:
    address = case.get_absolute_url()
    whole = browser.get(address)
    part = browser.get(address, headers={"HX-Request": "true"})

    # Each answer masks the same token anew.
    plain, alone = (
        answer.content.decode().replace(str(answer.context["csrf_token"]), "")
        for answer in (whole, part)
    )
    assert alone.strip() in plain
    assert 'id="timeline"' in alone


def test_without_a_notice_the_banner_says_so(browser: Client, case: Case) -> None:
    page = browser.get(case.get_absolute_url()).content.decode()

    assert "Do not call before you know." in page


def test_a_refused_act_shows_its_reason(browser: Client, case: Case) -> None:
    page = browser.get(case.get_absolute_url()).content.decode()

    assert "A supervisor closes a case. Ask yours." in page


def test_a_higher_room_may_add_a_panel(
    browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panel(actor: Actor, shown: Case) -> SafeString:
        return SafeString(f"<p>a panel about {shown.ref}</p>")

    monkeypatch.setattr(slots, "CASE_PANELS", [*slots.CASE_PANELS])
    slots.CASE_PANELS.append(panel)
    monkeypatch.setattr("tumar.protection.views.page.CASE_PANELS", slots.CASE_PANELS)

    page = browser.get(case.get_absolute_url()).content.decode()

    assert f"a panel about {case.ref}" in page


def test_older_moments_open_at_a_press(browser: Client, caseworker: Membership) -> None:
    case = a_case(caseworker)
    for day in range(30):
        commands.write_note(
            actor=actor_of(caseworker), case=case, text=f"day {day}", kind="visit",
            happened_on=LATER.date(), at=LATER + timedelta(days=day),
        )  # fmt: skip

    page = browser.get(case.get_absolute_url()).content.decode()

    assert page.index("day 29") < page.index("<details>") < page.index("day 0")
    assert "Show 6 earlier moments" in page
