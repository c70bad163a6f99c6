"""Referrals through the pages: four steps to send, an inbox that answers, and what ends them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    THEN,
    MembershipFactory,
    OrganisationFactory,
    a_case,
    a_referral,
    a_screening,
    actor_of,
    an_answer,
)
from tumar.access import Role
from tumar.access.models import Membership
from tumar.people.commands import withdraw_consent
from tumar.people.models import Consent, LegalGround
from tumar.protection import commands
from tumar.protection.models import Case, Referral
from tumar.reference.models import Organisation

HOSTILE = "<img src=x onerror=alert(1)>"

SignIn = Callable[[Membership], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    def signed_in(membership: Membership) -> Client:
        browser = Client()
        browser.force_login(membership.user)
        return browser

    return signed_in


@pytest.fixture
def receiver(db: None) -> Membership:
    """A case worker of the organisation that is asked."""
    return MembershipFactory.create(organisation=OrganisationFactory.create(name="City clinic"))


def refer_url(case: Case) -> str:
    return reverse("protection:refer", args=[case.ref])


def need(to: Organisation, **but: object) -> dict[str, object]:
    plain = {
        "step": "need",
        "kind": "service",
        "services": ["medical_acute"],
        "to": to.pk,
        "urgency": "today",
        "reason": "a wound that should be seen",
    }
    return {**plain, **but}


def said_yes(**but: object) -> dict[str, object]:
    plain = {
        "step": "answer",
        "answer": "given",
        "agreed_groups": ["identity", "health"],
        "method": "written",
        "given_by": "self",
    }
    return {**plain, **but}


def go(referral: Referral, name: str) -> str:
    return reverse(f"protection:{name}-referral", args=[referral.ref])


# Sending


def test_four_steps_lead_to_a_sent_referral(
    browser: Client, case: Case, receiver: Membership
) -> None:
    to = receiver.organisation

    ground = browser.post(refer_url(case), need(to))
    package = browser.post(refer_url(case), {**need(to), **said_yes()})
    preview = browser.post(refer_url(case), need(to, step="package", groups=["health"]))
    sent = browser.post(refer_url(case), need(to, step="send", groups=["health"]), follow=True)

    assert ground.context["page"] == "ground"
    assert package.context["page"] == "package"
    assert preview.context["page"] == "send"
    referral = Referral.objects.get()
    assert "Sent. You will see their answer here." in sent.text
    assert (referral.recipient, referral.groups) == (to, ["health"])
    assert referral.consent is not None
    assert referral.consent.groups == ["health", "identity"]
    assert preview.context["package"] == sent.context["words"]


def test_an_answer_that_is_on_record_is_not_asked_again(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership
) -> None:
    an_answer(caseworker, case.person, receiver.organisation, groups=["identity"])

    page = browser.post(refer_url(case), need(receiver.organisation))
    package = browser.post(refer_url(case), need(receiver.organisation, step="ground"))

    assert "The person has agreed" in page.text
    assert [code for code, _ in package.context["form"].fields["groups"].choices] == ["identity"]
    assert Consent.objects.count() == 1


def test_a_no_is_written_down_and_nothing_is_sent(
    browser: Client, case: Case, receiver: Membership
) -> None:
    to = receiver.organisation

    page = browser.post(refer_url(case), {**need(to), **said_yes(answer="refused")})

    assert Consent.objects.get().state == "refused"
    assert "Nothing allows this sharing yet" in page.text
    again = browser.post(refer_url(case), need(to, step="send", groups=["health"]))
    assert again.context["page"] == "ground"
    assert not Referral.objects.exists()


def test_a_law_with_its_article_is_a_ground(
    browser: Client, case: Case, receiver: Membership
) -> None:
    law = {
        "step": "answer",
        "answer": "law",
        "basis": "legal_duty",
        "article": "Child Code, art. 87",
        "law_reason": "a child in danger",
    }

    browser.post(refer_url(case), {**need(receiver.organisation), **law})
    browser.post(refer_url(case), need(receiver.organisation, step="send", groups=["identity"]))

    assert LegalGround.objects.get().article == "Child Code, art. 87"
    assert Referral.objects.get().legal_ground == LegalGround.objects.get()


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        (said_yes(method=""), "How they answered"),
        (said_yes(agreed_groups=[]), "What may be shared"),
        (said_yes(until="2020-01-01"), "Choose a day after today."),
        ({"step": "answer", "answer": "law", "basis": "legal_duty"}, "Law and article"),
    ],
)
def test_an_answer_that_says_too_little_is_refused_and_kept(
    browser: Client, case: Case, receiver: Membership, answer: dict[str, object], missing: str
) -> None:
    page = browser.post(
        refer_url(case), {**need(receiver.organisation), "words": HOSTILE, **answer}
    )

    assert page.context["page"] == "ground"
    assert missing in page.text
    assert escape(HOSTILE) in page.text
    assert HOSTILE not in page.text
    assert not Consent.objects.exists()


def test_a_need_without_a_service_is_refused_and_keeps_the_reason(
    browser: Client, case: Case, receiver: Membership
) -> None:
    page = browser.post(refer_url(case), need(receiver.organisation, services=[], reason=HOSTILE))

    assert "Choose at least one service." in page.text
    assert escape(HOSTILE) in page.text
    assert HOSTILE not in page.text


def test_going_back_loses_nothing(browser: Client, case: Case, receiver: Membership) -> None:
    page = browser.post(refer_url(case), need(receiver.organisation, step="need-again"))

    assert page.context["page"] == "need"
    assert "a wound that should be seen" in page.text


def test_a_transfer_shares_the_whole_case_and_nothing_less_will_do(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership
) -> None:
    to = receiver.organisation
    an_answer(caseworker, case.person, to, groups=["identity"])

    too_little = browser.post(refer_url(case), need(to, kind="transfer", step="ground"))
    package = browser.post(refer_url(case), {**need(to, kind="transfer"), **said_yes()})
    browser.post(refer_url(case), need(to, kind="transfer", step="send"))

    assert too_little.context["page"] == "ground"
    assert "The whole case is handed over" in package.text
    assert "narrative" in Referral.objects.get().groups


def test_what_was_not_agreed_to_cannot_be_sent(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership
) -> None:
    an_answer(caseworker, case.person, receiver.organisation, groups=["identity"])

    page = browser.post(
        refer_url(case), need(receiver.organisation, step="send", groups=["narrative"])
    )

    assert page.context["page"] == "package"
    assert not Referral.objects.exists()


def test_the_same_inbox_is_not_asked_twice(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership
) -> None:
    a_referral(caseworker, case, receiver.organisation)

    page = browser.post(
        refer_url(case), need(receiver.organisation, step="send", groups=["identity"])
    )

    assert "This organisation has this case already." in page.text
    assert "a wound that should be seen" in page.text
    assert Referral.objects.count() == 1


def test_only_declared_fields_count(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership
) -> None:
    an_answer(caseworker, case.person, receiver.organisation)
    extra = {
        field.attname: "x"
        for field in Referral._meta.concrete_fields
        if field.attname not in {"kind", "services", "groups", "urgency", "reason"}
    }

    browser.post(
        refer_url(case), {**extra, **need(receiver.organisation, step="send", groups=["identity"])}
    )

    referral = Referral.objects.get()
    assert (referral.state, referral.sender) == ("sent", caseworker.organisation)
    assert referral.ref.startswith("r-")
    assert referral.feedback == ""


def test_only_the_lead_refers(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    commands.accept_referral(actor=actor_of(receiver), referral=referral, at=THEN)

    assert sign_in(receiver).get(refer_url(case)).status_code == 403


# Answering


def test_the_inbox_shows_what_waits_and_says_when_it_is_late(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    a_referral(caseworker, case, receiver.organisation)

    page = sign_in(receiver).get(reverse("protection:inbox")).text

    assert "Late:" in page
    assert caseworker.organisation.name in page
    assert "Токтосунова" not in page


def test_before_acceptance_there_is_no_name_and_no_case(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation, reason=HOSTILE)

    page = sign_in(receiver).get(referral.get_absolute_url()).text

    assert "Токтосунова" not in page
    assert "AC 1234567" not in page
    assert case.ref not in page
    assert escape(HOSTILE) in page
    assert HOSTILE not in page


def test_an_accepted_referral_opens_the_case_for_exactly_that_organisation(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    browser = sign_in(receiver)
    browser.post(go(referral, "receive"))

    page = browser.post(go(referral, "accept"), follow=True).text

    assert "Accepted. The case is on your desk now." in page
    assert case.get_absolute_url() in page
    assert "Arrived and is being read" in page
    assert Case.objects.visible_to(actor_of(receiver)).get() == case


def test_work_begins_and_is_completed_with_a_word_for_the_sender(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    clinic = sign_in(receiver)
    for step in ("accept", "begin"):
        clinic.post(go(referral, step))

    empty = clinic.post(go(referral, "complete"), {"feedback": ""})
    clinic.post(go(referral, "complete"), {"feedback": "the wound was dressed"})

    assert "Please fill this in." in empty.text
    page = browser.get(referral.get_absolute_url()).text
    assert "the wound was dressed" in page
    assert "Work has begun" in page
    assert not Case.objects.visible_to(actor_of(receiver)).exists()


def test_a_refusal_needs_a_reason_and_shows_the_sender_the_way_on(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    clinic = sign_in(receiver)

    empty = clinic.post(go(referral, "decline"), {"reason": "", "feedback": "sorry"})
    clinic.post(go(referral, "decline"), {"reason": "no_capacity", "feedback": "full tonight"})

    assert "Please choose an answer." in empty.text
    assert ">sorry</textarea>" in empty.text.replace("\n", "")
    page = browser.get(referral.get_absolute_url()).text
    assert "No place or capacity now" in page
    assert "full tonight" in page
    assert refer_url(case) in page


def test_a_screener_sees_what_became_of_it_and_can_refer_elsewhere(
    screener: Membership, receiver: Membership, sign_in: SignIn
) -> None:
    screening = a_screening(screener)
    referral = commands.refer_urgently(
        actor=actor_of(screener), screening=screening, to=receiver.organisation,
        services=["medical_acute"], reason="hurt", consented=True, article="", at=THEN,
    )  # fmt: skip
    commands.decline_referral(
        actor=actor_of(receiver), referral=referral, reason="language", feedback="", at=THEN
    )
    guard = sign_in(screener)

    inbox = guard.get(reverse("protection:inbox"), follow=True).text
    page = guard.get(referral.get_absolute_url()).text

    assert "Sent referrals" in inbox
    assert "Declined" in inbox
    assert reverse("protection:refer-now", args=[screening.ref]) in page
    assert guard.get(reverse("protection:answered-referrals")).status_code == 403
    assert guard.post(go(referral, "accept")).status_code == 403


def test_a_coordinator_receives_requests_for_a_decision(
    caseworker: Membership, case: Case, coordinator: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(
        caseworker, case, coordinator.organisation, kind="identification", services=[]
    )
    browser = sign_in(coordinator)

    inbox = browser.get(reverse("protection:inbox")).text
    browser.post(go(referral, "accept"))

    assert "Asks for a decision on status" in inbox
    assert Case.objects.visible_to(actor_of(coordinator)).get() == case


def test_withdrawing_cuts_the_recipient_off(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    clinic = sign_in(receiver)
    clinic.post(go(referral, "accept"))
    assert clinic.get(case.get_absolute_url()).status_code == 200

    page = browser.post(go(referral, "withdraw"), follow=True).text

    assert "Withdrawn. They cannot open it any more." in page
    assert clinic.get(case.get_absolute_url()).status_code == 404


def test_when_consent_ends_the_recipient_loses_the_case_with_the_next_request(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)
    clinic = sign_in(receiver)
    clinic.post(go(referral, "accept"))
    assert clinic.get(case.get_absolute_url()).status_code == 200

    referral.refresh_from_db()
    assert referral.answered_at is not None
    after = referral.answered_at + timedelta(minutes=1)
    withdraw_consent(actor=actor_of(caseworker), consent=Consent.objects.get(), at=after)

    assert clinic.get(case.get_absolute_url()).status_code == 404
    assert clinic.get(refer_url(case)).status_code == 404
    assert not Case.objects.visible_to(actor_of(receiver)).exists()
    page = clinic.get(referral.get_absolute_url()).text
    assert "Withdrawn; access ended" in page


def test_when_consent_ended_before_an_answer_nothing_can_be_accepted(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    until = THEN + timedelta(minutes=1)  # long over when the page is opened
    an_answer(caseworker, case.person, receiver.organisation, expires_at=until)
    referral = commands.send_referral(
        actor=actor_of(caseworker), case=case, to=receiver.organisation, kind="service",
        services=["mhpss"], groups=["identity"], urgency="soon", reason="talk", at=THEN,
    )  # fmt: skip

    page = sign_in(receiver).post(go(referral, "accept"), follow=True).text

    assert "She has withdrawn her agreement." in page
    assert not Case.objects.visible_to(actor_of(receiver)).exists()


# Who may not


STEPS = ("receive", "accept", "decline", "begin", "complete", "withdraw")


def test_an_outsider_does_not_learn_that_a_referral_or_a_case_exists(
    caseworker: Membership, case: Case, receiver: Membership, outsider: Membership,
    sign_in: SignIn,
) -> None:  # fmt: skip
    referral = a_referral(caseworker, case, receiver.organisation)
    browser = sign_in(outsider)

    assert browser.get(referral.get_absolute_url()).status_code == 404
    assert browser.get(refer_url(case)).status_code == 404
    assert browser.post(refer_url(case), need(receiver.organisation)).status_code == 404
    for step in STEPS:
        assert browser.post(go(referral, step), {"reason": "other"}).status_code == 404
    referral.refresh_from_db()
    assert referral.state == "sent"


@pytest.mark.parametrize("step", ["receive", "accept", "decline", "begin", "complete"])
def test_the_sender_cannot_answer_for_the_recipient(
    browser: Client, caseworker: Membership, case: Case, receiver: Membership, step: str
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)

    answer = browser.post(go(referral, step), {"reason": "other", "feedback": "x"})

    assert answer.status_code == 403


def test_the_recipient_cannot_withdraw_for_the_sender(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    referral = a_referral(caseworker, case, receiver.organisation)

    assert sign_in(receiver).post(go(referral, "withdraw")).status_code == 403


def test_a_case_that_was_referred_opens_no_referral_of_another_case(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    mine = a_referral(caseworker, case, receiver.organisation)
    third = MembershipFactory.create()
    other = a_referral(third, a_case(third), MembershipFactory.create().organisation)
    browser = sign_in(receiver)
    browser.post(go(mine, "accept"))

    assert browser.get(other.get_absolute_url()).status_code == 404
    assert browser.post(go(other, "accept")).status_code == 404


@pytest.mark.parametrize("role", [Role.DPO, Role.ANALYST, Role.ADMINISTRATOR])
def test_roles_without_cases_open_no_inbox(
    shelter: Organisation, sign_in: SignIn, role: Role
) -> None:
    colleague = MembershipFactory.create(organisation=shelter, role=role)

    assert sign_in(colleague).get(reverse("protection:inbox")).status_code == 403


@pytest.mark.parametrize("name", ["inbox", "answered-referrals", "sent-referrals"])
def test_a_lists_part_for_htmx_is_the_part_of_the_page(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn, name: str
) -> None:
    a_referral(caseworker, case, receiver.organisation)
    browser, url = sign_in(receiver), reverse(f"protection:{name}")

    whole, part = browser.get(url).text, browser.get(url, headers={"HX-Request": "true"}).text

    assert part.strip() in whole
    assert "<html" not in part


@pytest.mark.parametrize("rows", [1, 50])
def test_the_inbox_costs_the_same_however_full(
    caseworker: Membership,
    receiver: Membership,
    sign_in: SignIn,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        a_referral(caseworker, a_case(caseworker), receiver.organisation)
    browser = sign_in(receiver)
    browser.get(reverse("protection:inbox"))

    with django_assert_num_queries(8):
        browser.get(reverse("protection:inbox"))


def test_the_rail_counts_what_waits(
    caseworker: Membership, case: Case, receiver: Membership, sign_in: SignIn
) -> None:
    a_referral(caseworker, case, receiver.organisation)

    page = sign_in(receiver).get(reverse("protection:inbox")).text

    assert '<span class="rail-count number">1</span>' in page
