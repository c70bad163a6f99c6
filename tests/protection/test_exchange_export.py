"""Cases written out: which, to whom, what stays blank, and nothing that a spreadsheet runs."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    LATER,
    THEN,
    OrganisationFactory,
    a_case,
    a_person,
    a_referral,
    actor_of,
    an_answer,
)
from tests.protection.exchange_files import rows_of, take_out
from tumar.access import NotAllowed, Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import withdraw_consent
from tumar.people.models import Person
from tumar.people.rules import Address, Contact, Document, Name
from tumar.protection import commands, policy
from tumar.protection.exchange import TooManyCases, Wish, export_htcds
from tumar.protection.exchange.fields import columns
from tumar.protection.models import Case
from tumar.reference.dates import PartialDate

pytestmark = pytest.mark.django_db

KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])
HOSTILE = [
    '=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1",
    "＠1", "\u200b=1", "\ufeff=1", "\u200d=1", "\u2060+1", "|calc", "%00", "=cmd|' /C calc'!A0",
    "'=1", "''=1", " =1", "\x00=1", "\u00a0=1", "\u202e=1",
]  # fmt: skip
DANGEROUS = tuple("=+-@|%\t\r\n＝＋－＠")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00a0\u202e \x00"


def described(by: Membership, case: Case, **but: Any) -> Case:
    plain = {
        "acts": ["recruitment"], "means": ["deception"],
        "control": ["debt_bondage", "restricts_movement", "uses_children"],
        "forms": ["lab.construction", "sex.online"], "sector": "F", "recruited_in": "KGZ",
        "exploited_in": "RUS", "began": "2024-06", "ended": "", "account": "KANARIE account",
    }  # fmt: skip
    commands.describe_event(
        actor=actor_of(by), case=case, content={**plain, **but}, based_on=0, at=THEN
    )
    case.refresh_from_db()
    return case


def agreed(by: Membership, person: Person, **but: Any) -> Any:
    return an_answer(by, person, None, **{"purpose": "international_sharing", **but})


@KINDS
def test_a_case_is_one_row_in_the_columns_of_the_standard(
    caseworker: Membership, kind: str
) -> None:
    described(caseworker, a_case(caseworker))

    content, report = take_out(caseworker, kind=kind)

    (row,) = rows_of(content)
    assert tuple(row) == columns()
    assert str(report) == "1 case written. No identities."
    assert {name: cell for name, cell in row.items() if cell} == {
        "org_Name": "Shelter",
        "org_ShippingCountry": "KG",
        "org_Type": "NGO",
        "prs_Gender": "Feminine",
        "prs_Citizenship": "KG",
        "vic_LocationOfRecruitment": "KG",
        "vic_MethodsOfControl": "DebtBondage;Other;ThreatensChildrenFamily",
        "vic_TypeOfExploitation": "ForcedLabour;SexualExploitation",
        "vic_ForcedLabourIndustry": "F_Construction",
        "vic_TypeOfSexExploitation": "RemoteInteractiveServices",
        "vic_LocationOfExploitation": "RU",
        "cas_Status": "Active",
        "hte_Country": "RU",
        "hte_Date": "2024-06",
        "hte_Type": "Exploitation",
        "con_Consent": "FALSE",
    }


def test_there_are_the_81_columns_in_force_and_no_deprecated_one() -> None:
    assert len(columns()) == 81
    assert columns()[0] == "org_Name"
    assert columns()[-1] == "con_Consent"
    assert "vic_Vulnerabilities" not in columns()


@KINDS
def test_nothing_that_names_a_person_leaves_without_her_consent(
    supervisor: Membership, kind: str
) -> None:
    silent = a_person(
        supervisor,
        names=(Name("KANARIE name"),),
        documents=(Document("personal_number", "KANARIE number"),),
        contacts=(Contact("email", "KANARIE@example.org"), Contact("phone", "+99600KANARIE")),
        addresses=(Address("current", "KGZ", "", "KANARIE street"),),
        born=PartialDate.parse("1987-03-21"),
    )
    case = described(supervisor, a_case(supervisor, person=silent, safety="KANARIE safety"))
    commands.write_note(
        actor=actor_of(supervisor), case=case, text="KANARIE note", kind="visit",
        happened_on=THEN.date(), at=THEN,
    )  # fmt: skip
    commands.agree_plan(
        actor=actor_of(supervisor), case=case, objectives="KANARIE plan",
        agreed_with_person=True, review_on=None, based_on=0, at=THEN,
    )  # fmt: skip

    content, report = take_out(supervisor, kind=kind, with_identity=True)

    text = json.dumps(rows_of(content))
    assert "KANARIE" not in text
    assert "1987" not in text
    assert (report.withheld, report.identified) == (1, [])
    assert str(report).endswith("With identity: 0. Left blank, for want of consent: 1.")


def test_who_agreed_is_named_as_far_as_she_agreed(supervisor: Membership) -> None:
    whole, part = a_person(supervisor), a_person(supervisor)
    agreed(supervisor, whole)
    agreed(supervisor, part, purpose="referral", groups=["identity"])
    for person in (whole, part):
        a_case(supervisor, person=person)

    content, report = take_out(supervisor, kind="csv", with_identity=True)

    first, second = rows_of(content)
    assert first["prs_FirstName"] == second["prs_FirstName"] == "Айнура Токтосунова"
    assert first["prs_Birthdate"] == "2001-05-17"
    assert (report.withheld, len(report.identified)) == (0, 2)
    # The factory's number is not safe to call, so it stays in the house, agreed or not.
    assert first["prs_MobilePhone"] == second["prs_MobilePhone"] == ""


def test_contacts_and_address_need_their_own_groups(supervisor: Membership) -> None:
    where = {
        "contacts": (Contact("phone", "+996700111222", safe="yes"),),
        "addresses": (Address("current", "KGZ", "KG02000000000", "Ala-Too 1"),),
    }
    whole, part = a_person(supervisor, **where), a_person(supervisor, **where)
    agreed(supervisor, whole)
    agreed(supervisor, part, groups=["identity", "narrative"])
    for person in (whole, part):
        a_case(supervisor, person=person)

    first, second = rows_of(take_out(supervisor, kind="csv", with_identity=True)[0])

    written = (first["prs_MobilePhone"], first["prs_MailingState"], first["prs_MailingStreet"])
    assert written == ("'+996700111222", "Issyk-Kul", "Ala-Too 1")
    assert (second["prs_MobilePhone"], second["prs_MailingStreet"]) == ("", "")


def _withdrawn(by: Membership, person: Person) -> None:
    withdraw_consent(actor=actor_of(by), consent=agreed(by, person), at=THEN)


def _refused_later(by: Membership, person: Person) -> None:
    agreed(by, person)
    agreed(by, person, state="refused", at=THEN + timedelta(hours=1))


def _refused_to_one(by: Membership, person: Person) -> None:
    agreed(by, person)
    an_answer(
        by, person, OrganisationFactory.create(), purpose="international_sharing",
        state="refused", at=THEN + timedelta(hours=1),
    )  # fmt: skip


NOT_ENOUGH = {
    "no answer": lambda by, person: None,
    "only case management": lambda by, person: agreed(by, person, purpose="case_management"),
    "a named recipient": lambda by, person: an_answer(
        by, person, OrganisationFactory.create(), purpose="referral"
    ),
    "expired": lambda by, person: agreed(by, person, expires_at=THEN + timedelta(hours=1)),
    "refused": lambda by, person: agreed(by, person, state="refused"),
    "withdrawn": _withdrawn,
    "refused later": _refused_later,
    "refused to one by name": _refused_to_one,
    "other groups": lambda by, person: agreed(by, person, groups=["health"]),
}


@pytest.mark.parametrize("answer", NOT_ENOUGH)
def test_no_other_answer_lets_an_identity_out(supervisor: Membership, answer: str) -> None:
    person = a_person(supervisor)
    NOT_ENOUGH[answer](supervisor, person)
    a_case(supervisor, person=person)

    content, report = take_out(supervisor, kind="csv", with_identity=True)

    assert rows_of(content)[0]["prs_FirstName"] == ""
    assert report.withheld == 1


def test_a_case_worker_takes_no_identity_out(caseworker: Membership) -> None:
    a_case(caseworker)

    with pytest.raises(NotAllowed):
        take_out(caseworker, with_identity=True)

    assert Line.objects.get(kind="denial").event == "protection.exchange.export"


@pytest.mark.parametrize("role", [Role.SCREENER, Role.COORDINATOR, Role.DPO, Role.ANALYST])
def test_other_roles_take_nothing_out(caseworker: Membership, role: Role) -> None:
    with pytest.raises(NotAllowed):
        take_out(replace(actor_of(caseworker), roles=frozenset({role})))


def test_an_outsider_takes_out_nothing_of_others(
    caseworker: Membership, outsider: Membership
) -> None:
    a_case(caseworker)

    content, report = take_out(outsider, kind="csv")

    assert (rows_of(content), report.cases) == ([], 0)


def test_a_referred_case_is_written_only_as_far_as_it_was_shared(
    caseworker: Membership, outsider: Membership
) -> None:
    case = described(caseworker, a_case(caseworker))
    commands.record_decision(
        actor=actor_of(caseworker), case=case, status="presumed", body=caseworker.organisation,
        body_kind="ngo", legal_reference="", reasons="", decided_on=THEN.date(), at=THEN,
    )  # fmt: skip
    referral = a_referral(caseworker, case, outsider.organisation)
    commands.accept_referral(actor=actor_of(outsider), referral=referral, at=LATER)

    (theirs,) = rows_of(take_out(outsider, kind="csv")[0])
    (ours,) = rows_of(take_out(caseworker, kind="csv")[0])

    assert theirs["vic_TypeOfExploitation"] == theirs["vic_TraffickingStatus"] == ""
    assert (theirs["org_Name"], theirs["cas_ReferringOrganisation"]) == ("Shelter", "Shelter")
    assert theirs["cas_IncomingReferralDate"] == "2025-03-03"
    assert ours["vic_TraffickingStatus"] == "PossibleVictimOfTrafficking"
    assert ours["vic_TraffickingStatusDecisionMakingOrg"] == "NGO"
    assert ours["cas_ReferredOrganisation"] == outsider.organisation.name
    assert ours["cas_ReasonForOutgoingReferral"] == "AdditionalServicesRequired"


def test_one_line_tells_how_many_went_out_and_why_and_no_content(supervisor: Membership) -> None:
    person = a_person(supervisor)
    agreed(supervisor, person)
    a_case(supervisor, person=person)
    a_case(supervisor)

    take_out(supervisor, kind="xlsx", purpose="international_sharing", with_identity=True)

    line = Line.objects.get(event="protection.exchange.export")
    assert (line.kind, line.subject) == ("look", "protection.case")
    assert line.facts == {
        "format": "xlsx",
        "purpose": "international_sharing",
        "cases": 2,
        "columns": ["coded", "identity", "contact", "location"],
        "identities": 1,
        "withheld": 1,
        "persons": [str(person.pk)],
    }


def test_more_cases_than_a_role_may_take_are_refused(
    caseworker: Membership, supervisor: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy.EXPORT_AT_MOST, Role.CASEWORKER, 1)
    for _ in range(2):
        a_case(caseworker)

    with pytest.raises(TooManyCases) as refused:
        take_out(caseworker)

    assert str(refused.value) == (
        "That would be 2 cases; at most 1 at a time. Give a shorter period."
    )
    assert take_out(supervisor)[1].cases == 2
    assert take_out(caseworker, until=THEN.date() - timedelta(days=1))[1].cases == 0
    assert take_out(supervisor, since=THEN.date(), until=THEN.date())[1].cases == 2


def hostile_person(by: Membership, text: str) -> Person:
    person = a_person(
        by,
        names=(Name(text),),
        documents=(Document("personal_number", text),),
        contacts=(
            Contact("phone", text, safe="yes"),
            Contact("phone", text, safe="yes"),
            Contact("email", text, safe="yes"),
        ),
        addresses=(Address("current", "KGZ", "", text),),
    )
    agreed(by, person)
    return person


TEXTS = (
    "org_Name", "org_Phone", "prs_FirstName", "prs_IdentityNumber", "prs_MobilePhone",
    "prs_HomePhone", "prs_Email", "prs_MailingStreet", "cas_ReferredOrganisation",
)  # fmt: skip


@pytest.fixture
def hostile(supervisor: Membership) -> Membership:
    """A supervisor whose every text column holds a formula."""
    for number, text in enumerate(HOSTILE):
        other = OrganisationFactory.create(name=f"{text}{number}".replace("\x00", "\x01"))
        case = a_case(supervisor, person=hostile_person(supervisor, text))
        a_referral(supervisor, case, other)
    organisation = supervisor.organisation
    organisation.name, organisation.phone = "=1+1", "+996 312 000000"
    organisation.save()
    return supervisor


def test_no_csv_cell_begins_as_a_formula_does(hostile: Membership) -> None:
    content, _report = take_out(hostile, kind="csv", with_identity=True)

    rows = rows_of(content)
    assert len(rows) == len(HOSTILE)
    for row in rows:
        assert all(row[name] for name in TEXTS)
        for cell in filter(None, row.values()):
            assert not cell.startswith(DANGEROUS)
            assert not cell.lstrip(INVISIBLE).startswith(DANGEROUS)
            assert not set(cell) & set(INVISIBLE[:7] + "\x00\x01\t\r")


def test_every_cell_of_a_workbook_is_text_or_a_date(hostile: Membership) -> None:
    content, _report = take_out(hostile, kind="xlsx", with_identity=True)

    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert "=1+1" in {cell.value for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_a_sheet_of_notes_says_what_is_in_it_and_what_was_lost(supervisor: Membership) -> None:
    described(supervisor, a_case(supervisor))

    content, _report = take_out(supervisor, with_identity=True)

    notes = openpyxl.load_workbook(io.BytesIO(content))["Notes"]
    told = {row[0]: row[1] for row in notes.iter_rows(values_only=True)}
    assert told["Cases"] == "1"
    assert told["Left blank"].startswith("1 persons have not agreed")
    assert "Other stands for it (1 cases)" in told["vic_MethodsOfControl"]


@pytest.mark.parametrize("with_identity", [False, True])
def test_cases_cost_no_query_each(supervisor: Membership, with_identity: bool) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as met:
            take_out(supervisor, kind="csv", with_identity=with_identity)
        return len(met)

    for _ in range(2):
        agreed(supervisor, described(supervisor, a_case(supervisor)).person)
    few = queries()
    for _ in range(10):
        agreed(supervisor, described(supervisor, a_case(supervisor)).person)

    assert queries() == few <= 16


def test_a_file_is_written_closed_to_others_and_never_over_another(
    caseworker: Membership, tmp_path: Path
) -> None:
    a_case(caseworker)
    path = tmp_path / "cases.csv"
    wish = Wish(purpose="case_management", kind="csv")

    export_htcds(actor=actor_of(caseworker), path_or_file=path, wish=wish, at=LATER)

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(rows_of(path.read_bytes())) == 1
    with pytest.raises(FileExistsError):
        export_htcds(actor=actor_of(caseworker), path_or_file=path, wish=wish, at=LATER)
