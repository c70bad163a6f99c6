"""Searching from any page: by reference, in the directory of services, and for persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tumar.access import Actor, verdict
from tumar.people.commands import search_persons
from tumar.people.policy import Act
from tumar.people.queries import Candidate, Question
from tumar.protection.models import Case, Referral, Screening
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.reference.models import Organisation, Service

SHOWN = 10
FEWEST_LETTERS = 2
FEWEST_FIGURES = 4  # of a document or a telephone number


@dataclass(frozen=True, slots=True)
class Known:
    """A person who may be the one looked for, with the cases of hers the reader may know."""

    candidate: Candidate
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything a text led to, inside what the reader may know."""

    cases: Sequence[Case] = ()
    referrals: Sequence[Referral] = ()
    screenings: Sequence[Screening] = ()
    organisations: Sequence[Organisation] = ()
    services: Sequence[Service] = ()
    persons: Sequence[Known] = ()

    def __bool__(self) -> bool:
        return any(
            (self.cases, self.referrals, self.screenings, self.organisations, self.services,
             self.persons)
        )  # fmt: skip


def search(actor: Actor, text: str, at: datetime) -> Found:
    """Look everywhere the reader may look; too short a text finds nothing."""
    if len(text) < FEWEST_LETTERS:
        return Found()
    ref = Q(ref__iexact=text)
    organisations = Organisation.objects.active().filter(name__icontains=text)
    return Found(
        cases=list(Case.objects.visible_to(actor).filter(ref)[:SHOWN]),
        referrals=list(Referral.objects.visible_to(actor).filter(ref)[:SHOWN]),
        screenings=list(Screening.objects.visible_to(actor).filter(ref)[:SHOWN]),
        organisations=list(organisations.order_by("name")[:SHOWN]),
        services=_services(text),
        persons=_persons(actor, text, at),
    )


def _services(text: str) -> Sequence[Service]:
    wanted = text.casefold()
    codes = [
        code
        for code, label in code_list("service_types").choices()
        if wanted in str(label).casefold()
    ]
    offered = Service.objects.filter(service__in=codes, organisation__is_active=True)
    return list(offered.select_related("organisation")[:SHOWN])


def _persons(actor: Actor, text: str, at: datetime) -> Sequence[Known]:
    """On record, if the reader may search for persons at all."""
    if not verdict(actor, Act.SEARCH, None):
        return []
    candidates = search_persons(actor=actor, question=question_of(text), at=at)
    persons = [candidate.person.pk for candidate in candidates]
    cases = list(Case.objects.visible_to(actor).filter(person__in=persons))
    return [
        Known(candidate, [case for case in cases if case.person_id == candidate.person.pk])
        for candidate in candidates
    ]


def question_of(text: str) -> Question:
    """What a text may mean: a date, a number, or else a name."""
    try:
        born = PartialDate.parse(text)
    except ValueError:
        born = PartialDate()
    if born:
        return Question(born=born)
    if sum(sign.isdecimal() for sign in text) >= FEWEST_FIGURES:
        return Question(document=text, phone=text)
    return Question(name=text)
