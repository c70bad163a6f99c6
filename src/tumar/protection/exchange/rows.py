"""One row of a table: every cell checked, and what the good ones say of a person and a case."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tumar.people.rules import Address, Contact, Document, Identity, Name
from tumar.protection.commands.intake import Arrival
from tumar.protection.exchange.checking import Value, Wrong, check_cell
from tumar.protection.exchange.codes import SEX_OF_GENDER, forms_for
from tumar.protection.exchange.fields import Field, all_fields, fold
from tumar.protection.exchange.tables import Table
from tumar.protection.exchange.workbooks import BadCell, Cell
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.ui.forms.text import TEXT_LENGTH
from tumar.vault.keyring import ring

DIGEST = "htcds-row"  # purpose of the index key; never change it, or old rows come in again

DECISIONS = {
    "possible_victim_of_trafficking": "potential",
    "actual_victim_of_trafficking": "identified",
    "not_avictim_of_trafficking": "not_identified",
}
STATUSES = {"open": "open", "follow_up": "follow_up", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that was not taken: its row, its column, and a key of `REASONS`."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row that hold something: what they say, and their words."""

    values: Mapping[str, Value]
    words: Mapping[str, str]

    def text(self, name: str) -> str:
        """What a column says as text; nothing where it is empty."""
        return str(self.values.get(name, ""))

    def codes(self, name: str) -> list[str]:
        """The codes of a column that takes several."""
        found = self.values.get(name, [])
        return found if isinstance(found, list) else []


def check_row(
    number: int, cells: Sequence[Cell], table: Table, today: date, *, may_close: bool
) -> Row | list[Refusal]:
    """Check a row's cells; either all are good, or each bad one is told."""
    bad = [cell for cell in cells if isinstance(cell, BadCell) and cell.reason == "csv"]
    if bad:
        return [Refusal(number, "", bad[0].reason)]
    if len(cells) > table.width:
        return [Refusal(number, "", "cells")]
    values: dict[str, Value] = {}
    words: dict[str, str] = {}
    refusals: list[Refusal] = []
    for place, field in table.places.items():
        cell = cells[place] if place < len(cells) else ""
        try:
            if isinstance(cell, BadCell):
                raise Wrong(cell.reason)
            if cell:
                values[field.name], words[field.name] = check_cell(field, cell, today), cell
        except Wrong as wrong:
            refusals.append(Refusal(number, field.name, wrong.reason))
    row = Row(values, words)
    if not refusals and not any(not name.startswith("org_") for name in values):
        refusals.append(Refusal(number, "", "nothing"))
    if not may_close and _status(row) == "closed":
        refusals.append(Refusal(number, "cas_Status", "closed"))
    return refusals or row


def arrival_of(row: Row) -> Arrival:
    """What a good row says, in the words of the commands."""
    decision = DECISIONS.get(row.text("vic_TraffickingStatus"), "")
    return Arrival(
        digest=digest_of(row.words),
        identity=_identity(row),
        event=_event(row),
        decision=decision,
        body_kind=row.text("vic_TraffickingStatusDecisionMakingOrg"),
        objectives=_joined(row, "spl_Objectives", "spl_ActionPlan", between="\n\n"),
        review_on=_day(row, "spl_PlannedEndDate"),
        is_consented=row.values.get("con_Consent") is True,
        notes=_notes(row, decision),
        status=_status(row),
        closure_reason=_closure(row)[0],
    )


def digest_of(words: Mapping[str, str]) -> str:
    """A number that stands for the row, and says nothing to whoever has no key ring."""
    plain = json.dumps(sorted(words.items()), ensure_ascii=False).encode()
    return hmac.digest(ring().index_key(DIGEST), plain, hashlib.sha256).hex()


def _identity(row: Row) -> Identity:
    name = _joined(row, "prs_FirstName", "prs_MiddleName", "prs_SecondName", between=" ")
    born, gender = row.values.get("prs_Birthdate"), row.text("prs_Gender")
    number = row.text("prs_IdentityNumber")
    languages = [row.text(f"prs_{which}Language") for which in ("Primary", "Secondary")]
    return Identity(
        names=(Name(name),) if name else (),
        born=born if isinstance(born, PartialDate) else PartialDate(),
        sex=SEX_OF_GENDER.get(gender, "unknown"),
        gender=gender,
        citizenships=tuple(row.codes("prs_Citizenship")),
        languages=tuple(dict.fromkeys(filter(None, languages))),
        documents=(Document("personal_number", number),) if number else (),
        contacts=tuple(_contacts(row)),
        addresses=tuple(_addresses(row)),
    )


def _contacts(row: Row) -> list[Contact]:
    # Whether it is safe to call, a file does not say: "unknown" stands until somebody has asked.
    columns = (("phone", "prs_MobilePhone"), ("phone", "prs_HomePhone"), ("email", "prs_Email"))
    return [Contact(channel, row.text(name)) for channel, name in columns if row.text(name)]


def _addresses(row: Row) -> list[Address]:
    country, state = row.text("prs_MailingCountry"), row.text("prs_MailingState")
    area = _area(country, state)
    city = _joined(row, "prs_MailingPostalCode", "prs_MailingCity", between=" ")
    lines = [row.text("prs_MailingStreet"), city, "" if area else state]
    text = "\n".join(filter(None, lines))
    return [Address("current", country, area, text)] if country or area or text else []


def _area(country: str, name: str) -> str:
    found = [
        area.code
        for area in code_list("areas")
        if fold(name) in (fold(area.label), fold(area.code))
        and area.extra["country"] == (country or area.extra["country"])
    ]
    return found[0] if name and found else ""


def _event(row: Row) -> dict[str, Any] | None:
    names = [field.name for field in all_fields() if field.becomes == "event"]
    if not any(name in row.values for name in names):
        return None
    sectors = row.codes("vic_ForcedLabourIndustry")
    places = {"recruitment": "recruited_in", "exploitation": "exploited_in"}
    content: dict[str, Any] = {
        "acts": [],
        "means": [],
        "control": row.codes("vic_MethodsOfControl"),
        "forms": forms_for(
            row.codes("vic_TypeOfExploitation"), row.codes("vic_TypeOfSexExploitation"), sectors
        ),
        "sector": sectors[0] if sectors else "",
        "recruited_in": _country(row.text("vic_LocationOfRecruitment")),
        "exploited_in": _country(row.text("vic_LocationOfExploitation")),
        "began": row.text("hte_Date") if row.text("hte_Type") != "transit" else "",
        "ended": "",
        "account": "",
    }
    where = places.get(row.text("hte_Type"), "")
    if where and not content[where]:
        content[where] = row.text("hte_Country")
    return content


def _country(text: str) -> str:
    return text if text in code_list("countries") else ""


def _status(row: Row) -> str:
    code = row.text("cas_Status") or "open"
    return "closed" if code == "closed_referred" else STATUSES.get(code, "open")


def _closure(row: Row) -> tuple[str, bool]:
    """The reason for closing, and whether the words were understood."""
    if _status(row) != "closed":
        return "", False
    words = fold(row.text("cas_ReasonForCaseClosure"))
    for reason in code_list("closure_reasons"):
        if words and words in (fold(reason.code), fold(reason.label)):
            return reason.code, True
    is_referred = row.text("cas_Status") == "closed_referred"
    return ("referred_out" if is_referred else "other"), not words


def _notes(row: Row, decision: str) -> list[str]:
    """What has no place of its own, so that nothing of the row is lost; sealed like any note."""
    kept = [field for field in all_fields() if field.name in row.words and _is_noted(field, row)]
    lines = [f"{field.label}: {row.words[field.name]}" for field in kept]
    if decision in ("identified", "not_identified"):
        names = ("vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg")
        lines += [f"{name}: {row.words[name]}" for name in names if name in row.words]
    notes = [row.words["cco_CaseComment"]] if "cco_CaseComment" in row.words else []
    if lines:
        heading = _("From a file of another system; what has no place of its own here:")
        notes += _pieces("\n".join([heading, *lines]))
    return notes


def _is_noted(field: Field, row: Row) -> bool:
    if not field.becomes:
        return True
    if field.kind == "place":
        return not _country(row.text(field.name))
    if field.name == "cas_ReasonForCaseClosure":
        return not _closure(row)[1]
    if field.name in ("hte_Date", "hte_Country"):
        return row.text("hte_Type") not in ("recruitment", "exploitation")
    return field.name == "hte_Type"


def _pieces(text: str) -> list[str]:
    return [text[start : start + TEXT_LENGTH] for start in range(0, len(text), TEXT_LENGTH)]


def _joined(row: Row, *names: str, between: str) -> str:
    return between.join(filter(None, (row.text(name) for name in names)))


def _day(row: Row, name: str) -> date | None:
    day = row.values.get(name)
    return day if isinstance(day, date) else None
