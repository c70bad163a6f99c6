"""Cases from a file of another system: what they become, what is refused, and nothing twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LATER, actor_of
from tests.protection.exchange_files import A_ROW, bring_in, csv_of, only_case, xlsx_of
from tumar.access import NotAllowed, Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.people.commands import open_identity
from tumar.people.models import Consent, Person
from tumar.people.rules import Contact
from tumar.protection.commands import intake
from tumar.protection.exchange import ImportReport, NotReadable, UnknownColumns, import_htcds
from tumar.protection.models import Case, ImportBatch, ImportedRow
from tumar.reference.dates import PartialDate

pytestmark = pytest.mark.django_db

Maker = Callable[..., bytes]
BOTH = pytest.mark.parametrize("made", [csv_of, xlsx_of])


def reasons(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(wrong.row, wrong.column, wrong.reason) for wrong in report.refusals]


@BOTH
def test_a_row_becomes_a_sealed_person_and_a_case_of_ones_own(
    caseworker: Membership, made: Maker
) -> None:
    report = bring_in(caseworker, made(A_ROW))

    case = only_case(caseworker)
    identity = open_identity(actor=actor_of(caseworker), person=case.person, at=LATER)
    assert str(report) == "1 rows read: 1 added, 0 there already, 0 refused."
    assert (case.lead, case.status, case.decision) == (caseworker.organisation, "open", "potential")
    assert (identity.name, str(identity.born)) == ("Гүлнара Асанова", "1999-04")
    assert identity.citizenships == ("KGZ", "UZB")
    assert identity.contacts == (Contact("phone", "+996 700 111222", safe="unknown"),)
    assert case.event.control == ["debt_bondage", "withholds_documents"]
    assert (case.event.forms, case.event.sector) == (["lab.construction"], "F")
    assert case.event.exploited_in == "RUS"
    assert case.plan.objectives == "a job and papers"
    assert (case.citizenship, case.form, case.exploited_in) == ("KGZ", "lab.construction", "RUS")


def test_the_one_box_becomes_consent_to_managing_the_case_and_no_more(
    caseworker: Membership,
) -> None:
    bring_in(caseworker, csv_of(A_ROW, {**A_ROW, "prs_FirstName": "B", "con_Consent": "FALSE"}))

    consent = Consent.objects.get()
    assert (consent.purpose, consent.recipient, consent.state) == ("case_management", None, "given")


def test_what_has_no_place_is_kept_in_a_sealed_note(caseworker: Membership) -> None:
    more = {
        "prs_MaritalStatus": "Widowed",
        "vic_RelationshipToTrafficker": "Unaquainted",
        "hte_City": "Osh",
        "cas_ReferringOrganisation": "Helping Hand",
        "vic_Vulnerabilities": "Poverty",
        "vic_AgreementToManagePersonalData": "TRUE",
        "cco_CaseComment": "She likes to be called in the evening.",
    }

    bring_in(caseworker, csv_of({**A_ROW, **more, "con_Consent": ""}))

    comment, rest = only_case(caseworker).notes.order_by("written_at", "kind", "pk"), ""
    texts = {note.text for note in comment}
    rest = next(text for text in texts if "Marital Status: Widowed" in text)
    assert more["cco_CaseComment"] in texts
    for line in (
        "Relationship to Trafficker: Unaquainted",
        "Event City: Osh",
        "Referring Organisation: Helping Hand",
        "Vulnerabilities: Poverty",
        "Agreement to Manage Personal Data: TRUE",
    ):
        assert line in rest
    assert not Consent.objects.exists()  # the deprecated box is read, and means nothing any more


def test_the_names_of_the_toolkits_own_form_are_understood(caseworker: Membership) -> None:
    form = {
        "start": "2025-01-01T10:00:00",
        "__version__": "vSmt4GQA3C9uBMLPEVfgND",
        "prs_First_Name": "Айбек",
        "prs_Second_Name": "Сатыбалдиев",
        "prs_Citizenship": "NA",
        "vic_Methods_of_Control": "DebtBondage FalsePromises",
        "vic_ForcedLabourIndustry": "A_AgricultureForestryAndFishing C_Manufacturing",
        "vic_TypeOfExploitation": "ForcedLabour SexualExploitation",
        "vic_TypeOfSexExploitation": "RemoteInteractiveServices",
        "cas_ReasonForIncomingReferral": "no bed left",
        "con_Consent": "yes",
    }

    bring_in(caseworker, csv_of(form))

    case = only_case(caseworker)
    assert open_identity(actor=actor_of(caseworker), person=case.person, at=LATER).name == (
        "Айбек Сатыбалдиев"
    )
    assert case.citizenship == "NAM"
    assert case.event.control == ["debt_bondage", "false_promises"]
    assert case.event.forms == ["lab.agriculture", "lab.manufacturing", "sex.online"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter_that_spreadsheets_write_is_read(
    caseworker: Membership, delimiter: str
) -> None:
    bring_in(caseworker, csv_of(A_ROW, delimiter=delimiter))

    assert only_case(caseworker).citizenship == "KGZ"


def test_a_real_date_a_number_and_a_tick_are_read_from_a_workbook(caseworker: Membership) -> None:
    row = {
        **A_ROW,
        "prs_Birthdate": date(2001, 5, 17),
        "prs_MobilePhone": 996700123456,
        "prs_NumberOfChildren": 2,
        "con_Consent": True,
    }

    bring_in(caseworker, xlsx_of(row))

    person = only_case(caseworker).person
    identity = open_identity(actor=actor_of(caseworker), person=person, at=LATER)
    assert identity.born == PartialDate.of(date(2001, 5, 17))
    assert identity.contacts[0].value == "996700123456"
    assert Consent.objects.count() == 1


@BOTH
def test_the_same_file_twice_adds_nothing(caseworker: Membership, made: Maker) -> None:
    rows = (A_ROW, {**A_ROW, "prs_FirstName": "Бегимай"})
    bring_in(caseworker, made(*rows))

    again = bring_in(caseworker, made(*rows, {**A_ROW, "prs_FirstName": "Чолпон"}))

    assert (again.batch.rows_added, again.batch.rows_there) == (1, 2)
    assert Case.objects.count() == Person.objects.count() == 3


def test_equal_rows_of_one_file_are_different_persons(caseworker: Membership) -> None:
    row = {"prs_Gender": "Feminine", "vic_TypeOfExploitation": "ForcedBegging"}

    first = bring_in(caseworker, csv_of(row, row))
    second = bring_in(caseworker, csv_of(row, row, row))

    assert (first.batch.rows_added, second.batch.rows_added) == (2, 1)


def test_another_organisation_takes_in_the_same_file_for_itself(
    caseworker: Membership, outsider: Membership
) -> None:
    bring_in(caseworker, csv_of(A_ROW))

    assert bring_in(outsider, csv_of(A_ROW)).batch.rows_added == 1


def test_no_cell_is_stored_in_clear(caseworker: Membership) -> None:
    bad = {**A_ROW, "prs_FirstName": "KANARIE", "prs_Gender": "KANARIE"}

    bring_in(caseworker, csv_of({**A_ROW, "prs_FirstName": "KANARIE"}, bad), keep="good")

    stored = [
        *ImportBatch.objects.values_list(),
        *ImportedRow.objects.values_list(),
        *Line.objects.values_list(),
        *Person.objects.values_list("pseudonym", "code_name"),
    ]
    assert ImportedRow.objects.count() == 1
    assert "KANARIE" not in repr(stored)
    assert "Асанова" not in repr(stored)


BAD = {
    ("prs_Gender", "Lady"): "code",
    ("prs_Citizenship", "KG;ZZ"): "country",
    ("prs_MailingCountry", "Atlantis"): "country",
    ("prs_PrimaryLanguage", "klingon"): "language",
    ("prs_Birthdate", "17.05.2001"): "date",
    ("prs_Birthdate", "2001-02-30"): "date",
    ("prs_Birthdate", "2999-01-01"): "future",
    ("prs_Birthdate", "1880"): "past",
    ("prs_NumberOfChildren", "-1"): "number",
    ("prs_FirstName", "x" * 201): "too_long",
    ("vic_AgeWhenTrafficked", "500"): "number",
    ("vic_MethodsOfControl", "DebtBondage;Nonsense"): "codes",
    ("vic_TypeOfExploitation", "Slavery9"): "codes",
    ("vic_Vulnerabilities", "Nonsense"): "codes",
    ("hte_Longitude", "nan"): "place",
    ("hte_Latitude", "91"): "place",
    ("cas_Status", "Sleeping"): "code",
    ("cas_Status", "Closed"): "closed",
    ("spl_PlannedEndDate", "2025"): "day",
    ("spl_Objectives", "x" * 10_001): "too_long",
    ("con_Consent", "perhaps"): "checkbox",
}


@BOTH
@pytest.mark.parametrize("cell", BAD, ids=[f"{name}-{reason}" for (name, _), reason in BAD.items()])
def test_a_bad_cell_comes_back_as_row_column_and_reason(
    caseworker: Membership, made: Maker, cell: tuple[str, str]
) -> None:
    name, words = cell

    report = bring_in(caseworker, made(A_ROW, {**A_ROW, name: words}))

    assert reasons(report) == [(3, name, BAD[cell])]
    assert str(report) == "Nothing was kept: 1 of 2 rows are bad."
    assert not Case.objects.exists()


def test_the_good_rows_are_kept_if_the_user_says_so(caseworker: Membership) -> None:
    bad = {**A_ROW, "prs_Gender": "?", "prs_Birthdate": "?"}

    report = bring_in(caseworker, csv_of(bad, A_ROW), keep="good")

    assert (report.batch.rows_added, report.batch.rows_refused) == (1, 1)
    assert reasons(report) == [(2, "prs_Birthdate", "date"), (2, "prs_Gender", "code")]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'prs_FirstName,cas_Status\n"a"b,Active\n', "csv"),
        (b"prs_FirstName,cas_Status\na,Active,more\n", "cells"),
        (b"org_Name,prs_FirstName\nHelping Hand,\n", "nothing"),
    ],
)
def test_a_row_out_of_shape_is_refused(caseworker: Membership, content: bytes, reason: str) -> None:
    assert reasons(bring_in(caseworker, content)) == [(2, "", reason)]


def test_a_crash_half_way_leaves_nothing(
    caseworker: Membership, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Any] = []
    write = intake.write_note

    def fails_at_the_third(**how: Any) -> Any:
        written.append(how["case"].pk)
        if len(written) == 3:
            raise ConnectionError
        return write(**how)

    monkeypatch.setattr(intake, "write_note", fails_at_the_third)
    rows = [{**A_ROW, "cco_CaseComment": f"comment {number}"} for number in range(5)]

    with pytest.raises(ConnectionError):
        bring_in(caseworker, csv_of(*rows))

    for model in (Case, Person, ImportBatch, ImportedRow, Consent):
        assert not model._default_manager.exists()
    assert not Line.objects.filter(event__startswith="protection.").exists()


@pytest.mark.parametrize("status", ["Closed", "ClosedReferred"])
def test_a_supervisor_takes_in_a_closed_case(supervisor: Membership, status: str) -> None:
    bring_in(
        supervisor,
        csv_of({**A_ROW, "cas_Status": status, "cas_ReasonForCaseClosure": "Returned home"}),
    )

    case = only_case(supervisor)
    assert (case.status, case.closure_reason) == ("closed", "returned_home")


def test_a_final_decision_of_elsewhere_is_grounds_here_until_the_coordinator_decides(
    caseworker: Membership,
) -> None:
    decided = {
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Police",
    }

    bring_in(caseworker, csv_of({**A_ROW, **decided}))

    case = only_case(caseworker)
    decision = case.decisions.get()
    assert (decision.status, decision.body_kind) == ("presumed", "police")
    assert "ActualVictimOfTrafficking" in case.notes.get().text


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("ActualVictimOfTrafficking", "identified"),
        ("NotAVictimOfTrafficking", "not_identified"),
        ("PossibleVictimOfTrafficking", "potential"),
    ],
)
def test_who_also_coordinates_takes_in_decisions_as_they_are(
    supervisor: Membership, word: str, status: str
) -> None:
    both = replace(actor_of(supervisor), roles=frozenset({Role.SUPERVISOR, Role.COORDINATOR}))

    bring_in(both, csv_of({**A_ROW, "vic_TraffickingStatus": word}))

    assert only_case(supervisor).decision == status


@pytest.mark.parametrize("role", [Role.SCREENER, Role.COORDINATOR, Role.DPO, Role.ANALYST])
def test_other_roles_take_in_nothing_and_leave_a_denial(caseworker: Membership, role: Role) -> None:
    actor = replace(actor_of(caseworker), roles=frozenset({role}))

    with pytest.raises(NotAllowed):
        bring_in(actor, csv_of(A_ROW))

    assert Line.objects.get(kind="denial").event == "protection.exchange.import"
    assert not ImportBatch.objects.exists()


def test_the_log_tells_of_the_file_and_of_each_person(caseworker: Membership) -> None:
    report = bring_in(caseworker, csv_of(A_ROW, {**A_ROW, "prs_FirstName": "B"}))

    line = Line.objects.get(event="protection.exchange.import")
    assert line.facts == {
        "batch": report.batch.pk, "format": "csv", "read": 2, "added": 2, "refused": 0
    }  # fmt: skip
    assert Line.objects.filter(event="people.person.register").count() == 2


def test_columns_nobody_knows_are_reported_or_passed_over(caseworker: Membership) -> None:
    content = csv_of({**A_ROW, "Shoe size": "38"})

    with pytest.raises(UnknownColumns) as refused:
        bring_in(caseworker, content)
    report = bring_in(caseworker, content, ignore_unknown=True)

    assert refused.value.letters == ("P",)
    assert "Shoe" not in str(refused.value)
    assert (report.batch.ignored, report.batch.rows_added) == (["P"], 1)


def test_a_file_is_read_from_its_path_and_progress_is_told(
    caseworker: Membership, tmp_path: Path
) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(csv_of(A_ROW, {**A_ROW, "prs_FirstName": "B"}))
    told: list[tuple[int, int | None]] = []

    report = import_htcds(
        actor=actor_of(caseworker), path_or_file=path, keep="none", at=LATER,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip

    assert report.batch.rows_added == 2
    assert told == [(1, 2), (2, 2)]


def test_a_row_costs_the_same_whatever_stands_around_it(caseworker: Membership) -> None:
    def queries(start: int, rows: int) -> int:
        content = csv_of(*({**A_ROW, "prs_FirstName": f"N{start + n}"} for n in range(rows)))
        with CaptureQueriesContext(connection) as met:
            bring_in(caseworker, content)
        return len([q for q in met if "SAVEPOINT" not in q["sql"]])

    few, many = queries(0, 5), queries(100, 15)

    each = (many - few) / 10
    assert each <= 75
    assert many <= few + 10 * 75


def test_a_refused_file_says_why_without_repeating_it(caseworker: Membership) -> None:
    with pytest.raises(NotReadable) as refused:
        bring_in(caseworker, "Айнура,Токтосунова\n1,2\n".encode())

    assert "Айнура" not in str(refused.value)
    assert "prs_FirstName" in str(refused.value)
    assert not ImportBatch.objects.exists()
