"""The sealed identity: opened on record, changed part by part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tumar.access import require, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import ChangedMeanwhile, open_identity, save_part
from tumar.people.forms.parts import PartForm, part_form
from tumar.people.lists.identity import sections
from tumar.people.lists.versions import merged, pairs
from tumar.people.lists.words import contact_banner
from tumar.people.models import Part, Person
from tumar.people.policy import Act
from tumar.people.queries import shared_parts, versions_of
from tumar.people.views.visible import visible_person
from tumar.ui.pages import show


@require_safe
@open_to(*IDENTITY_ROLES)
def identity(request: Request, pseudonym: str) -> HttpResponse:
    """Who she is; the look is on record before anything is shown."""
    person = visible_person(request, pseudonym)
    opened = open_identity(actor=request.actor, person=person, at=request.received_at)
    shared = shared_parts(request.actor, person)
    context = {
        "person": person,
        "identity": opened,
        "sections": sections(opened, shared),
        "banner": contact_banner(opened) if Part.CONTACTS in shared else None,
        "has_photo": person.photos.exists(),
        "may_change": verdict(request.actor, Act.CHANGE, person),
    }
    return show(request, "people/identity.html", context)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def edit(request: Request, pseudonym: str, kind: str) -> HttpResponse:
    """Change one part; whoever saves second sees both versions and chooses."""
    if kind not in Part.values:
        raise Http404
    person = visible_person(request, pseudonym)
    require(request.actor, Act.CHANGE, (person, kind))
    opened = open_identity(actor=request.actor, person=person, at=request.received_at)
    stored = opened.parts()[kind]
    if request.method != "POST":
        version = versions_of(person).get(kind, 0)
        return _show_form(request, person, part_form(kind, known=stored), version)
    form = part_form(kind, sent=request.POST, known=stored)
    if not form.is_valid():
        return _show_form(request, person, form, _version(request))
    return _save(request, person, kind, form.content, stored)


def _save(
    request: Request, person: Person, kind: str, mine: dict[str, Any], stored: dict[str, Any]
) -> HttpResponse:
    is_choosing = any(name.startswith("choose-") for name in request.POST)
    try:
        save_part(
            actor=request.actor,
            person=person,
            kind=kind,
            content=merged(mine, stored, request.POST) if is_choosing else mine,
            based_on=_version(request),
            at=request.received_at,
        )
    except ChangedMeanwhile as clash:
        return _show_conflict(request, person, kind, mine, clash)
    messages.success(request, _("Saved."))
    return redirect("people:identity", person.pseudonym)


def _show_form(request: Request, person: Person, form: PartForm, version: int) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "version": version,
        "title": form.kind.label,
        "may": verdict(request.actor, Act.CHANGE, (person, form.kind)),
    }
    return show(request, "people/edit.html", context)


def _show_conflict(
    request: Request, person: Person, kind: str, mine: dict[str, Any], clash: ChangedMeanwhile
) -> HttpResponse:
    left_out = {"csrfmiddlewaretoken", "version"}
    context = {
        "person": person,
        "kind": kind,
        "problem": clash,
        "pairs": pairs(mine, clash.theirs),
        "mine": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in left_out and not name.startswith("choose-")
        ],
        "version": clash.version,
    }
    return show(request, "people/conflict.html", context)


def _version(request: Request) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdecimal() else 0
