"""Reference data for programs: code lists, indicator sets, organisations and their services."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from ninja import Router, Schema

from tumar.access.http import Request
from tumar.access.scopes import require_scope
from tumar.reference.codelists import UnknownCodeList, code_list, code_list_keys
from tumar.reference.indicators import UnknownIndicatorSet, indicator_set
from tumar.reference.models import Organisation, Service

router = Router(tags=["reference"])


class CodeOut(Schema):
    code: str
    label: str
    definition: str


class CodeListOut(Schema):
    key: str
    title: str
    source: str
    version: str
    codes: list[CodeOut]


class OrganisationOut(Schema):
    key: str
    name: str
    kind: str
    country: str
    takes_referrals: bool


class ServiceOut(Schema):
    organisation: str
    service: str
    capacity: int | None
    languages: list[str]
    hours: str
    checked_on: date | None


@router.get("/codelists", response=list[str], url_name="api-codelists")
def list_code_lists(request: Request) -> list[str]:
    """The keys of all code lists."""
    require_scope(request, "reference:read")
    return list(code_list_keys())


@router.get("/codelists/{key}", response=CodeListOut, url_name="api-codelist")
def read_code_list(request: Request, key: str) -> CodeListOut:
    """One code list with its source and version."""
    require_scope(request, "reference:read")
    try:
        found = code_list(key)
    except UnknownCodeList as missing:
        raise Http404 from missing
    codes = [
        CodeOut(code=c.code, label=found.label(c.code), definition=c.definition)
        for c in found.codes.values()
    ]
    return CodeListOut(
        key=key, title=found.title, source=found.source, version=found.version, codes=codes
    )


@router.get("/indicators/{key}", response=dict[str, Any], url_name="api-indicators")
def read_indicators(request: Request, key: str) -> dict[str, Any]:
    """A set of signs with its questions, for a form on another device."""
    require_scope(request, "reference:read")
    try:
        found = indicator_set(key)
    except UnknownIndicatorSet as missing:
        raise Http404 from missing
    signs = [{"id": s.id, "text": s.text, "question": s.question, "why": s.why} for s in found]
    return {"key": key, "version": found.version, "source": found.source, "signs": signs}


@router.get("/organisations", response=list[OrganisationOut], url_name="api-organisations")
def list_organisations(request: Request) -> list[OrganisationOut]:
    """Organisations that take part in the response."""
    require_scope(request, "reference:read")
    return [OrganisationOut.from_orm(row) for row in Organisation.objects.active()]


@router.get("/services", response=list[ServiceOut], url_name="api-services")
def list_services(request: Request, service: str = "") -> list[ServiceOut]:
    """The service directory, or the part of it that offers one service type."""
    require_scope(request, "reference:read")
    rows = Service.objects.filter(organisation__is_active=True).select_related("organisation")
    if service:
        rows = rows.offering(service)
    return [
        ServiceOut(
            organisation=row.organisation.key,
            service=row.service,
            capacity=row.capacity,
            languages=list(row.languages),
            hours=row.hours,
            checked_on=row.checked_on,
        )
        for row in rows
    ]
