"""One person's way from a border to closure, across two organisations, through the commands."""

from datetime import timedelta

from tests.factories import LATER, THEN, actor_of, an_answer, an_identity
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import open_identity
from tumar.protection import commands
from tumar.protection.models import Case


def test_a_person_is_screened_referred_protected_and_her_case_closed(
    screener: Membership, caseworker: Membership, supervisor: Membership, coordinator: Membership
) -> None:
    guard, worker, chief = actor_of(screener), actor_of(caseworker), actor_of(supervisor)
    screening = commands.start_screening(actor=guard, profile="adult_labour", at=THEN)
    answers = dict.fromkeys(["DR01", "DR02", "EX01", "EX02", "CD01", "CD03"], "observed")
    screening = commands.answer_screening(
        actor=guard, screening=screening, based_on=1, answers=answers, at=THEN
    )
    screening = commands.finish_screening(actor=guard, screening=screening, at=THEN)
    assert screening.result == "indications_of_trafficking"

    referral = commands.refer_urgently(
        actor=guard, screening=screening, to=caseworker.organisation,
        services=["shelter_emergency"], reason="no place for tonight", consented=True,
        article="", identity=an_identity(), at=THEN,
    )  # fmt: skip
    assert not Case.objects.visible_to(worker).exists()
    commands.accept_referral(actor=worker, referral=referral, at=LATER)
    case = Case.objects.visible_to(worker).get()
    assert case.lead == caseworker.organisation
    assert open_identity(actor=worker, person=case.person, at=LATER).name == "Айнура Токтосунова"

    an_answer(caseworker, case.person, coordinator.organisation, at=LATER)
    asked = commands.send_referral(
        actor=worker, case=case, to=coordinator.organisation, kind="identification",
        services=[], groups=["legal", "narrative"], urgency="soon", reason="decision", at=LATER,
    )  # fmt: skip
    commands.accept_referral(actor=actor_of(coordinator), referral=asked, at=LATER)
    commands.record_decision(
        actor=actor_of(coordinator), case=case, status="identified", body=coordinator.organisation,
        body_kind="government", legal_reference="Act 1, art. 2", reasons="the signs",
        decided_on=LATER.date(), at=LATER,
    )  # fmt: skip
    commands.complete_referral(
        actor=actor_of(coordinator), referral=asked, feedback="decided", at=LATER
    )

    commands.close_case(actor=chief, case=case, reason="goals_met", at=LATER + timedelta(days=90))
    case.refresh_from_db()
    assert (case.status, case.decision) == ("closed", "identified")
    assert Line.objects.about(case.person_id).count() > 10
