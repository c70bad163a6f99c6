"""Her answers: the matrix, asking, narrowing, withdrawing, and the law instead of consent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tumar.access import Verdict, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import (
    narrow_consent,
    open_consents,
    record_consent,
    state_legal_ground,
    withdraw_consent,
)
from tumar.people.forms.consent import ConsentForm, LawForm, NarrowForm
from tumar.people.lists.consents import history_rows, matrix
from tumar.people.models import Consent, Person
from tumar.people.policy import Act
from tumar.people.views.visible import visible_person
from tumar.ui.pages import show


@require_safe
@open_to(*IDENTITY_ROLES)
def consents(request: Request, pseudonym: str) -> HttpResponse:
    """For what and with whom she agrees, and how that came about."""
    person = visible_person(request, pseudonym)
    at = request.received_at
    page = open_consents(actor=request.actor, person=person, at=at)
    context = {
        "person": person,
        "rows": matrix(page),
        "history": history_rows(page),
        "may_ask": verdict(request.actor, Act.ASK, person),
        "may_state_law": verdict(request.actor, Act.STATE_LAW, person),
    }
    return show(request, "people/consents.html", context)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def ask(request: Request, pseudonym: str) -> HttpResponse:
    """Write down one answer."""
    person = visible_person(request, pseudonym)
    sent = request.POST if request.method == "POST" else None
    form = ConsentForm(
        sent, today=timezone.localdate(request.received_at), initial=_asked_for(request)
    )
    if form.is_valid():
        record_consent(actor=request.actor, person=person, at=request.received_at, **form.values)
        return redirect("people:consents", person.pseudonym)
    may = verdict(request.actor, Act.ASK, person)
    return _show(request, "people/ask.html", person, form, may)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def narrow(request: Request, pseudonym: str, pk: UUID) -> HttpResponse:
    """Take groups of facts out of an answer."""
    person, consent = _answer(request, pseudonym, pk)
    form = NarrowForm(request.POST if request.method == "POST" else None, consent=consent)
    may = verdict(request.actor, Act.NARROW, consent)
    if may and form.is_valid():
        narrow_consent(
            actor=request.actor,
            consent=consent,
            groups=form.cleaned_data["groups"],
            at=request.received_at,
        )
        messages.success(request, _("Less is agreed to now. What is left out stopped at once."))
        return redirect("people:consents", person.pseudonym)
    return _show(request, "people/narrow.html", person, form, may, consent)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def withdraw(request: Request, pseudonym: str, pk: UUID) -> HttpResponse:
    """End an answer at once: one tap leads here, the second does it."""
    person, consent = _answer(request, pseudonym, pk)
    if request.method == "POST":
        gone = withdraw_consent(actor=request.actor, consent=consent, at=request.received_at)
        messages.success(request, _("Withdrawn. It counts from this moment."))
        if gone:
            names = ", ".join(str(each) for each in gone)
            messages.warning(request, _("Cut off now: %(names)s.") % {"names": names})
        return redirect("people:consents", person.pseudonym)
    may = verdict(request.actor, Act.WITHDRAW, consent)
    return _show(request, "people/withdraw.html", person, Form(), may, consent)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def law(request: Request, pseudonym: str) -> HttpResponse:
    """Write down the law that allows something without her consent."""
    person = visible_person(request, pseudonym)
    form = LawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        state_legal_ground(
            actor=request.actor, person=person, at=request.received_at, **form.cleaned_data
        )
        return redirect("people:consents", person.pseudonym)
    may = verdict(request.actor, Act.STATE_LAW, person)
    return _show(request, "people/law.html", person, form, may)


def _answer(request: Request, pseudonym: str, pk: UUID) -> tuple[Person, Consent]:
    person = visible_person(request, pseudonym)
    answers = person.consents.select_related("recipient", "data_key")
    return person, find(answers, pk=pk)


def _asked_for(request: Request) -> dict[str, str]:
    """A purpose or a recipient that the page before had in mind."""
    return {key: request.GET[key] for key in ("purpose", "recipient") if request.GET.get(key)}


def _show(
    request: Request, template: str, person: Person, form: Form, may: Verdict,
    consent: Consent | None = None,
) -> HttpResponse:  # fmt: skip
    context = {"person": person, "form": form, "may": may, "consent": consent}
    return show(request, template, context)
