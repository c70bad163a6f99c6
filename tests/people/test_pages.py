"""The pages about a person: search first, nothing required, nothing lost, nothing for strangers."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import LATER, MembershipFactory, a_person, actor_of, an_answer
from tumar.access import Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import open_identity, save_part
from tumar.people.models import Consent, LegalGround, Person
from tumar.people.queries import names_of

HOSTILE = "<script>alert('x')</script>"
DAY = {"born_day": "", "born_month": "", "born_year": ""}


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


def page_of(person: Person, rest: str = "") -> str:
    return f"/people/persons/{person.pseudonym}/{rest}"


def text(answer: Any) -> str:
    """A page without what differs from one answer to the next: its tokens and its time."""
    shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"<time.*?</time>", "", shown, flags=re.DOTALL)


def addresses(person: Person, answer: Consent) -> list[str]:
    return [
        page_of(person, rest)
        for rest in (
            "",
            "edit/names/",
            "photo/add/",
            "looked/",
            "consents/",
            "consents/ask/",
            "consents/law/",
            f"consents/{answer.pk}/narrow/",
            f"consents/{answer.pk}/withdraw/",
        )
    ]


# Who gets in


def test_to_an_outsider_no_page_of_hers_exists(
    client: Client, outsider: Membership, caseworker: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None)
    client.force_login(outsider.user)

    for url in addresses(person, answer):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code in {404, 405}


@pytest.mark.parametrize(
    "role", [Role.SCREENER, Role.COORDINATOR, Role.ANALYST, Role.ADMINISTRATOR]
)
def test_other_roles_are_refused_at_the_door(
    client: Client, caseworker: Membership, person: Person, role: Role
) -> None:
    member = MembershipFactory.create(organisation=caseworker.organisation, role=role)
    client.force_login(member.user)

    for url in (page_of(person), page_of(person, "looked/"), "/people/search/", "/people/intake/"):
        assert client.get(url).status_code == 403


def test_reading_a_page_writes_nothing_but_looks(
    browser: Client, caseworker: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None)
    before = Line.objects.filter(kind="act").count()

    for url in (*addresses(person, answer), "/people/search/", "/people/intake/"):
        assert browser.get(url).status_code == 200

    assert Line.objects.filter(kind="act").count() == before


def test_an_answer_is_looked_for_under_its_own_person(
    browser: Client, caseworker: Membership, person: Person
) -> None:
    other = an_answer(caseworker, a_person(caseworker), None)

    for rest in ("narrow", "withdraw"):
        assert browser.post(page_of(person, f"consents/{other.pk}/{rest}/")).status_code == 404
    other.refresh_from_db()
    assert other.state == "given"


# Search and intake


def test_a_search_shows_who_and_why_and_never_in_the_address(
    browser: Client, person: Person
) -> None:
    shown = text(browser.post("/people/search/", {"name": "Ainura Toktosunova", **DAY}))

    assert page_of(person) in shown
    assert "Name sounds alike" in shown
    assert "Айнура Токтосунова" in shown


def test_the_answer_about_somebody_out_of_scope_is_the_answer_about_nobody(
    client: Client, outsider: Membership, caseworker: Membership
) -> None:
    client.force_login(outsider.user)
    asked = {"name": "Айнура Токтосунова", "document": "AC 1234567", **DAY}
    before = text(client.post("/people/intake/", asked))

    a_person(caseworker)

    after = text(client.post("/people/intake/", asked))
    assert after == before
    assert "ask the national coordinator" in after


def test_an_empty_search_says_what_to_do(browser: Client) -> None:
    assert "Write at least one thing" in text(browser.post("/people/search/", DAY))


def test_a_year_alone_is_too_little_to_search_by(browser: Client) -> None:
    asked = {"born_day": "", "born_month": "", "born_year": "2001"}

    assert "too little to search by" in text(browser.post("/people/search/", asked))


def test_a_search_page_asked_by_htmx_is_a_part_of_the_page(browser: Client, person: Person) -> None:
    asked = {"name": "Айнура", **DAY}

    page = text(browser.post("/people/search/", asked))
    part = text(browser.post("/people/search/", asked, headers={"HX-Request": "true"}))

    assert part.strip().startswith('<div id="found"')
    assert part.strip() in page


def test_registration_begins_with_a_search(browser: Client) -> None:
    assert browser.get("/people/intake/register/").headers["Location"] == "/people/intake/"


def test_what_was_searched_for_need_not_be_written_again(browser: Client) -> None:
    asked = {"begin": "1", "name": "Айнура", "born": "2001-05~", "document": "AC 1", "phone": ""}

    page = text(browser.post("/people/intake/register/", asked))

    assert 'value="Айнура"' in page
    assert 'value="2001"' in page
    assert 'value="AC 1"' in page


def test_nothing_is_required_to_register(browser: Client) -> None:
    page = text(browser.post("/people/intake/register/", {"begin": "1"}))
    assert not re.search(r"<(input|select|textarea)[^>]* required", page)

    answer = browser.post("/people/intake/register/", {"screening": ""})

    person = Person.objects.get()
    assert answer.status_code == 302
    assert person.pseudonym in answer.headers["Location"]
    assert person.code_name


def a_registration(**but: str) -> dict[str, str]:
    plain = {
        "names-rows": "2",
        "names-0-text": "Айнура Токтосунова",
        "names-0-kind": "legal",
        "names-1-text": "Ainura",
        "names-1-kind": "known_as",
        "birth-born_year": "2009",
        "birth-born_about": "on",
        "birth-sex": "female",
        "birth-gender": "",
        "citizenships-rows": "2",
        "citizenships-0-code": "stateless",
        "citizenships-1-code": "",
        "languages-rows": "1",
        "languages-0-code": "kir",
        "help-interpreter": "kir",
        "documents-rows": "1",
        "documents-0-number": "AC 1234567",
        "contacts-rows": "1",
        "contacts-0-channel": "phone",
        "contacts-0-value": "0700 123456",
        "contacts-0-safe": "no",
        "addresses-rows": "1",
        "addresses-0-area": "KG08000000000",
        "consent-state": "given",
        "consent-given_by": "self",
        "consent-method": "written",
        "consent-explained": "told_purpose",
        "consent-words": "yes",
    }
    return {**plain, **but}


def test_all_that_was_told_is_kept(browser: Client, caseworker: Membership) -> None:
    browser.post("/people/intake/register/", a_registration())

    person = Person.objects.select_related("data_key").get()
    identity = open_identity(actor=actor_of(caseworker), person=person, at=LATER)
    assert [(name.text, name.kind) for name in identity.names] == [
        ("Айнура Токтосунова", "legal"),
        ("Ainura", "known_as"),
    ]
    assert (str(identity.born), identity.sex, identity.gender) == ("2009~", "female", "")
    assert (identity.citizenships, identity.interpreter) == (("stateless",), "kir")
    assert (identity.contacts[0].value, identity.contacts[0].safe) == ("0700 123456", "no")
    assert identity.addresses[0].area == "KG08000000000"
    consent = person.consents.get()
    assert (consent.purpose, consent.state, consent.explained, consent.words) == (
        "case_management",
        "given",
        ["told_purpose"],
        "yes",
    )


def test_another_row_is_one_press_away_and_nothing_is_saved_by_it(browser: Client) -> None:
    page = text(browser.post("/people/intake/register/", a_registration(**{"names-more": "1"})))

    assert 'name="names-2-text"' in page
    assert 'value="Ainura"' in page
    assert not Person.objects.exists()


def test_a_refused_registration_keeps_what_was_written_and_says_what_to_do(browser: Client) -> None:
    wrong = a_registration(**{"birth-born_year": "", "birth-born_day": "5", "consent-method": ""})

    page = text(browser.post("/people/intake/register/", wrong))

    assert "Add the year." in page
    assert "without it the answer proves nothing" in page
    assert 'value="Айнура Токтосунова"' in page
    assert not Person.objects.exists()


def test_a_row_half_filled_is_not_thrown_away_in_silence(browser: Client) -> None:
    wrong = a_registration(**{"contacts-0-value": "", "contacts-0-note": "after six"})

    page = text(browser.post("/people/intake/register/", wrong))

    assert "Fill in “Number, address or name”" in page
    assert 'value="after six"' in page


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Айнура \u202e\u0000 Токтосунова\r\n", "Айнура Токтосунова"),
        ("e\u0301" + "\u0301" * 50, "é" + "\u0301" * 3),
        (HOSTILE, HOSTILE),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ],
)
def test_a_hostile_name_is_kept_clean_and_shown_harmless(
    browser: Client, written: str, kept: str
) -> None:
    browser.post("/people/intake/register/", {"names-rows": "1", "names-0-text": written})

    person = Person.objects.select_related("data_key").get()
    page = text(browser.get(page_of(person)))
    assert names_of([person]) == {person.pk: kept}
    assert HOSTILE not in page
    assert "<h1>" in page
    assert "<bdi>" in page


def test_a_name_of_ten_thousand_letters_is_refused_with_its_length(browser: Client) -> None:
    long = {"names-rows": "1", "names-0-text": "a" * 10_000}

    assert "Please shorten this" in text(browser.post("/people/intake/register/", long))
    assert not Person.objects.exists()


@pytest.mark.parametrize("rows", ["-1", "0", "9999999", "x", "²", ""])
def test_a_false_number_of_rows_breaks_nothing(browser: Client, rows: str) -> None:
    sent = {"names-rows": rows, "names-0-text": "Айнура"}

    assert browser.post("/people/intake/register/", sent).status_code == 302


# The identity


def test_opening_her_page_is_on_record_and_says_so(browser: Client, person: Person) -> None:
    page = text(browser.get(page_of(person)))

    assert "This look is on record" in page
    assert "Some ways to reach the person are not safe" in page
    assert Line.objects.filter(event="people.identity.open", person=person.pk).count() == 1


def test_her_page_costs_the_same_with_many_contacts(
    browser: Client, caseworker: Membership, django_assert_num_queries: Any
) -> None:
    from tumar.people.rules import Contact

    one = a_person(caseworker)
    many = a_person(caseworker, contacts=tuple(Contact("phone", str(n)) for n in range(50)))
    browser.get(page_of(one))

    with django_assert_num_queries(16) as counted:
        browser.get(page_of(one))
    with django_assert_num_queries(len(counted)):
        browser.get(page_of(many))


def test_a_part_is_edited_on_its_own_page(
    browser: Client, caseworker: Membership, person: Person
) -> None:
    sent = {"version": "1", "names-rows": "1", "names-0-text": "Гулзат", "names-0-kind": "legal"}

    answer = browser.post(page_of(person, "edit/names/"), sent)

    assert answer.headers["Location"] == page_of(person)
    assert names_of([person]) == {person.pk: "Гулзат"}


def test_a_part_nobody_knows_does_not_exist(browser: Client, person: Person) -> None:
    assert browser.get(page_of(person, "edit/gossip/")).status_code == 404


def two_who_edit(browser: Client, supervisor: Membership, person: Person) -> Any:
    save_part(
        actor=actor_of(supervisor),
        person=person,
        kind="names",
        content={"names": [{"text": "theirs", "kind": "legal"}]},
        based_on=1,
        at=LATER,
    )
    sent = {"version": "1", "names-rows": "1", "names-0-text": "mine", "names-0-kind": "legal"}
    return browser.post(page_of(person, "edit/names/"), sent), sent


def test_the_second_to_save_sees_both_versions(
    browser: Client, supervisor: Membership, person: Person
) -> None:
    answer, _sent = two_who_edit(browser, supervisor, person)

    page = text(answer)
    assert "Two people wrote here" in page
    assert "theirs" in page
    assert 'value="mine"' in page
    assert names_of([person]) == {person.pk: "theirs"}


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        (("theirs", "theirs"), ["theirs"]),
        (("mine", "mine"), ["mine"]),
        (("theirs", "mine"), ["theirs", "mine"]),
    ],
)
def test_of_two_versions_the_reader_keeps_what_they_choose(
    browser: Client,
    caseworker: Membership,
    supervisor: Membership,
    person: Person,
    choices: tuple[str, str],
    kept: list[str],
) -> None:
    _answer, sent = two_who_edit(browser, supervisor, person)
    chosen = {f"choose-{place}": side for place, side in enumerate(choices)}

    browser.post(page_of(person, "edit/names/"), {**sent, **chosen, "version": "2"})

    opened = open_identity(actor=actor_of(caseworker), person=person, at=LATER)
    assert [name.text for name in opened.names] == kept


# Consent


def an_asking(**but: Any) -> dict[str, Any]:
    plain = {
        "purpose": "medical",
        "recipient": "",
        "groups": ["identity", "health"],
        "state": "given",
        "given_by": "self",
        "method": "written",
        "explained": ["told_purpose"],
        "until": "",
        "words": HOSTILE,
    }
    return {**plain, **but}


def test_an_answer_is_written_down_and_shown(browser: Client, person: Person) -> None:
    browser.post(page_of(person, "consents/ask/"), an_asking())

    page = text(browser.get(page_of(person, "consents/")))
    assert person.consents.get().groups == ["health", "identity"]
    assert "1 of 7 points explained" in page
    assert HOSTILE not in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"groups": []}, "at least one group"),
        ({"until": "2000-01-01"}, "a day after today"),
        ({"state": ""}, "Please choose an answer"),
        ({"method": ""}, "proves nothing"),
        ({"purpose": "gossip"}, "not one of the available"),
        ({"recipient": "999999"}, "not one of the available"),
    ],
)
def test_an_answer_that_proves_nothing_is_refused(
    browser: Client, person: Person, wrong: dict[str, Any], words: str
) -> None:
    page = text(browser.post(page_of(person, "consents/ask/"), an_asking(**wrong)))

    assert words in page
    assert not person.consents.exists()


def test_withdrawing_takes_two_taps_and_counts_at_once(
    browser: Client, caseworker: Membership, outsider: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, outsider.organisation)
    url = page_of(person, f"consents/{answer.pk}/withdraw/")
    assert url in text(browser.get(page_of(person, "consents/")))
    assert outsider.organisation.name in text(browser.get(url))

    page = text(browser.post(url, follow=True))

    answer.refresh_from_db()
    assert answer.state == "withdrawn"
    assert "It counts from this moment" in page


def test_withdrawing_says_who_was_cut_off(
    browser: Client, caseworker: Membership, outsider: Membership, person: Person
) -> None:
    from tests.factories import a_case, a_referral

    a_referral(caseworker, a_case(caseworker, person=person), outsider.organisation)
    from tumar.protection.commands import accept_referral
    from tumar.protection.models import Referral

    accept_referral(actor=actor_of(outsider), referral=Referral.objects.get(), at=LATER)
    answer = person.consents.get()

    page = text(browser.post(page_of(person, f"consents/{answer.pk}/withdraw/"), follow=True))

    assert f"Cut off now: {outsider.organisation.name}." in page
    assert not Person.objects.visible_to(actor_of(outsider)).exists()


def test_less_can_be_agreed_to_but_not_nothing(
    browser: Client, caseworker: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None, groups=["identity", "health"])
    url = page_of(person, f"consents/{answer.pk}/narrow/")

    assert "withdraw the whole answer" in text(browser.post(url, {}))
    assert "at least one group" in text(browser.post(url, {"groups": ["identity", "health"]}))
    browser.post(url, {"groups": ["health"]})

    answer.refresh_from_db()
    assert (answer.state, answer.groups) == ("narrowed", ["health"])


def test_a_law_is_stated_with_its_article(browser: Client, person: Person) -> None:
    url = page_of(person, "consents/law/")
    sent = {"purpose": "medical", "basis": "vital_interest", "article": "art. 1", "reason": "why"}

    assert "Please fill this in" in text(browser.post(url, {**sent, "article": ""}))
    browser.post(url, sent)

    assert LegalGround.objects.get().article == "art. 1"
    assert "art. 1" in text(browser.get(page_of(person, "consents/")))


def test_the_consents_cost_the_same_for_one_answer_and_for_fifty(
    browser: Client, caseworker: Membership, person: Person, django_assert_num_queries: Any
) -> None:
    an_answer(caseworker, person, None)
    url = page_of(person, "consents/")
    browser.get(url)
    with django_assert_num_queries(14) as counted:
        browser.get(url)
    for _ in range(49):
        an_answer(caseworker, person, None)

    with django_assert_num_queries(len(counted)):
        browser.get(url)


# Who looked


def test_who_looked_is_told_in_words_and_others_staff_is_not_named(
    browser: Client, caseworker: Membership, outsider: Membership, person: Person
) -> None:
    from tumar.access import NotAllowed

    with pytest.raises(NotAllowed):
        open_identity(actor=actor_of(outsider), person=person, at=LATER)

    page = text(browser.get(page_of(person, "looked/")))

    assert "Registered the person" in page
    assert "Refused" in page
    assert caseworker.user.full_name in page
    assert outsider.organisation.name in page
    assert outsider.user.full_name not in page


def test_the_data_protection_officer_sees_who_looked_and_no_name(
    client: Client, caseworker: Membership, person: Person
) -> None:
    officer = MembershipFactory.create(organisation=caseworker.organisation, role=Role.DPO)
    client.force_login(officer.user)

    page = text(client.get(page_of(person, "looked/")))

    assert "Registered the person" in page
    assert "Айнура" not in page
    assert page_of(person) + '"' not in page
    assert client.get(page_of(person)).status_code == 403
