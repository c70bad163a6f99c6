"""Small invented files in the published layouts, and cases with a decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tests.factories import THEN, a_case
from tumar import audit
from tumar.access import SYSTEM, Actor
from tumar.access.models import Membership
from tumar.evidence.exchange import ImportReport, import_ctdc
from tumar.evidence.rules.layouts import layouts
from tumar.people.models import Person
from tumar.protection.models import Case, StatusDecision

PLAIN = {
    "ctdc63": {
        "yearOfRegistration": "2019", "Datasource": "Hotline", "gender": "Female",
        "ageBroad": "18--20", "majorityStatus": "Adult", "citizenship": "KG",
        "CountryOfExploitation": "RU", "isForcedLabour": "1", "isSexualExploit": "0",
        "meansOfControlThreats": "1", "meansOfControlConcatenated": "Threats;Takes earnings",
    },
    "ctdc37": {
        "yearOfRegistration": "2018", "gender": "Male", "ageBroad": "30--38",
        "traffickMonths": "25--60", "citizenship": "KGZ", "CountryOfExploitation": "KAZ",
        "isForcedLabour": "1",
    },
    "ctdc27": {
        "yearOfRegistration": "2021", "gender": "Woman", "ageBroad": "9--17",
        "traffickMonths": "13--24 (1-2 yrs)", "citizenship": "UZB",
        "CountryOfExploitation": "KGZ", "isSexualExploit": "1",
    },
}  # fmt: skip

Cells = dict[str, str]


def a_row(layout: str = "ctdc63", **but: str) -> Cells:
    """The plainest row of a layout; give the cells that matter."""
    return dict.fromkeys(layouts()[layout].names, "") | PLAIN[layout] | but


def a_file(
    rows: Iterable[Cells],
    layout: str = "ctdc63",
    *,
    names: Sequence[str] = (),
    delimiter: str = ",",
    newline: str = "\n",
    encoding: str = "utf-8",
) -> io.BytesIO:
    """A file of these rows, its columns in the published order unless `names` has another."""
    text = io.StringIO()
    columns = list(names or layouts()[layout].names)
    writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def take_in(
    rows: Iterable[Cells], layout: str = "ctdc63", *, keep: str = "none", actor: Actor = SYSTEM
) -> ImportReport:
    """Import rows as the command line would."""
    file = a_file(rows, layout)
    return import_ctdc(actor=actor, path_or_file=file, keep=keep, at=THEN)


def a_decided_case(
    by: Membership,
    *,
    status: str = "identified",
    on: date = date(2024, 5, 1),
    person: Person | None = None,
    forms: str = "lab.construction",
    **but: str,
) -> Case:
    """A case whose status a body has decided on."""
    case = a_case(by, person=person)
    with audit.record(SYSTEM, "factory", on=case, at=THEN):
        Case.objects.filter(pk=case.pk).update(form=forms, **but)
    decide(case, by, status, on)
    return case


def decide(
    case: Case, by: Membership, status: str, on: date, at: datetime = THEN
) -> StatusDecision:
    """A decision of the member's organisation."""
    with audit.record(SYSTEM, "factory", on=case, at=THEN):
        return StatusDecision.objects.create(
            data_key=case.data_key, case=case, status=status, body=by.organisation,
            body_kind="ngo", legal_reference="Act 1, art. 2", reasons="the signs",
            decided_on=on, recorded_at=at, recorded_by=0,
        )  # fmt: skip
