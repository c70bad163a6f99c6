"""Pages over a filled store: list, case, searches, saving, sealing against no sealing.

python -m bench.pages      over the database of the environment, made by bench.generate

Whole requests through every middleware, in one process, without the network.
"""

from __future__ import annotations

import os
import statistics

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumar.site.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.measure import p95, table, times  # noqa: E402
from tumar.access import Actor, Role  # noqa: E402
from tumar.access.models import User  # noqa: E402
from tumar.people.commands import search_persons  # noqa: E402
from tumar.people.models import IdentityPart, Person  # noqa: E402
from tumar.people.queries import Question  # noqa: E402
from tumar.protection.commands import agree_plan, write_note  # noqa: E402
from tumar.protection.models import Case, Plan  # noqa: E402
from tumar.vault.fields import SealedField  # noqa: E402

CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def main() -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    worker = User.objects.get(username="demo-caseworker")
    held = worker.memberships.get()
    actor = Actor(worker.pk, held.organisation_id, frozenset({Role.CASEWORKER}))
    client = Client()
    client.force_login(worker)
    client.post(reverse("protection:show-names"), {"names": "show"})
    rows = [
        *_list(client),
        *_case(client, actor),
        *_search(actor),
        *_save(actor),
        *_sealing(client),
    ]
    size = Case.objects.count()
    table(f"{connection.vendor}, {size:,} cases", ["what", "measured", "queries", "goal"], rows)


def _list(client: Client) -> list[tuple[object, ...]]:
    url = reverse("protection:cases")
    count = _queries(lambda: _ok(client.get(url)))
    return [("case list, 50 rows with names", _ms(p95(lambda: client.get(url))), count, "150 ms")]


def _case(client: Client, actor: Actor) -> list[tuple[object, ...]]:
    cases = Case.objects.visible_to(actor).open()
    few, many = cases.order_by("ref")[:2]
    for number in range(200 - many.notes.count()):
        write_note(
            actor=actor, case=many, text=f"Note {number}", kind="contact",
            happened_on=many.opened_at.date(), at=timezone.now(),
        )  # fmt: skip
    return [
        (
            f"case page, {case.notes.count()} note(s)",
            _ms(p95(lambda case=case: client.get(case.get_absolute_url()))),
            _queries(lambda case=case: _ok(client.get(case.get_absolute_url()))),
            "200 ms, 15 queries",
        )
        for case in (few, many)
    ]


def _search(actor: Actor) -> list[tuple[object, ...]]:
    known = Person.objects.visible_to(actor).select_related("data_key")[:40]
    parts = {
        (part.person_id, part.kind): part.content
        for part in IdentityPart.objects.filter(person__in=list(known)).select_related("data_key")
    }
    numbers = [parts[person.pk, "documents"]["documents"][0]["number"] for person in known]
    names = [parts[person.pk, "names"]["names"][0]["text"] for person in known]
    now = timezone.now()
    turn = iter(numbers * 10)
    by_number = p95(
        lambda: search_persons(actor=actor, question=Question(document=next(turn)), at=now)
    )
    name_turn = iter(names * 10)
    by_name = p95(
        lambda: search_persons(actor=actor, question=Question(name=next(name_turn)), at=now)
    )
    return [
        ("identifier search", _ms(by_number), "", "60 ms at 100,000"),
        ("name search", _ms(by_name), "", "250 ms at 100,000"),
    ]


def _save(actor: Actor) -> list[tuple[object, ...]]:
    case = Case.objects.visible_to(actor).open().order_by("-ref").first()
    assert case is not None

    def save() -> None:
        plan = Plan.objects.filter(case=case).first()
        agree_plan(
            actor=actor, case=case, objectives="A safe place.", agreed_with_person=True,
            review_on=None, based_on=plan.version if plan else 0, at=timezone.now(),
        )  # fmt: skip

    return [("save a section", _ms(p95(save)), _queries(save), "120 ms")]


def _sealing(client: Client) -> list[tuple[object, ...]]:
    """The same list with its values sealed, and with the values lying open, turn about."""
    url = reverse("protection:cases")
    sealed_open = SealedField.open
    opened: dict[bytes, object] = {}

    def remembering(field: SealedField[object], row: object, envelope: bytes) -> object:
        if envelope not in opened:
            opened[envelope] = sealed_open(field, row, envelope)
        return opened[envelope]

    client.get(url)
    ratios = []
    for _ in range(15):
        SealedField.open = sealed_open
        sealed = statistics.median(times(lambda: client.get(url), 4))
        SealedField.open = remembering
        plain = statistics.median(times(lambda: client.get(url), 4))
        ratios.append(sealed / plain)
    SealedField.open = sealed_open
    ratio = statistics.median(ratios)
    return [("list sealed ÷ list unsealed (median)", f"{ratio:.2f}", "", "1.5")]


def _queries(work: object) -> int:
    with CaptureQueriesContext(connection) as seen:
        work()
    return sum(not query["sql"].startswith(CONTROL) for query in seen.captured_queries)


def _ok(answer: object) -> None:
    assert answer.status_code == 200, answer.status_code


def _ms(value: float) -> str:
    return f"{value:.0f} ms"


if __name__ == "__main__":
    main()
