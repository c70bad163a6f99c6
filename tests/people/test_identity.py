"""A sealed identity: registered, opened on record, changed by two people at once."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import LATER, THEN, a_person, actor_of, an_answer, an_identity
from tumar.access import NotAllowed
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import (
    ChangedMeanwhile,
    end_grants,
    grant_access,
    open_identity,
    save_part,
    see_who_looked,
    take_in,
    withdraw_consent,
)
from tumar.people.models import Person
from tumar.people.queries import Question, find_candidates, names_of, versions_of
from tumar.people.rules import Contact, Document, Identity, Name, identity_from

CANARIES = ("Kanarienvogel", "996555010203", "QQ7654321", "Unreachable street 9")


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


def save(by: Membership, person: Person, names: list[str], based_on: int, **but: Any) -> Any:
    content = {"names": [{"text": name, "kind": "legal"} for name in names]}
    plain = {"kind": "names", "content": content, "at": LATER}
    return save_part(actor=actor_of(by), person=person, based_on=based_on, **{**plain, **but})


def test_what_was_registered_is_opened_as_it_was(caseworker: Membership, person: Person) -> None:
    opened = open_identity(actor=actor_of(caseworker), person=person, at=LATER)

    assert opened == an_identity()


def test_an_identity_survives_being_taken_apart() -> None:
    identity = an_identity()

    assert identity_from(identity.parts()) == identity
    assert identity_from({}) == Identity()


def test_a_person_without_a_name_has_a_code_name(caseworker: Membership) -> None:
    person = take_in(actor=actor_of(caseworker), identity=Identity(), answer=None, at=THEN)

    assert person.code_name
    assert names_of([person]) == {person.pk: ""}
    assert not person.tokens.exists()


def test_an_answer_that_cannot_be_kept_leaves_no_person(caseworker: Membership) -> None:
    with pytest.raises(ValueError, match="consent_methods"):
        take_in(
            actor=actor_of(caseworker),
            identity=an_identity(),
            answer={"state": "given", "given_by": "self", "method": "by gossip"},
            at=THEN,
        )

    assert not Person.objects.exists()
    assert not Line.objects.filter(event="people.person.register").exists()


def test_opening_is_on_record(caseworker: Membership, person: Person) -> None:
    open_identity(actor=actor_of(caseworker), person=person, at=LATER)

    line = Line.objects.get(event="people.identity.open")
    assert (line.kind, line.person, line.at) == ("look", person.pk, LATER)


def test_an_outsider_opens_nothing_and_leaves_a_line(outsider: Membership, person: Person) -> None:
    with pytest.raises(NotAllowed):
        open_identity(actor=actor_of(outsider), person=person, at=LATER)

    assert Line.objects.get(event="people.identity.open").kind == "denial"


@pytest.mark.parametrize("role", ["screener", "coordinator", "dpo", "analyst", "administrator"])
def test_no_other_role_of_the_same_organisation_opens_it(
    caseworker: Membership, person: Person, role: str
) -> None:
    from tests.factories import MembershipFactory

    member = MembershipFactory.create(organisation=caseworker.organisation, role=role)

    with pytest.raises(NotAllowed, match="Only case workers and supervisors"):
        open_identity(actor=actor_of(member), person=person, at=LATER)


def test_a_grant_without_the_identity_does_not_open_it(
    caseworker: Membership, outsider: Membership, person: Person
) -> None:
    plain = {"actor": actor_of(caseworker), "person": person, "ground": "referral:1", "at": THEN}
    grant_access(to=outsider.organisation, groups=["health"], **plain)

    assert Person.objects.visible_to(actor_of(outsider)).exists()
    with pytest.raises(NotAllowed, match="was not shared"):
        open_identity(actor=actor_of(outsider), person=person, at=LATER)

    end_grants(**plain)
    assert not Person.objects.visible_to(actor_of(outsider)).exists()


def test_a_changed_part_has_a_higher_version_and_finds_the_person_anew(
    caseworker: Membership, person: Person
) -> None:
    actor, anew = actor_of(caseworker), Question(name="Гулзат Маматова")
    assert find_candidates(actor, anew) == []

    part = save(caseworker, person, ["Гулзат Маматова"], based_on=1)

    assert part.version == 2
    assert versions_of(person)["names"] == 2
    assert [found.person for found in find_candidates(actor, anew)] == [person]


def test_the_second_of_two_sees_what_the_first_wrote_and_nothing_is_lost(
    caseworker: Membership, supervisor: Membership, person: Person
) -> None:
    save(caseworker, person, ["first"], based_on=1)

    with pytest.raises(ChangedMeanwhile) as clash:
        save(supervisor, person, ["second"], based_on=1)

    assert clash.value.version == 2
    assert clash.value.theirs == {"names": [{"text": "first", "kind": "legal"}]}
    assert names_of([person]) == {person.pk: "first"}


def test_two_parts_can_be_changed_at_once(
    caseworker: Membership, supervisor: Membership, person: Person
) -> None:
    save(caseworker, person, ["first"], based_on=1)

    save(supervisor, person, [], based_on=1, kind="documents", content={"documents": []})

    assert versions_of(person)["documents"] == 2


def test_everyone_who_looked_is_listed_newest_first(
    caseworker: Membership, supervisor: Membership, person: Person
) -> None:
    open_identity(actor=actor_of(supervisor), person=person, at=LATER)

    at = LATER + timedelta(hours=1)
    lines = see_who_looked(actor=actor_of(caseworker), person=person, at=at)

    assert [line.event for line in lines][:2] == ["people.identity.open", "people.grant.give"] or (
        lines[0].event == "people.identity.open"
    )
    assert lines[0].user_id == supervisor.user_id


def test_the_log_holds_no_one_s_data(caseworker: Membership, outsider: Membership) -> None:
    name, phone, document, street = CANARIES
    person = a_person(
        caseworker,
        names=(Name(name),),
        documents=(Document("passport", document),),
        contacts=(Contact("phone", phone, note=name, code_word=name),),
    )
    actor = actor_of(caseworker)
    answer = an_answer(caseworker, person, outsider.organisation, words=name)
    withdraw_consent(actor=actor, consent=answer, at=LATER)
    save(caseworker, person, [name, street], based_on=1)
    with pytest.raises(ChangedMeanwhile):
        save(caseworker, person, [name], based_on=1)
    open_identity(actor=actor, person=person, at=LATER)

    log = "\n".join(line.canonical().decode() for line in Line.objects.all()).casefold()

    for canary in CANARIES:
        assert canary.casefold() not in log
        assert canary[::-1].casefold() not in log
