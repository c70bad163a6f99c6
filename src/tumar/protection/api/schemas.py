"""What goes in and out. No name, contact or address is part of any of these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, StringConstraints

from tumar.protection.models import CaseAccess, Referral, Screening
from tumar.protection.queries import CasePage
from tumar.protection.rules import NEVER, Answer
from tumar.reference.codelists import code_list
from tumar.reference.indicators import indicator_set
from tumar.ui.forms import clean_text


def _legible(text: str) -> str:
    """As a page would keep it: without control and direction signs, and not only of those."""
    cleaned = clean_text(text)
    if text and not cleaned:
        raise ValueError("holds nothing that can be read")
    return cleaned


Text = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_legible)]
Words = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1)]


def _code_of(key: str) -> AfterValidator:
    def known(code: str) -> str:
        if code and code not in code_list(key).codes:
            raise ValueError(f"is no code of the list {key}")
        return code

    return AfterValidator(known)


def _known_signs(answers: dict[str, Answer]) -> dict[str, Answer]:
    known = {sign.id for sign in indicator_set("delphi")}
    if not known.issuperset(answers):
        raise ValueError("names a sign that is not in the set")
    return answers


ServiceCode = Annotated[str, _code_of("service_types")]
GroupCode = Annotated[str, _code_of("field_groups")]
Urgency = Annotated[str, _code_of("urgency")]


class Page(Schema):
    """One page of a list; `next` is what to ask for the following, empty at the end."""

    next: str = ""


class CaseLine(Schema):
    """A case in a list."""

    ref: str
    code_name: str
    capacity: str
    status: str
    decision: str
    risk: str
    sex: str
    age_band: str
    form: str
    due_on: date | None
    opened_at: datetime

    @staticmethod
    def of(access: CaseAccess) -> CaseLine:
        case = access.case
        return CaseLine(
            ref=case.ref,
            code_name=case.person.code_name,
            capacity=access.capacity,
            status=case.status,
            # Copies of what stands in two sections: shown only to whom those were shared with.
            decision=case.decision if "legal" in access.groups else "",
            risk=case.risk,
            sex=case.sex,
            age_band=case.age_band,
            form=case.form if "narrative" in access.groups else "",
            due_on=None if access.due_on == NEVER else access.due_on,
            opened_at=case.opened_at,
        )


class CasePageOut(Page):
    cases: list[CaseLine]


class NoteOut(Schema):
    kind: str
    text: str
    happened_on: date
    written_at: datetime


class CaseOut(Schema):
    """A case as the token's organisation may see it; `withheld` names what was not shared."""

    ref: str
    code_name: str
    status: str
    decision: str
    risk: str
    safety: str
    groups: list[str]
    withheld: list[str]
    needs: list[dict[str, Any]]
    services: list[dict[str, Any]]
    referrals: list[str]
    notes: list[NoteOut]

    @staticmethod
    def of(page: CasePage) -> CaseOut:
        case = page.case
        return CaseOut(
            ref=case.ref,
            code_name=case.person.code_name,
            status=case.status,
            decision=case.decision if page.shows("decisions") else "",
            risk=case.risk,
            safety=case.safety,
            groups=sorted(page.groups),
            withheld=list(page.withheld),
            needs=[
                {"domain": n.domain, "urgency": n.urgency, "met": bool(n.met_at)}
                for n in page.needs
            ],
            services=[{"service": s.service, "state": s.state} for s in page.services],
            referrals=[referral.ref for referral in page.referrals],
            notes=[
                NoteOut.from_orm(moment.note) for moment in page.timeline if moment.note is not None
            ],
        )


class NoteIn(Schema):
    text: Words
    kind: Literal["contact", "visit", "phone", "observation"] = "contact"
    happened_on: date


class TaskIn(Schema):
    text: Words
    due_on: date


class ReferralIn(Schema):
    to: Annotated[str, StringConstraints(max_length=50)]  # the organisation's key
    kind: Literal["service", "transfer", "identification"] = "service"
    services: list[ServiceCode] = []
    groups: list[GroupCode] = []
    urgency: Urgency = "routine"
    reason: Words


class ReferralOut(Schema):
    """A referral: before acceptance the recipient's preview is all there is."""

    ref: str
    kind: str
    state: str
    sender: str
    recipient: str
    urgency: str
    services: list[str]
    groups: list[str]
    preview: dict[str, Any]
    reply_due_at: datetime | None
    decline_reason: str

    @staticmethod
    def of(referral: Referral) -> ReferralOut:
        return ReferralOut(
            ref=referral.ref,
            kind=referral.kind,
            state=referral.state,
            sender=referral.sender.key,
            recipient=referral.recipient.key,
            urgency=referral.urgency,
            services=list(referral.services),
            groups=list(referral.groups),
            preview=referral.package["preview"],
            reply_due_at=referral.reply_due_at,
            decline_reason=referral.decline_reason,
        )


class ReferralPageOut(Page):
    referrals: list[ReferralOut]


class DeclineIn(Schema):
    reason: Annotated[str, _code_of("referral_decline_reasons"), StringConstraints(min_length=1)]
    feedback: Text = ""


class FeedbackIn(Schema):
    feedback: Text = ""


class ScreeningIn(Schema):
    profile: Literal["adult_labour", "adult_sexual", "child_labour", "child_sexual"]
    place: Annotated[str, _code_of("screening_places")] = ""
    language: Annotated[str, _code_of("languages")] = ""


class AnswersIn(Schema):
    version: int
    answers: Annotated[dict[str, Answer], AfterValidator(_known_signs)] = {}
    urgent: list[Annotated[str, _code_of("urgent_needs")]] | None = None
    acts: list[Annotated[str, _code_of("acts")]] | None = None


class ScreeningOut(Schema):
    """A screening with its answers. `result` informs; it is no finding about the person."""

    ref: str
    profile: str
    state: str
    version: int
    answers: dict[str, str]
    urgent: list[str]
    result: str
    positive: list[str]
    started_at: datetime

    @staticmethod
    def of(screening: Screening) -> ScreeningOut:
        return ScreeningOut.from_orm(screening)


class ScreeningLine(Schema):
    ref: str
    profile: str
    state: str
    result: str
    started_at: datetime


class ScreeningPageOut(Page):
    screenings: list[ScreeningLine]
