"""A screening through its pages, as a border guard with a telephone would have it."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    THEN,
    MembershipFactory,
    OrganisationFactory,
    a_screening,
    actor_of,
    an_identity,
)
from tumar.access import Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import open_identity
from tumar.protection import commands
from tumar.protection.models import Case, Referral, Screening
from tumar.reference.models import Organisation, Service

SIGNS = ["DR01", "DR02", "DR03", "EX01", "EX02", "CD01", "CD03", "VD01"]
HOSTILE = "<script>alert(1)</script>"

SignIn = Callable[[Membership], Client]


@pytest.fixture
def guard(screener: Membership, client: Client) -> Client:
    client.force_login(screener.user)
    return client


@pytest.fixture
def sign_in(db: None) -> SignIn:
    def signed_in(membership: Membership) -> Client:
        browser = Client()
        browser.force_login(membership.user)
        return browser

    return signed_in


def at(name: str, screening: Screening, *more: str) -> str:
    return reverse(f"protection:{name}", args=[screening.ref, *more])


def stored(screening: Screening) -> Screening:
    return Screening.objects.select_related("data_key").get(pk=screening.pk)


def test_in_doubt_a_child_is_presumed_and_safety_comes_first(guard: Client) -> None:
    answer = guard.post(
        reverse("protection:start-screening"),
        {"age": "maybe", "situation": "labour", "place": "border", "interpreter": "on"},
    )

    screening = Screening.objects.get()
    assert screening.profile == "child_labour"
    assert answer.url == at("screening-safety", screening)
    assert stored(screening).urgent == ["interpreter"]
    assert not screening.is_urgent


def test_a_beginning_without_answers_is_refused_and_keeps_what_was_chosen(guard: Client) -> None:
    page = guard.post(reverse("protection:start-screening"), {"place": "airport"})

    assert not Screening.objects.exists()
    assert "Please choose an answer." in page.text
    assert '<option value="airport" selected>' in page.text


def test_the_form_begins_with_where_this_organisation_usually_is(sign_in: SignIn) -> None:
    at_the_border = OrganisationFactory.create(kind="border_guard")
    guard = MembershipFactory.create(organisation=at_the_border, role=Role.SCREENER)

    page = sign_in(guard).get(reverse("protection:start-screening"))

    assert '<option value="border" selected>' in page.text


def test_an_emergency_needs_no_question(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    answer = guard.post(
        at("screening-safety", screening),
        {"version": 1, "urgent": ["danger_now", "no_food"], "then": "refer"},
    )

    assert answer.url == at("refer-now", screening)
    assert stored(screening).urgent == ["danger_now", "no_food"]
    assert stored(screening).is_urgent
    page = guard.get(answer.url)
    assert 'value="shelter_emergency" id="id_services_0" checked' in page.text.replace("\n", " ")


def test_each_answer_is_saved_and_leads_to_the_next_question(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)

    answer = guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "observed"})

    assert stored(screening).answers == {"DR01": "observed"}
    assert answer.url == at("ask", screening, "DR02")


def test_not_now_is_an_answer_too(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "not_asked"})

    assert stored(screening).answers == {"DR01": "not_asked"}


def test_after_the_last_question_acts_are_asked_once(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)
    signs = guard.get(at("screening-signs", screening)).context["parts"]
    all_but_one = [a.sign.id for part in signs for a in part.signs if a.sign.id != "EX05"]
    commands.answer_screening(
        actor=actor_of(screener),
        screening=screening,
        based_on=1,
        answers=dict.fromkeys(all_but_one, "unknown"),
        at=THEN,
    )

    answer = guard.post(at("ask", screening, "EX05"), {"version": 2, "EX05": "refused"})

    assert answer.url == at("screening-acts", screening)


def test_a_heavy_question_is_announced_and_says_why(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    heavy = guard.get(at("ask", screening, "CR01")).text
    light = guard.get(at("ask", screening, "DR01")).text

    assert "This question may hurt" in heavy
    assert "Only whether it happened matters here." in heavy
    assert "This question may hurt" not in light


def test_an_answer_that_is_no_answer_is_refused(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    page = guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "certainly"})

    assert page.status_code == 200
    assert "Please choose one of the answers." in page.text
    assert stored(screening).answers == {}


def test_a_sign_and_a_part_nobody_knows_are_not_found(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    assert guard.get(at("ask", screening, "XX99")).status_code == 404
    assert guard.get(at("screening-part", screening, "nonsense")).status_code == 404


def test_a_whole_part_is_answered_on_one_page(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    answer = guard.post(
        at("screening-part", screening, "exploitation"),
        {"version": 1, "EX01": "observed", "EX02": "refused", "EX03": "", "then": "part"},
    )

    assert stored(screening).answers == {"EX01": "observed", "EX02": "refused"}
    assert answer.url == at("screening-part", screening, "coercion_destination")


def test_the_last_part_leads_to_acts(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    answer = guard.post(
        at("screening-part", screening, "vulnerability_destination"),
        {"version": 1, "then": "acts"},
    )

    assert answer.url == at("screening-acts", screening)


def test_ticks_do_not_wipe_out_what_was_answered(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)
    guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "observed"})

    answer = guard.post(
        at("screening-signs", screening), {"version": 2, "EX01": "observed", "then": "finish"}
    )

    assert answer.url == screening.get_absolute_url()
    assert stored(screening).answers == {"DR01": "observed", "EX01": "observed"}
    assert stored(screening).state == "finished"


def test_acts_and_a_note_are_kept_and_a_hostile_note_is_only_text(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)

    guard.post(
        at("screening-acts", screening),
        {"version": 1, "acts": ["recruitment"], "note": HOSTILE, "then": "overview"},
    )

    page = guard.get(screening.get_absolute_url()).text
    assert HOSTILE not in page
    assert escape(HOSTILE) in page
    assert "Recruitment" in page


def test_two_who_answer_different_questions_lose_nothing(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)
    guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "observed"})

    guard.post(at("ask", screening, "DR02"), {"version": 1, "DR02": "refused"})

    assert stored(screening).answers == {"DR01": "observed", "DR02": "refused"}


def test_two_who_answer_the_same_question_see_both_and_choose(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)
    guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "observed"})

    clash = guard.post(at("ask", screening, "DR01"), {"version": 1, "DR01": "unknown"})

    assert clash.status_code == 409
    assert "Yes, seen or told" in clash.text
    assert "Not known" in clash.text
    assert stored(screening).answers == {"DR01": "observed"}
    again = {"version": 2, "DR01": "unknown"}
    guard.post(at("ask", screening, "DR01"), {**again, "choose-DR01": "theirs"})
    assert stored(screening).answers == {"DR01": "observed"}
    guard.post(at("ask", screening, "DR01"), {**again, "version": 3, "choose-DR01": "mine"})
    assert stored(screening).answers == {"DR01": "unknown"}


@pytest.mark.parametrize(
    ("step", "mine", "theirs", "word"),
    [
        ("screening-safety", {"urgent": ["no_food"]}, {"urgent": ["pregnancy"]}, "Pregnant"),
        ("screening-acts", {"acts": ["transfer"], "note": "a"}, {"note": "their note"}, "their"),
    ],
)
def test_a_clash_about_needs_or_a_note_shows_both(
    guard: Client,
    screener: Membership,
    step: str,
    mine: dict[str, object],
    theirs: dict[str, object],
    word: str,
) -> None:
    screening = a_screening(screener)
    commands.answer_screening(
        actor=actor_of(screener), screening=screening, based_on=1, at=THEN, **theirs
    )

    clash = guard.post(at(step, screening), {"version": 1, **mine})

    assert clash.status_code == 409
    assert word in clash.text


def test_stopping_keeps_everything_and_resuming_goes_on(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)

    guard.post(
        at("screening-part", screening, "exploitation"),
        {"version": 1, "EX01": "observed", "then": "stop"},
    )

    page = guard.get(screening.get_absolute_url()).text
    assert "Stopped, and everything is kept" in page
    assert "Excessive working days or hours" in page
    refused = guard.post(at("ask", screening, "DR01"), {"version": 2, "DR01": "observed"})
    assert refused.status_code == 403
    guard.post(at("resume-screening", screening))
    guard.post(at("ask", screening, "DR01"), {"version": 2, "DR01": "observed"})
    assert stored(screening).answers == {"EX01": "observed", "DR01": "observed"}


def test_stop_may_be_pressed_at_a_question(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)
    assert at("stop-screening", screening) in guard.get(at("ask", screening, "DR01")).text

    guard.post(at("stop-screening", screening), {"version": 1})

    assert stored(screening).state == "stopped"


def test_a_finished_screening_leads_back_to_its_outcome(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)

    guard.post(at("finish-screening", screening))

    assert guard.get(at("ask", screening, "DR01")).url == screening.get_absolute_url()
    assert guard.get(at("screening-safety", screening)).url == screening.get_absolute_url()


def test_the_result_says_what_was_seen_and_never_who_the_person_is(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)
    ticked = dict.fromkeys(SIGNS, "observed")
    guard.post(at("screening-signs", screening), {"version": 1, **ticked, "then": "finish"})

    page = guard.get(screening.get_absolute_url()).text

    assert "Signs of trafficking were observed in recruitment" in page
    assert "Meets the rule" in page
    assert "Identity or travel documents taken away" in page
    assert "delphi-2009/1" in page
    assert "secondary source" in page
    assert "is a victim" not in page
    assert "not a victim" not in page.replace("is or is not a victim", "")


def test_a_low_outcome_still_offers_the_referral(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)
    guard.post(at("finish-screening", screening))

    page = guard.get(screening.get_absolute_url()).text

    assert "Too little is known" in page
    assert at("refer-now", screening) in page


def test_weights_that_nobody_verified_are_named_as_such(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener, profile="adult_sexual")
    guard.post(at("finish-screening", screening))

    assert "Not verified for this set, so no rule was applied" in (
        guard.get(screening.get_absolute_url()).text
    )


def test_opening_a_screening_leaves_a_look_in_the_log(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)

    guard.get(screening.get_absolute_url())

    look = Line.objects.filter(kind="look", event="protection.screening.open")
    assert look.get().subject_id == str(screening.pk)


PAGES = [
    "screening",
    "screening-safety",
    "screening-signs",
    "screening-acts",
    "refer-now",
    "referred",
]
POSTS = ["finish-screening", "stop-screening", "resume-screening"]


@pytest.mark.parametrize("name", [*PAGES, *POSTS])
def test_another_organisation_does_not_learn_that_a_screening_exists(
    screener: Membership, outsider: Membership, sign_in: SignIn, name: str
) -> None:
    screening = a_screening(screener)
    browser = sign_in(outsider)

    assert browser.post(at(name, screening)).status_code in {404, 405}
    if name in PAGES:
        assert browser.get(at(name, screening)).status_code == 404
        nowhere = reverse(f"protection:{name}", args=["s-00000000"])
        assert browser.get(nowhere).status_code == 404


def test_questions_of_another_organisation_are_not_found(
    screener: Membership, outsider: Membership, sign_in: SignIn
) -> None:
    screening = a_screening(screener)
    browser = sign_in(outsider)

    for url in (
        at("ask", screening, "DR01"),
        at("screening-part", screening, "exploitation"),
    ):
        assert browser.get(url).status_code == 404
        assert browser.post(url, {"version": 1, "DR01": "observed"}).status_code == 404
    assert stored(screening).answers == {}


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DPO, Role.ANALYST, Role.ADMINISTRATOR])
def test_roles_that_meet_nobody_open_no_screening(
    screener: Membership, sign_in: SignIn, role: Role
) -> None:
    screening = a_screening(screener)
    colleague = MembershipFactory.create(organisation=screener.organisation, role=role)
    browser = sign_in(colleague)

    assert browser.get(reverse("protection:screenings")).status_code == 403
    assert browser.get(screening.get_absolute_url()).status_code == 403
    assert browser.post(reverse("protection:start-screening"), {}).status_code == 403


def test_only_what_a_step_asks_can_be_written(guard: Client, screener: Membership) -> None:
    screening = a_screening(screener)
    stranger = OrganisationFactory.create()
    names = {
        field.attname: str(uuid4()) if field.attname == "id" else stranger.pk
        for field in Screening._meta.concrete_fields
        if field.attname not in {"version", "urgent", "acts", "note"}
    }
    before = Screening.objects.filter(pk=screening.pk).values("organisation", "screener", "ref")[0]

    for step in ("screening-safety", "screening-acts"):
        version = stored(screening).version
        guard.post(at(step, screening), {**names, "version": version, "result": "x", "state": "x"})

    after = Screening.objects.filter(pk=screening.pk).values("organisation", "screener", "ref")[0]
    assert after == before
    assert stored(screening).state == "draft"
    assert stored(screening).result == ""


def test_the_list_shows_unfinished_ones_first_and_what_became_of_the_others(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    referred, draft = a_screening(screener), a_screening(screener)
    commands.finish_screening(actor=actor_of(screener), screening=referred, at=THEN)
    commands.refer_urgently(
        actor=actor_of(screener), screening=referred, to=shelter, services=["shelter_emergency"],
        reason="no bed", consented=True, article="", at=THEN,
    )  # fmt: skip

    page = guard.get(reverse("protection:screenings")).text

    assert page.index(draft.ref) < page.index(referred.ref)
    assert "Too little known yet" in page
    assert "Sent" in page


def test_the_list_part_for_htmx_is_the_part_of_the_page(
    guard: Client, screener: Membership
) -> None:
    a_screening(screener)
    url = reverse("protection:screenings")

    whole, part = guard.get(url).text, guard.get(url, headers={"HX-Request": "true"}).text

    assert part.strip() in whole
    assert "<html" not in part


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_however_long(
    guard: Client,
    screener: Membership,
    shelter: Organisation,
    rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        commands.finish_screening(
            actor=actor_of(screener), screening=a_screening(screener), at=THEN
        )
    guard.get(reverse("protection:screenings"))

    with django_assert_num_queries(5):
        guard.get(reverse("protection:screenings"))


def accept(by: Membership) -> None:
    referral = Referral.objects.get()
    assert referral.sent_at is not None
    soon = referral.sent_at + timedelta(minutes=5)
    commands.accept_referral(actor=actor_of(by), referral=referral, at=soon)


def urgent(to: Organisation, **but: object) -> dict[str, object]:
    plain = {
        "services": ["shelter_emergency"],
        "to": to.pk,
        "reason": "nowhere to sleep",
        "agreed": "yes",
        "article": "Law, art. 5",
        "name": "Айнура",
        "sex": "female",
        "age": "17",
        "phone": "+996 700 123456",
        "safety": "text only",
    }
    return {**plain, **but}


def test_from_the_first_page_to_a_sent_referral_in_six_screens(
    guard: Client, shelter: Organisation, caseworker: Membership
) -> None:
    screens = [reverse("protection:start-screening")]
    answer = guard.post(screens[-1], {"age": "no", "situation": "labour", "language": "kir"})
    screens.append(answer.url)  # safety
    answer = guard.post(
        screens[-1], {"version": 1, "urgent": ["no_shelter_tonight"], "then": "signs"}
    )
    screens.append(answer.url)  # signs as ticks
    ticks = dict.fromkeys(SIGNS, "observed")
    answer = guard.post(screens[-1], {"version": 2, **ticks, "then": "finish_and_refer"})
    screens.append(answer.url)  # the form, with the outcome in words
    assert "Signs of trafficking were observed" in guard.get(screens[-1]).text
    preview = guard.post(screens[-1], urgent(shelter, step="preview"))
    screens.append("preview")
    assert "They will see this" in preview.text
    answer = guard.post(screens[3], urgent(shelter, step="send"))
    screens.append(answer.url)  # it is sent
    page = guard.get(answer.url).text

    referral = Referral.objects.get()
    assert len(screens) == 6
    assert referral.ref in page
    assert "What happens now" in page
    assert (referral.recipient, referral.state) == (shelter, "sent")
    assert referral.consent is not None


def test_the_preview_is_exactly_what_the_recipient_sees(
    guard: Client, screener: Membership, shelter: Organisation, caseworker: Membership,
    sign_in: SignIn,
) -> None:  # fmt: skip
    screening = a_screening(screener)
    preview = guard.post(at("refer-now", screening), urgent(shelter, step="preview"))
    guard.post(at("refer-now", screening), urgent(shelter, step="send"))
    referral = Referral.objects.get()

    seen = sign_in(caseworker).get(referral.get_absolute_url())

    assert preview.context["package"] == seen.context["words"]
    assert "9 to 17 years" in seen.text
    assert "Айнура" not in seen.text
    assert "700 123456" not in seen.text


def test_nothing_is_sent_by_looking_at_the_preview_or_changing_something(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)

    guard.post(at("refer-now", screening), urgent(shelter, step="preview"))
    page = guard.post(at("refer-now", screening), urgent(shelter, step="edit")).text

    assert not Referral.objects.exists()
    assert "nowhere to sleep" in page
    assert 'value="Айнура"' in page


def test_the_name_opens_only_for_whoever_accepted(
    guard: Client, screener: Membership, shelter: Organisation, caseworker: Membership
) -> None:
    screening = a_screening(screener)
    guard.post(at("refer-now", screening), urgent(shelter, step="send"))

    accept(caseworker)

    case = Case.objects.visible_to(actor_of(caseworker)).get()
    identity = open_identity(actor=actor_of(caseworker), person=case.person, at=THEN)
    assert identity.name == "Айнура"
    assert identity.contacts[0].value == "+996 700 123456"


def test_without_a_yes_a_law_must_be_named(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)
    no_article = urgent(shelter, agreed="no", article="", step="send")

    page = guard.post(at("refer-now", screening), no_article).text

    assert "Write the law and the article you rely on." in page
    assert "nowhere to sleep" in page
    assert not Referral.objects.exists()
    guard.post(at("refer-now", screening), urgent(shelter, agreed="no", step="send"))
    ground = Referral.objects.get().legal_ground
    assert ground is not None
    assert (ground.basis, ground.article) == ("vital_interest", "Law, art. 5")


def test_a_referral_to_nobody_is_refused_and_keeps_what_was_typed(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)
    own = screener.organisation

    page = guard.post(at("refer-now", screening), urgent(own, reason=HOSTILE, step="send")).text

    assert "Choose an organisation." in page
    assert escape(HOSTILE) in page
    assert HOSTILE not in page
    assert not Referral.objects.exists()


def test_the_same_inbox_is_not_asked_twice_and_the_person_is_not_asked_again(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)
    guard.post(at("refer-now", screening), urgent(shelter, step="send"))

    again = guard.get(at("refer-now", screening)).text
    second = guard.post(at("refer-now", screening), urgent(shelter, step="send")).text

    assert "What to call the person" not in again
    assert "This organisation has this case already." in second
    assert Referral.objects.count() == 1


def test_once_somebody_has_taken_the_person_on_the_case_is_theirs_to_refer(
    guard: Client, screener: Membership, shelter: Organisation, caseworker: Membership,
) -> None:  # fmt: skip
    other = OrganisationFactory.create()
    screening = a_screening(screener)
    guard.post(at("refer-now", screening), urgent(shelter, step="send"))
    accept(caseworker)

    answer = guard.post(at("refer-now", screening), urgent(other, step="send"))

    assert answer.status_code == 403
    assert Referral.objects.count() == 1
    assert "Another organisation accompanies this person now." in (
        guard.get(screening.get_absolute_url()).text
    )


def test_those_who_offer_what_is_needed_come_first_and_a_secret_area_stays_secret(
    guard: Client, screener: Membership
) -> None:
    OrganisationFactory.create(name="Aardvark aid")
    hidden = OrganisationFactory.create(
        name="Zebra house", area="KG04000000000", confidential_address=True
    )
    Service.objects.create(
        organisation=hidden, service="shelter_emergency", capacity=12, hours="day and night",
        languages=["kir"],
    )  # fmt: skip
    screening = a_screening(screener)
    guard.post(at("screening-safety", screening), {"version": 1, "urgent": ["no_shelter_tonight"]})

    page = guard.get(at("refer-now", screening)).text

    assert page.index("Zebra house") < page.index("Aardvark aid")
    assert "12 places" in page
    assert "day and night" in page
    assert hidden.get_area_display() not in page


def test_a_screening_that_was_not_referred_has_no_confirmation(
    guard: Client, screener: Membership
) -> None:
    screening = a_screening(screener)

    assert guard.get(at("referred", screening)).url == screening.get_absolute_url()


def test_the_name_on_an_earlier_case_is_never_shown_to_a_screener(
    guard: Client, screener: Membership, shelter: Organisation
) -> None:
    screening = a_screening(screener)
    commands.refer_urgently(
        actor=actor_of(screener), screening=screening, to=shelter, services=["mhpss"],
        reason="now", consented=True, article="", identity=an_identity(), at=THEN,
    )  # fmt: skip

    pages = [
        guard.get(url).text
        for url in (
            screening.get_absolute_url(),
            at("referred", screening),
            at("refer-now", screening),
            Referral.objects.get().get_absolute_url(),
        )
    ]

    assert not any("Токтосунова" in page for page in pages)
