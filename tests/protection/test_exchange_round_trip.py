"""What one organisation writes out, another takes in: the same facts, in both formats."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    THEN,
    MembershipFactory,
    a_case,
    a_person,
    actor_of,
    an_answer,
)
from tests.protection.exchange_files import bring_in, rows_of, take_out, without
from tumar.access import Actor, Role
from tumar.people.rules import Address, Contact, Document, Name
from tumar.protection import commands
from tumar.protection.exchange.cells import guarded, legible, unguarded
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.ui.forms import clean_name

LATEST = THEN.date()
NOT_CARRIED = ("org_Name", "org_Phone")  # the other organisation is another one

texts = st.text(min_size=1, max_size=60).map(clean_name).map(legible).filter(bool)
starts = st.sampled_from(["", "=", "+", "-", "@", "＝", "'", "''=", "%"])
names = st.builds(str.__add__, starts, texts).map(clean_name).filter(bool)


def codes(key: str, column: str) -> list[str]:
    return list(code_list(key).mapping(column))


def partial(day: date, form: str) -> str:
    text = day.isoformat()
    return {"day": text, "month": text[:7], "year": text[:4], "about": text + "~"}.get(
        form, f"{text[:3]}X"
    )


days = st.builds(
    partial,
    st.dates(date(1930, 1, 1), LATEST),
    st.sampled_from(["day", "month", "year", "about", "decade"]),
)
events = st.fixed_dictionaries(
    {
        "acts": st.just([]),
        "means": st.just([]),
        "control": st.lists(st.sampled_from(codes("means_control", "htcds")), unique=True),
        "forms": st.lists(st.sampled_from(codes("exploitation_forms", "htcds")), unique=True),
        "sector": st.sampled_from(["", *codes("sectors", "htcds")]),
        "recruited_in": st.sampled_from(["", "KGZ", "NAM", "ALA"]),
        "exploited_in": st.sampled_from(["", "RUS", "TUR"]),
        "began": st.one_of(st.just(""), days),
        "ended": st.just(""),
        "account": texts,
    }
)
identities = st.fixed_dictionaries(
    {
        "names": st.builds(lambda name: (Name(name),), names),
        "born": st.builds(PartialDate.parse, st.one_of(st.just(""), days)),
        "sex": st.sampled_from(["female", "male", "unknown", "other"]),
        "gender": st.sampled_from(["", *codes("genders", "htcds")]),
        "citizenships": st.lists(
            st.sampled_from(["KGZ", "UZB", "NAM", "stateless", "undetermined"]), unique=True
        ).map(tuple),
        "languages": st.lists(st.sampled_from(["kir", "fas", "zho"]), max_size=2, unique=True).map(
            tuple
        ),
        "documents": st.builds(lambda text: (Document("personal_number", text),), names),
        "contacts": st.builds(
            lambda phone, email: (Contact("phone", phone), Contact("email", email)), names, names
        ),
        "addresses": st.builds(
            lambda area, text: (Address("current", "KGZ", area, text),),
            st.sampled_from(["", "KG02000000000"]),
            names,
        ),
    }
)


def somebody(*more: Role) -> tuple[Any, Actor]:
    """A supervisor of an organisation of their own, who may also hold other roles."""
    membership = MembershipFactory.create(role=Role.SUPERVISOR)
    actor = actor_of(membership)
    return membership, replace(actor, roles=actor.roles | frozenset(more))


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    people=st.lists(st.tuples(identities, events), min_size=1, max_size=2),
    status=st.sampled_from(["", "potential", "presumed", "identified", "not_identified"]),
    kind=st.sampled_from(["csv", "xlsx"]),
)
def test_the_same_facts_arrive(
    people: list[tuple[dict[str, Any], dict[str, Any]]], status: str, kind: str
) -> None:
    sender, sending = somebody(Role.COORDINATOR)
    _receiver, receiving = somebody(Role.COORDINATOR)
    for identity, event in people:
        person = a_person(sender, **identity)
        an_answer(sender, person, None, purpose="international_sharing")
        an_answer(sender, person, None, purpose="case_management")
        case = a_case(sender, person=person)
        commands.describe_event(actor=sending, case=case, content=event, based_on=0, at=THEN)
        for step in ["potential"] * (status == "not_identified") + [status] * bool(status):
            commands.record_decision(
                actor=sending, case=case, status=step, body=sender.organisation,
                body_kind="government", legal_reference="", reasons="",
                decided_on=LATEST, at=THEN,
            )  # fmt: skip
        commands.agree_plan(
            actor=sending, case=case, objectives="", agreed_with_person=True,
            review_on=date(2025, 6, 1), based_on=0, at=THEN,
        )  # fmt: skip
    first, written = take_out(sending, kind=kind, with_identity=True)

    report = bring_in(receiving, first)

    assert report.refusals == []
    assert (report.batch.rows_added, written.withheld) == (len(people), 0)
    for case in report.batch.rows.select_related("case__person__data_key"):
        an_answer(_receiver, case.case.person, None, purpose="international_sharing")
    second, _again = take_out(receiving, kind=kind, with_identity=True)
    assert [without(row.items(), *NOT_CARRIED) for row in rows_of(second)] == [
        without(row.items(), *NOT_CARRIED) for row in rows_of(first)
    ]


@given(st.builds(str.__add__, starts, st.text(max_size=30)))
def test_a_guarded_cell_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.text(max_size=30))
def test_a_guarded_cell_never_begins_as_a_formula_does(text: str) -> None:
    cell = guarded(legible(text))

    assert not cell.startswith(tuple("=+-@|%\t\r\n＝＋－＠"))
