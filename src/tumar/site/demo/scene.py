"""Chance, country and clock of one load, and the rows that wait to be written."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar, cast
from uuid import UUID

from django.db import models

from tumar.access.models import User
from tumar.audit.models import Line
from tumar.people.models import Consent, Grant, IdentityPart, Person
from tumar.people.rules.pseudonyms import ALPHABET
from tumar.protection.models import (
    Case,
    CaseAccess,
    Goal,
    Need,
    Note,
    Plan,
    Referral,
    Screening,
    ServiceEpisode,
    StatusDecision,
    Task,
    TipEvent,
)
from tumar.site.demo.country import Country
from tumar.vault.models import DataKey

M = TypeVar("M", bound=models.Model)

ORDER: tuple[type[models.Model], ...] = (
    DataKey,
    Person,
    IdentityPart,
    Grant,
    Consent,
    Screening,
    Case,
    CaseAccess,
    Note,
    StatusDecision,
    TipEvent,
    Need,
    Plan,
    Goal,
    ServiceEpisode,
    Task,
    Referral,
    Line,
)


class Rows:
    """Rows waiting to be written, by model, in the order that foreign keys ask for."""

    def __init__(self) -> None:
        self.waiting: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def add(self, row: models.Model) -> None:
        self.waiting[type(row)].append(row)

    def of(self, model: type[M]) -> list[M]:
        """The rows of one model that wait."""
        return cast("list[M]", self.waiting[model])

    def write(self) -> None:
        """Write everything that waits. Inside an event only."""
        for model in ORDER:
            if self.waiting[model]:
                model._default_manager.bulk_create(self.waiting[model], batch_size=400)
        self.waiting.clear()


class Scene:
    """One load: the same chance gives the same scene, but for keys and nonces."""

    def __init__(self, chance: Random, country: Country, at: datetime) -> None:
        self.chance, self.country, self.at = chance, country, at
        self.today = at.date()
        self.rows = Rows()
        self.used: set[str] = set()

    def ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days, minutes=self.chance.randint(0, 500))

    def within(self, case: Case) -> datetime:
        """A moment between a case's opening and its end, or now."""
        end = case.closed_at or self.at
        return case.opened_at + (end - case.opened_at) * self.chance.random()

    def worker(self, key: str) -> User:
        return self.chance.choice(self.country.workers[key])

    def id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def code(self, length: int) -> str:
        """A reference that was not given before."""
        while True:
            code = "".join(self.chance.choice(ALPHABET) for _ in range(length))
            if code not in self.used:
                self.used.add(code)
                return code

    def due(self, case: Case, day: date | None) -> None:
        """Something of an open case is due on a day."""
        if day is not None and case.closed_at is None:
            case.due_on = min(case.due_on, day)
