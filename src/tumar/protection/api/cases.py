"""Cases for programs."""

from __future__ import annotations

from ninja import Router, Status

from tumar.access.http import Request, find
from tumar.access.scopes import require_scope
from tumar.protection.api.schemas import (
    CaseLine,
    CaseOut,
    CasePageOut,
    NoteIn,
    NoteOut,
    ReferralIn,
    ReferralOut,
    TaskIn,
)
from tumar.protection.commands import add_task, open_case_page, send_referral, write_note
from tumar.protection.models import Case, CaseAccess
from tumar.reference.models import Organisation
from tumar.ui.lists.keyset import Order, read

router = Router(tags=["cases"])

PER_PAGE = 50
WHOLE = ("person__data_key", "data_key", "lead", "worker", "screening", "plan", "event")


@router.get("", response=CasePageOut, url_name="api-cases")
def list_cases(request: Request, after: str = "", *, is_open: bool = True) -> CasePageOut:
    """The desk of the token's organisation, what is due first; 50 at a time."""
    require_scope(request, "cases:read")
    rows = CaseAccess.objects.visible_to(request.actor).filter(is_open=is_open)
    page = read(rows.select_related("case__person"), Order.of("due_on"), PER_PAGE, after)
    return CasePageOut(cases=[CaseLine.of(row) for row in page.rows], next=page.after)


@router.get("/{slug:ref}", response=CaseOut, url_name="api-case")
def read_case(request: Request, ref: str) -> CaseOut:
    """One case, as far as it was shared. The look is on record."""
    require_scope(request, "cases:read")
    case = _case(request, ref)
    return CaseOut.of(open_case_page(actor=request.actor, case=case, at=request.received_at))


@router.post("/{slug:ref}/notes", response={201: NoteOut}, url_name="api-notes")
def add_note(request: Request, ref: str, note: NoteIn) -> Status[NoteOut]:
    """Add a sealed note."""
    require_scope(request, "cases:write")
    written = write_note(
        actor=request.actor, case=_case(request, ref), at=request.received_at, **note.dict()
    )
    return Status(201, NoteOut.from_orm(written))


@router.post("/{slug:ref}/tasks", response={201: TaskIn}, url_name="api-tasks")
def new_task(request: Request, ref: str, task: TaskIn) -> Status[TaskIn]:
    """Add a task for the token's organisation."""
    require_scope(request, "cases:write")
    add_task(
        actor=request.actor,
        case=_case(request, ref),
        assignee=None,
        at=request.received_at,
        **task.dict(),
    )
    return Status(201, task)


@router.post("/{slug:ref}/referrals", response={201: ReferralOut}, url_name="api-refer")
def refer(request: Request, ref: str, referral: ReferralIn) -> Status[ReferralOut]:
    """Refer the case; 409 if nothing allows it, or the organisation has it already."""
    require_scope(request, "referrals:write")
    wanted = referral.dict()
    to = find(Organisation.objects.taking_referrals(), key=wanted.pop("to"))
    sent = send_referral(
        actor=request.actor, case=_case(request, ref), to=to, at=request.received_at, **wanted
    )
    return Status(201, ReferralOut.of(sent))


def _case(request: Request, ref: str) -> Case:
    return find(Case.objects.visible_to(request.actor).select_related(*WHOLE), ref=ref)
