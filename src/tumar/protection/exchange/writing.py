"""A case as one row in the columns of HTCDS 2.0."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tumar.people.rules import Address, Identity
from tumar.protection.exchange.cells import legible
from tumar.protection.exchange.codes import (
    GENDER_OF_SEX,
    alpha2,
    word_for,
    words_for,
)
from tumar.protection.models import Referral, TipEvent
from tumar.protection.queries.exported import ExportedCase
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate, Precision

Written = str | date
Cells = dict[str, Written]

ADDRESSES = ("current", "registered", "home")  # the first of these is written
NOT_KNOWN = "NonSpecifiedUnknown"
REASON_OF_KIND = {
    "service": "AdditionalServicesRequired",
    "identification": "AdditionalServicesRequired",
    "transfer": "Other",
}


def cells_of(exported: ExportedCase) -> Cells:
    """The cells that hold something, by column. Narrative is never among them."""
    cells: Cells = {
        **_organisation(exported),
        **_person(exported),
        **_decision(exported),
        **_event(exported.event),
        **_case(exported),
        **_age(exported),
        "spl_PlannedEndDate": exported.review_on or "",
        "con_Consent": "TRUE" if exported.is_consented else "FALSE",
    }
    return {name: _clean(cell) for name, cell in cells.items() if cell}


def _clean(cell: Written) -> Written:
    return legible(cell) if isinstance(cell, str) else cell


def _organisation(exported: ExportedCase) -> Cells:
    lead = exported.lead
    area = "" if lead.confidential_address else lead.area
    return {
        "org_Name": lead.name,
        "org_ShippingCountry": alpha2("countries", lead.country),
        "org_ShippingState": _area(area),
        "org_Phone": lead.phone,
        "org_Type": word_for("organisation_kinds", lead.kind),
    }


def _person(exported: ExportedCase) -> Cells:
    case, identity = exported.case, exported.identity
    coarse: Cells = {
        "prs_Gender": GENDER_OF_SEX.get(case.sex, NOT_KNOWN),
        "prs_Citizenship": alpha2("citizenships", case.citizenship) if case.citizenship else "",
    }
    if identity is None:
        return coarse
    parts = {"identity": _who, "contact": _contacts, "location": _address}
    return coarse | {
        name: cell
        for group, write in parts.items()
        if group in exported.identity_groups
        for name, cell in write(identity).items()
    }


def _who(identity: Identity) -> Cells:
    languages = (*identity.languages, "", "")
    numbers = {document.kind: document.number for document in reversed(identity.documents)}
    return {
        # No name is divided into first and last: nobody can know where.
        "prs_FirstName": identity.name,
        "prs_Birthdate": _date(identity.born),
        "prs_Gender": word_for("genders", identity.gender)
        or GENDER_OF_SEX.get(identity.sex, NOT_KNOWN),
        "prs_Citizenship": ";".join(alpha2("citizenships", each) for each in identity.citizenships),
        "prs_PrimaryLanguage": languages[0],
        "prs_SecondaryLanguage": languages[1],
        "prs_IdentityNumber": numbers.get("personal_number") or numbers.get("national_id", ""),
    }


def _contacts(identity: Identity) -> Cells:
    # A number that is not safe to call must not reach somebody who is not told so.
    usable = [contact for contact in identity.contacts if contact.safe != "no"]
    phones = [contact.value for contact in usable if contact.channel in ("phone", "sms")]
    emails = [contact.value for contact in usable if contact.channel == "email"]
    phones, emails = [*phones, "", ""], [*emails, ""]
    return {"prs_MobilePhone": phones[0], "prs_HomePhone": phones[1], "prs_Email": emails[0]}


def _address(identity: Identity) -> Cells:
    by_kind = {address.kind: address for address in reversed(identity.addresses)}
    address = next((by_kind[kind] for kind in ADDRESSES if kind in by_kind), Address(""))
    return {
        "prs_MailingCountry": alpha2("countries", address.country),
        "prs_MailingState": _area(address.area),
        "prs_MailingStreet": address.text,
    }


def _decision(exported: ExportedCase) -> Cells:
    decision = exported.decision
    status = word_for("decision_statuses", decision.status) if decision else ""
    if decision is None or not status:
        return {}
    return {
        "vic_TraffickingStatus": status,
        "vic_TraffickingStatusDecisionMakingOrg": word_for("decision_bodies", decision.body_kind),
    }


def _event(event: TipEvent | None) -> Cells:
    if event is None:
        return {}
    forms = code_list("exploitation_forms")
    sexual = [forms.codes[form].extra["detail"] for form in event.forms if form.startswith("sex.")]
    recruited, exploited = (
        alpha2("countries", code) for code in (event.recruited_in, event.exploited_in)
    )
    began = _date(PartialDate.parse(event.began))
    return {
        "vic_LocationOfRecruitment": recruited,
        "vic_MethodsOfControl": words_for("means_control", event.control),
        "vic_TypeOfExploitation": words_for("exploitation_forms", event.forms),
        "vic_ForcedLabourIndustry": words_for("sectors", _sectors(event)),
        "vic_TypeOfSexExploitation": ";".join(dict.fromkeys(filter(None, sexual))),
        "vic_LocationOfExploitation": exploited,
        "hte_Country": exploited,
        "hte_Date": began,
        "hte_Type": "Exploitation" if began or exploited else "",
    }


def _sectors(event: TipEvent) -> list[str]:
    """The sector, and those the forms of labour name: the standard has one place for both."""
    forms = code_list("exploitation_forms")
    named = [forms.codes[form].extra["detail"] for form in event.forms if form.startswith("lab.")]
    return [*([event.sector] if event.sector else []), *filter(None, named)]


def _age(exported: ExportedCase) -> Cells:
    """The age when it began, where both days leave only one; not without the identity."""
    event, identity = exported.event, exported.identity
    if event is None or identity is None or "identity" not in exported.identity_groups:
        return {}
    began = PartialDate.parse(event.began)
    first = identity.age_on(began.earliest) if began.earliest else None
    last = identity.age_on(began.latest) if began.latest else None
    is_one = bool(first and last and first[0] == last[1])
    return {"vic_AgeWhenTrafficked": str(first[0])} if first and is_one else {}


def _case(exported: ExportedCase) -> Cells:
    case, came, went = exported.case, exported.incoming, exported.outgoing
    reasons = code_list("closure_reasons").codes
    closure = reasons[case.closure_reason].label if case.closure_reason in reasons else ""
    return {
        "cas_Status": word_for("case_statuses", case.status),
        "cas_ReasonForCaseClosure": closure if not case.is_open else "",
        "cas_ReferringOrganisation": came.sender.name if came else "",
        "cas_IncomingReferralDate": came.answered_at.date() if came and came.answered_at else "",
        "cas_ReasonForIncomingReferral": _reason(came),
        "cas_ReferredOrganisation": went.recipient.name if went else "",
        "cas_ReasonForOutgoingReferral": _reason(went),
        "cas_OutgoingReferralDate": went.sent_at.date() if went and went.sent_at else "",
    }


def _reason(referral: Referral | None) -> str:
    return REASON_OF_KIND[referral.kind] if referral else ""


def _date(day: PartialDate) -> Written:
    """A real date where it is known to the day; else the text that says how far it is known."""
    if day.precision is Precision.DAY and day.earliest and not day.is_estimated:
        return day.earliest
    return str(day)


def _area(code: str) -> str:
    return code_list("areas").codes[code].label if code else ""


def is_lossy(exported: ExportedCase) -> Mapping[str, bool]:
    """What of a case the standard could not say, to be counted in the notes."""
    control = exported.event.control if exported.event else []
    return {"restricts_movement": "restricts_movement" in control}
