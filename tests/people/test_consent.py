"""Her answers: for how long they count, how they may move, and which of them is the ground."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import LATER, THEN, a_person, actor_of, an_answer
from tumar.access import NotAllowed
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import (
    expire_consents,
    narrow_consent,
    record_consent,
    state_legal_ground,
    withdraw_consent,
)
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.models import Consent, ConsentState, Person
from tumar.people.queries import ground_for
from tumar.people.rules import CONSENT_NEXT, EXPLAINED
from tumar.people.slots import ON_CONSENT_ENDED
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation

HOURS = st.integers(min_value=-2000, max_value=2000).map(lambda hours: timedelta(hours=hours))
HEALTH = ["identity", "health"]


@pytest.fixture
def person(caseworker: Membership) -> Person:
    return a_person(caseworker)


@pytest.fixture
def clinic(outsider: Membership) -> Organisation:
    return outsider.organisation


def ground(person: Person, to: Organisation, **but: Any) -> Any:
    plain = {"purpose": "referral", "groups": ["identity"], "at": LATER}
    return ground_for(person, recipient=to, **{**plain, **but})


def is_ground(person: Person, to: Organisation, **but: Any) -> bool:
    return bool(ground(person, to, **but))


@given(
    state=st.sampled_from(ConsentState.values),
    begun=HOURS,
    lasts=st.none() | st.integers(1, 2000).map(lambda hours: timedelta(hours=hours)),
)
def test_an_answer_counts_exactly_within_its_window(
    state: str, begun: timedelta, lasts: timedelta | None
) -> None:
    given_at = THEN + begun
    answer = Consent(state=state, given_at=given_at, expires_at=given_at + lasts if lasts else None)
    is_yes = state in ("given", "narrowed")

    assert answer.is_live(THEN) == (
        is_yes and given_at <= THEN and (lasts is None or given_at + lasts > THEN)
    )


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(begun=HOURS, lasts=st.none() | st.integers(1, 2000), look=HOURS)
def test_the_database_and_the_model_agree_on_what_is_live(
    caseworker: Membership, begun: timedelta, lasts: int | None, look: timedelta
) -> None:
    person = Person.objects.first() or a_person(caseworker)
    given_at = THEN + begun
    expires_at = given_at + timedelta(hours=lasts) if lasts else None
    answer = an_answer(caseworker, person, None, at=given_at, expires_at=expires_at)

    live = Consent.objects.live(THEN + look).filter(pk=answer.pk).exists()

    assert live == answer.is_live(THEN + look)


def test_at_its_last_moment_an_answer_is_over(caseworker: Membership, person: Person) -> None:
    answer = an_answer(caseworker, person, None, expires_at=LATER)

    assert answer.is_live(LATER - timedelta(microseconds=1))
    assert not answer.is_live(LATER)


def test_an_answer_cannot_end_before_it_began(caseworker: Membership, person: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_answer(caseworker, person, None, expires_at=THEN)


MOVES = [*product(ConsentState.values, ("narrowed", "withdrawn"))]


@pytest.mark.parametrize(("state", "to"), MOVES)
def test_an_answer_moves_only_as_the_table_says(
    caseworker: Membership, person: Person, state: str, to: str
) -> None:
    answer = an_answer(caseworker, person, None, state=state)
    actor = actor_of(caseworker)

    def move() -> None:
        if to == "narrowed":
            narrow_consent(actor=actor, consent=answer, groups=HEALTH, at=LATER)
        else:
            withdraw_consent(actor=actor, consent=answer, at=LATER)

    if to in CONSENT_NEXT[state]:
        move()
    else:
        with pytest.raises(NotAllowed, match="over"):
            move()
    answer.refresh_from_db()
    assert answer.state == (to if to in CONSENT_NEXT[state] else state)


def test_the_table_knows_every_state() -> None:
    assert set(CONSENT_NEXT) == set(ConsentState.values)


def test_what_is_explained_are_the_points_of_the_published_list() -> None:
    assert tuple(code_list("consent_checklist").codes) == EXPLAINED


def test_narrowing_never_adds_anything(caseworker: Membership, person: Person) -> None:
    answer = an_answer(caseworker, person, None, groups=["identity", "contact"])

    narrow_consent(actor=actor_of(caseworker), consent=answer, groups=HEALTH, at=LATER)

    answer.refresh_from_db()
    assert answer.groups == ["identity"]


def test_withdrawing_keeps_the_answer_and_says_when_it_ended(
    caseworker: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None, words="hers")

    withdraw_consent(actor=actor_of(caseworker), consent=answer, at=LATER)

    answer.refresh_from_db()
    assert (answer.state, answer.ended_at, answer.words) == ("withdrawn", LATER, "hers")


def test_answers_whose_time_is_over_are_marked_once(caseworker: Membership, person: Person) -> None:
    answer = an_answer(caseworker, person, None, expires_at=LATER)
    an_answer(caseworker, person, None)

    assert expire_consents(at=LATER) == 1
    assert expire_consents(at=LATER) == 0
    answer.refresh_from_db()
    assert answer.state == "expired"


@pytest.fixture
def told() -> Iterator[list[tuple[Any, str, datetime]]]:
    """What a higher room hears through the slot."""
    heard: list[tuple[Any, str, datetime]] = []
    ON_CONSENT_ENDED.append(
        lambda _actor, consent, at: heard.append((consent.pk, consent.state, at))
    )
    yield heard
    ON_CONSENT_ENDED.pop()


def test_whoever_relied_on_an_answer_is_told_when_it_ends(
    caseworker: Membership, person: Person, told: list[tuple[Any, str, datetime]]
) -> None:
    answer = an_answer(caseworker, person, None)

    withdraw_consent(actor=actor_of(caseworker), consent=answer, at=LATER)

    assert told == [(answer.pk, "withdrawn", LATER)]


def test_without_any_answer_there_is_no_ground(person: Person, clinic: Organisation) -> None:
    assert not is_ground(person, clinic)


def test_a_yes_for_a_recipient_is_a_ground_for_that_recipient_only(
    caseworker: Membership, person: Person, clinic: Organisation, shelter: Organisation
) -> None:
    an_answer(caseworker, person, clinic)

    assert is_ground(person, clinic)
    assert not is_ground(person, shelter)


def test_a_yes_to_nobody_in_particular_holds_for_any(
    caseworker: Membership, person: Person, clinic: Organisation, shelter: Organisation
) -> None:
    an_answer(caseworker, person, None)

    assert is_ground(person, clinic)
    assert is_ground(person, shelter)


def test_a_yes_for_one_purpose_is_none_for_another(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    an_answer(caseworker, person, clinic, purpose="medical")

    assert not is_ground(person, clinic)


def test_a_yes_covers_only_the_facts_she_named(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    an_answer(caseworker, person, clinic, groups=HEALTH)

    assert is_ground(person, clinic, groups=HEALTH)
    assert not is_ground(person, clinic, groups=["identity", "contact"])


@pytest.mark.parametrize("to_all", [False, True])
def test_a_refusal_after_a_yes_wins(
    caseworker: Membership, person: Person, clinic: Organisation, to_all: bool
) -> None:
    an_answer(caseworker, person, clinic)

    an_answer(caseworker, person, None if to_all else clinic, state="refused", at=LATER)

    assert not is_ground(person, clinic)


def test_at_the_same_moment_the_no_counts(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    for state in ("given", "refused", "given"):
        an_answer(caseworker, person, clinic, state=state)

    assert not is_ground(person, clinic)


def test_a_yes_after_a_refusal_counts_again(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    an_answer(caseworker, person, clinic, state="refused")

    an_answer(caseworker, person, clinic, at=LATER)

    assert is_ground(person, clinic)


def test_a_no_by_name_is_not_mended_by_a_later_yes_to_any(
    caseworker: Membership, person: Person, clinic: Organisation, shelter: Organisation
) -> None:
    an_answer(caseworker, person, clinic, state="refused")

    an_answer(caseworker, person, None, at=LATER)

    assert not is_ground(person, clinic)
    assert is_ground(person, shelter)


def test_a_later_narrower_answer_replaces_a_wider_one(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    an_answer(caseworker, person, clinic, groups=ALL_GROUPS)

    an_answer(caseworker, person, clinic, groups=["identity"], at=LATER)

    assert is_ground(person, clinic)
    assert not is_ground(person, clinic, groups=HEALTH)


def test_an_older_yes_does_not_mend_a_withdrawal(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    an_answer(caseworker, person, clinic)
    newer = an_answer(caseworker, person, clinic, at=LATER)

    withdraw_consent(actor=actor_of(caseworker), consent=newer, at=LATER)

    assert not is_ground(person, clinic)


def test_a_refusal_to_all_ends_every_older_yes(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    answer = an_answer(caseworker, person, clinic)

    an_answer(caseworker, person, None, state="refused", at=LATER)

    answer.refresh_from_db()
    assert answer.state == "withdrawn"


def test_a_law_is_a_ground_where_consent_is_none_and_consent_comes_first(
    caseworker: Membership, person: Person, clinic: Organisation
) -> None:
    law = state_legal_ground(
        actor=actor_of(caseworker),
        person=person,
        purpose="referral",
        basis="vital_interest",
        article="art. 1",
        reason="danger",
        at=THEN,
    )
    assert ground(person, clinic).key == f"law:{law.pk}"

    answer = an_answer(caseworker, person, clinic)

    assert ground(person, clinic).key == f"consent:{answer.pk}"


def test_the_line_about_an_answer_does_not_hold_her_words(
    caseworker: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None, words="Kanarienvogel")

    line = Line.objects.get(event="people.consent.ask")
    assert line.facts == {"consent": str(answer.pk), "purpose": "referral", "state": "given"}
    assert line.person == person.pk


def test_an_outsider_can_write_down_nothing(outsider: Membership, person: Person) -> None:
    with pytest.raises(NotAllowed, match="does not work with"):
        an_answer(outsider, person, None)

    assert not person.consents.exists()


def test_an_outsider_cannot_withdraw_what_others_wrote(
    caseworker: Membership, outsider: Membership, person: Person
) -> None:
    answer = an_answer(caseworker, person, None)

    with pytest.raises(NotAllowed):
        withdraw_consent(actor=actor_of(outsider), consent=answer, at=LATER)


def test_a_code_that_no_list_holds_is_refused(caseworker: Membership, person: Person) -> None:
    with pytest.raises(ValueError, match="purposes"), transaction.atomic():
        record_consent(
            actor=actor_of(caseworker),
            person=person,
            purpose="gossip",
            recipient=None,
            groups=["identity"],
            state="given",
            given_by="self",
            method="written",
            at=THEN,
        )
