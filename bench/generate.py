"""Fills a database with many sealed cases, quickly: the same stories as the demonstration.

python -m bench.generate --cases 100000      into the database and keys of the environment

Rows go in by COPY or executemany, sealed as the application seals them; a case here has fewer
rows around it than in the demonstration (see ROWS), so that a million fit on a small machine.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumar.site.settings")
django.setup()

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402

from tumar import audit  # noqa: E402
from tumar.access import SYSTEM  # noqa: E402
from tumar.people.commands.grants import ALL_GROUPS  # noqa: E402
from tumar.people.models import Grant, IdentityPart, Person, SearchToken  # noqa: E402
from tumar.people.rules import index_terms  # noqa: E402
from tumar.people.rules.index import bits_for  # noqa: E402
from tumar.protection.models import Case, CaseAccess, Note, Task  # noqa: E402
from tumar.protection.queries.facts import age_band  # noqa: E402
from tumar.protection.rules import NEVER  # noqa: E402
from tumar.reference.models import Organisation  # noqa: E402
from tumar.site.demo.country import Country, found  # noqa: E402
from tumar.site.demo.stories import Story, invented_story  # noqa: E402
from tumar.vault.envelope import seal, subkey  # noqa: E402
from tumar.vault.keyring import ring  # noqa: E402
from tumar.vault.models import DataKey  # noqa: E402
from tumar.vault.tokens import token  # noqa: E402

PARTS = ("names", "birth", "documents", "contacts")
ROWS = (DataKey, Person, IdentityPart, SearchToken, Grant, Case, CaseAccess, Note, Task)
AT_ONCE = 5000
POOL = 4000  # stories told once; each case takes one and changes document, number and days
STATUS = {"new": "intake", "identified": "open", "assisted": "open", "follow_up": "follow_up"}


class Table:
    """Rows of one model on their way into the database, as the driver wants them."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        fields = [f for f in model._meta.concrete_fields if not isinstance(f, models.BigAutoField)]
        self.columns = [field.column for field in fields]
        self.defaults = {f.column: f.get_default() for f in fields if f.has_default()}
        self.blank = {f.column: "" for f in fields if isinstance(f, models.CharField)}
        self.turn = [_turn(field) for field in fields]
        self.rows: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> None:
        whole = {**self.blank, **self.defaults, **values}
        self.rows.append(
            tuple(
                turn(whole.get(column))
                for column, turn in zip(self.columns, self.turn, strict=True)
            )
        )

    def write(self) -> None:
        names = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.name}" ({names}) FROM STDIN') as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(self.columns))
                raw = connection.connection
                raw.executemany(f'INSERT INTO "{self.name}" ({names}) VALUES ({marks})', self.rows)
        self.rows.clear()


def _turn(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a column's value is given to the driver."""
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value)
    if connection.vendor == "postgresql":
        return lambda value: value
    if isinstance(field, models.UUIDField) or isinstance(
        getattr(field, "target_field", None), models.UUIDField
    ):
        return lambda value: value.hex if isinstance(value, UUID) else value
    if isinstance(field, models.DateTimeField):
        return lambda value: value and value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(field, models.DateField):
        return lambda value: value and value.isoformat()
    return lambda value: value


class Filler:
    """Turns stories into rows."""

    def __init__(self, chance: Random, country: Country, at: datetime, cases: int) -> None:
        self.chance, self.country, self.at = chance, country, at
        self.bits = bits_for(cases)
        self.tables = {model: Table(model) for model in ROWS}
        self.stories = [invented_story(chance, at.date()) for _ in range(POOL)]
        self.tokens = {id(story): self._name_tokens(story) for story in self.stories}
        self.number = 0

    def fill(self, cases: int) -> None:
        for _ in range(cases):
            self.number += 1
            self._case(self.chance.choice(self.stories))
        for table in self.tables.values():
            table.write()

    def _case(self, story: Story) -> None:
        key, person, case = self._id(), self._id(), self._id()
        root, wrapped, record, identity = _fresh_key(key)
        opened = self.at - timedelta(days=self.chance.randint(0, 1095), seconds=self.number % 86000)
        lead = self.country.organisations[story.lead]
        worker = self.chance.choice(self.country.workers[story.lead]).pk
        closed = opened + timedelta(days=60) if story.stage == "closed" else None
        due = NEVER if closed else self._due()
        add = {model: table.add for model, table in self.tables.items()}
        add[DataKey](id=key, root=root, wrapped=wrapped, made_at=opened)
        add[Person](
            id=person, data_key_id=key, made_at=opened, pseudonym=f"P-{self.number:08}",
            code_name="Silver Heron",
        )  # fmt: skip
        self._identity(story, person, key, identity, opened, worker)
        groups = sorted(ALL_GROUPS)
        add[Grant](
            person_id=person, organisation_id=lead.pk, ground="lead", groups=groups,
            granted_at=opened,
        )  # fmt: skip
        place = f"protection_case|safety|{case}|{key}".encode()
        add[Case](
            id=case, data_key_id=key, ref=f"kg-{opened:%y}-{self.number:07}", kind="tip",
            person_id=person, lead_id=lead.pk, worker_id=worker,
            status="closed" if closed else STATUS[story.stage], decision=story.decision,
            risk=story.risk, safety=seal(record, b"Text only.", place), sex=story.identity.sex,
            age_band=age_band((story.age, story.age)), citizenship=story.way.citizenship,
            form=story.form, exploited_in=story.way.exploited_in, opened_at=opened, due_on=due,
            closed_at=closed, closure_reason="goals_met" if closed else "",
        )  # fmt: skip
        add[CaseAccess](
            case_id=case, organisation_id=lead.pk, capacity="lead", ground="lead", groups=groups,
            since=opened, is_open=closed is None, due_on=due, opened_at=opened, worker_id=worker,
        )  # fmt: skip
        note = self._id()
        add[Note](
            id=note, data_key_id=key, case_id=case, author_id=worker, organisation_id=lead.pk,
            kind="contact", happened_on=opened.date(), written_at=opened,
            text=_sealed(record, b"She feels safe here.", "protection_note", note, key),
        )  # fmt: skip
        if closed is None:
            task = self._id()
            add[Task](
                id=task, data_key_id=key, case_id=case, organisation_id=lead.pk,
                assignee_id=worker, due_on=due, made_at=opened,
                text=_sealed(record, b"Call the lawyer", "protection_task", task, key),
            )  # fmt: skip

    def _identity(
        self, story: Story, person: UUID, key: UUID, cipher: AESGCM, at: datetime, by: int
    ) -> None:
        number = f"AC{self.number:07}"
        contents = story.identity.parts()
        contents["documents"] = {
            "documents": [{"kind": "passport", "number": number, "issuer": ""}]
        }
        for kind in PARTS:
            part = self._id()
            place = f"people_identitypart|content|{part}|{key}".encode()
            plain = json.dumps(contents[kind], ensure_ascii=False, separators=(",", ":")).encode()
            self.tables[IdentityPart].add(
                id=part, data_key_id=key, person_id=person, kind=kind, version=1,
                content=seal(cipher, plain, place), changed_at=at, changed_by=by,
            )  # fmt: skip
        for purpose, value in (
            *self.tokens[id(story)],
            ("document", token("document", number, self.bits)),
        ):
            self.tables[SearchToken].add(person_id=person, purpose=purpose, token=value)

    def _name_tokens(self, story: Story) -> list[tuple[str, int]]:
        terms = index_terms(story.identity, settings.TUMAR_COUNTRY)
        return [
            (purpose, token(purpose, text, self.bits))
            for purpose, text in terms
            if purpose != "document"
        ]

    def _due(self) -> date:
        return self.at.date() + timedelta(days=self.chance.randint(-20, 200))

    def _id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def _sealed(cipher: AESGCM, plain: bytes, table: str, row: UUID, key: UUID) -> bytes:
    """A text as `SealedTextField` would seal it in this row."""
    return seal(cipher, plain, f"{table}|text|{row}|{key}".encode())


def _fresh_key(pk: UUID) -> tuple[str, bytes, AESGCM, AESGCM]:
    plain = secrets.token_bytes(32)
    root, wrapped = ring().wrap(plain, b"vault_datakey|wrapped|" + pk.bytes)
    return root, wrapped, AESGCM(subkey(plain, "record")), AESGCM(subkey(plain, "identity"))


def generate(cases: int, at: datetime, tell: Callable[[str], None] = print) -> None:
    """Fill the database of the environment with this many cases."""
    chance = Random(2017)  # noqa: S311  # stories, not secrets
    with audit.record(SYSTEM, "bench.country.found", on=Organisation, at=at):
        country = found(chance, at)
    filler, begun = Filler(chance, country, at, cases), time.perf_counter()
    for done in range(0, cases, AT_ONCE):
        with transaction.atomic():
            filler.fill(min(AT_ONCE, cases - done))
        if done % 50_000 == 0:
            tell(f"{done + AT_ONCE:>9,} cases, {time.perf_counter() - begun:,.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(arguments: Iterable[str] | None = None) -> None:
    from django.core.management import call_command
    from django.utils import timezone  # the command line reads the clock

    from tumar.vault.keyring import make_folder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    wanted = parser.parse_args(arguments)
    os.umask(0o077)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if not settings.TUMAR_KEYS.exists():
        make_folder(settings.TUMAR_KEYS)
    call_command("migrate", verbosity=0)
    generate(wanted.cases, timezone.now())


if __name__ == "__main__":
    main()
