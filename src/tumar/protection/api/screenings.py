"""Screenings for programs, such as a form on a tablet."""

from __future__ import annotations

from typing import Literal

from ninja import Router, Status

from tumar.access.http import Request, find
from tumar.access.scopes import require_scope
from tumar.protection.api.schemas import (
    AnswersIn,
    ScreeningIn,
    ScreeningLine,
    ScreeningOut,
    ScreeningPageOut,
)
from tumar.protection.commands import (
    answer_screening,
    finish_screening,
    open_screening,
    resume_screening,
    start_screening,
    stop_screening,
)
from tumar.protection.models import Screening
from tumar.ui.lists.keyset import Order, read

router = Router(tags=["screenings"])

PER_PAGE = 50
STEPS = {"finish": finish_screening, "stop": stop_screening, "resume": resume_screening}


@router.get("", response=ScreeningPageOut, url_name="api-screenings")
def list_screenings(request: Request, after: str = "") -> ScreeningPageOut:
    """Screenings of the token's organisation, newest first; 50 at a time."""
    require_scope(request, "screenings:read")
    rows = Screening.objects.visible_to(request.actor)
    page = read(rows, Order.of("-started_at"), PER_PAGE, after)
    lines = [ScreeningLine.from_orm(row) for row in page.rows]
    return ScreeningPageOut(screenings=lines, next=page.after)


@router.post("", response={201: ScreeningOut})
def begin(request: Request, screening: ScreeningIn) -> Status[ScreeningOut]:
    """Begin a screening; no name is needed."""
    require_scope(request, "screenings:write")
    begun = start_screening(actor=request.actor, at=request.received_at, **screening.dict())
    return Status(201, ScreeningOut.of(begun))


@router.get("/{slug:ref}", response=ScreeningOut, url_name="api-screening")
def read_screening(request: Request, ref: str) -> ScreeningOut:
    """One screening with its answers. The look is on record."""
    require_scope(request, "screenings:read")
    screening = open_screening(
        actor=request.actor, screening=_screening(request, ref), at=request.received_at
    )
    return ScreeningOut.of(screening)


@router.put("/{slug:ref}/answers", response=ScreeningOut, url_name="api-answers")
def save_answers(request: Request, ref: str, given: AnswersIn) -> ScreeningOut:
    """Save answers based on a version; 409 with the stored version if a colleague was faster."""
    require_scope(request, "screenings:write")
    saved = answer_screening(
        actor=request.actor,
        screening=_screening(request, ref),
        based_on=given.version,
        answers={sign: answer.value for sign, answer in given.answers.items()},
        urgent=given.urgent,
        acts=given.acts,
        at=request.received_at,
    )
    return ScreeningOut.of(saved)


@router.post("/{slug:ref}/{step}", response=ScreeningOut, url_name="api-screening-step")
def take_step(
    request: Request, ref: str, step: Literal["finish", "stop", "resume"]
) -> ScreeningOut:
    """Finish, stop or resume a screening."""
    require_scope(request, "screenings:write")
    screening = _screening(request, ref)
    STEPS[step](actor=request.actor, screening=screening, at=request.received_at)
    return ScreeningOut.of(_screening(request, ref))


def _screening(request: Request, ref: str) -> Screening:
    return find(Screening.objects.visible_to(request.actor).select_related("data_key"), ref=ref)
