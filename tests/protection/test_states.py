"""The tables of states: nothing unreachable, no dead end by accident, and commands obey them."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import LATER, THEN, MembershipFactory, a_case, a_referral, actor_of
from tumar.access import NotAllowed
from tumar.access.models import Membership
from tumar.protection import commands
from tumar.protection.models import Referral
from tumar.protection.rules import REFERRAL_NEXT, STATE_TABLES, may_move
from tumar.protection.rules.states import States
from tumar.reference.codelists import code_list

# Where each thing begins, and where it may rest for good.
BEGINS = {
    "screening": "draft",
    "case": "intake",
    "decision": "none",
    "referral": "draft",
    "service": "offered",
    "goal": "planned",
}
RESTS = {
    "screening": {"finished"},
    "case": set(),  # a closed case can always be reopened
    "decision": set(),  # every decision can be reviewed
    "referral": {"declined", "expired", "completed", "cancelled"},
    "service": {"completed"},
    "goal": {"met", "dropped"},
}
TABLES = [pytest.param(name, table, id=name) for name, table in STATE_TABLES.items()]


def reached(table: States, begin: str) -> set[str]:
    seen, ahead = {begin}, [begin]
    while ahead:
        fresh = table[ahead.pop()] - seen
        seen |= fresh
        ahead += sorted(fresh)
    return seen


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_state_can_be_reached(name: str, table: States) -> None:
    assert reached(table, BEGINS[name]) == set(table)


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_the_only_dead_ends_are_those_meant_to_be(name: str, table: States) -> None:
    assert {state for state, onward in table.items() if not onward} == RESTS[name]


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_no_state_leads_to_itself_or_to_one_nobody_knows(name: str, table: States) -> None:
    for state, onward in table.items():
        assert state not in onward
        assert onward <= set(table)


@pytest.mark.parametrize(
    ("name", "list_key"),
    [("referral", "referral_states"), ("case", "case_statuses"), ("service", "service_states")],
)
def test_every_state_has_words(name: str, list_key: str) -> None:
    assert set(STATE_TABLES[name]) <= set(code_list(list_key).codes)


def test_a_state_nobody_knows_leads_nowhere() -> None:
    assert not may_move(REFERRAL_NEXT, "lost", "sent")


STEPS = {
    "received": commands.receive_referral,
    "accepted": commands.accept_referral,
    "in_service": commands.begin_referral,
}


def expires(referral: Referral) -> bool:
    """Did its state become "expired" since it was read? Other examples' referrals expire, too."""
    return Referral.objects.get(pk=referral.pk).state == "expired" != referral.state


def attempt(to: str, referral: Referral, sender: Membership, recipient: Membership) -> bool:
    """Try one step by whoever may take it; says whether it was taken."""
    common = {"referral": referral, "at": LATER}
    try:
        if to == "cancelled":
            commands.cancel_referral(actor=actor_of(sender), **common)
        elif to == "declined":
            commands.decline_referral(
                actor=actor_of(recipient), reason="no_capacity", feedback="", **common
            )
        elif to == "completed":
            commands.complete_referral(actor=actor_of(recipient), feedback="went well", **common)
        elif to == "expired":
            commands.expire_referrals(at=LATER + timedelta(days=30))
            return expires(referral)
        else:
            STEPS[to](actor=actor_of(recipient), **common)
    except NotAllowed:
        return False
    return True


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(walk=st.lists(st.sampled_from([*STEPS, "cancelled", "declined", "completed", "expired"])))
def test_commands_take_exactly_the_steps_of_the_table(walk: list[str]) -> None:
    sender, recipient = MembershipFactory.create(), MembershipFactory.create()
    referral = a_referral(sender, a_case(sender), recipient.organisation, at=THEN)
    state = "sent"

    for to in walk:
        allowed = may_move(REFERRAL_NEXT, state, to)
        assert attempt(to, referral, sender, recipient) == allowed
        state = to if allowed else state
        referral.refresh_from_db()
        assert referral.state == state


@pytest.mark.parametrize("to", ["accepted", "declined"])
def test_an_answer_tells_when_it_was_given(
    caseworker: Membership, outsider: Membership, to: str
) -> None:
    referral = a_referral(caseworker, a_case(caseworker), outsider.organisation)

    assert attempt(to, referral, caseworker, outsider)

    referral.refresh_from_db()
    assert referral.answered_at == LATER
