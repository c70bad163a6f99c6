"""Counting people, once after an import and again whenever cases may have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from tumar import audit
from tumar.access import Actor, require
from tumar.evidence.commands.releases import make_release
from tumar.evidence.models import Batch, Counting, Record, Tally
from tumar.evidence.models.tally import YEAR_NOT_KNOWN, Dimension, Source
from tumar.evidence.policy import Act
from tumar.evidence.rules.counting import COUNTING_RULES, USUAL_RULE, form_classes
from tumar.people.models import Consent, ConsentState
from tumar.protection.models import StatusDecision

Cell = tuple[str, int, str]  # dimension, year, code
# Dimensions in which a record has one code, under the name of its column.
ONE_EACH = (
    Dimension.SEX,
    Dimension.AGE,
    Dimension.CITIZENSHIP,
    Dimension.COUNTRY,
    Dimension.DATASOURCE,
)
UNKNOWN_CODES = frozenset({"unknown", "undetermined"})


def counting_rule() -> str:
    """The key of the installation's counting rule for cases."""
    return str(getattr(settings, "TUMAR_COUNTING_RULE", USUAL_RULE))


def rebuild_case_tallies(*, actor: Actor, at: datetime, rule: str = "") -> Counting:
    """Count the persons of all cases anew, by year of decision.

    Reads every decision once, in constant memory; nothing is kept but counts.

    Args:
        rule: a key of COUNTING_RULES; the installation's own when left out.

    Raises:
        NotAllowed: the actor may not have cases counted.
    """
    with audit.record(actor, Act.REBUILD, on=Counting, at=at) as event:
        require(actor, Act.REBUILD, Counting)
        rule = rule or counting_rule()
        cells, people = _count_persons(_decisions(COUNTING_RULES[rule].statuses))
        Counting.objects.of(Source.CASES).delete()
        counting = Counting.objects.create(
            source=Source.CASES, rule=rule, people=people, counted_at=at
        )
        _keep(counting, cells)
        make_release(Source.CASES, rule, at)
        event.note(people=people, rule=rule)
        return counting


def count_batch(batch: Batch, at: datetime) -> Counting:
    """Count the records of one import; inside the event that imports them."""
    counting = Counting.objects.create(
        source=Source.IMPORTED, batch=batch, rule="", people=batch.rows_added, counted_at=at
    )
    _keep(counting, _added_up(_record_cells(batch)))
    make_release(Source.IMPORTED, "", at)
    return counting


def _keep(counting: Counting, cells: Counter[Cell]) -> None:
    Tally.objects.bulk_create(
        [
            Tally(counting=counting, dimension=dimension, year=year, code=code, people=people)
            for (dimension, year, code), people in sorted(cells.items())
        ],
        batch_size=150,
    )


def _record_cells(batch: Batch) -> Iterator[tuple[Cell, int]]:
    records = Record.objects.filter(batch=batch).order_by()
    for dimension in ONE_EACH:
        for year, code, people in records.values_list("year", dimension.value).annotate(
            people=Count("pk")
        ):
            yield (dimension.value, year or YEAR_NOT_KNOWN, _known(code)), people
    yield from _form_cells(records)


def _form_cells(records: QuerySet[Record]) -> Iterator[tuple[Cell, int]]:
    """Each person in each form; under no form when none is known."""
    names = ("sexual", "forced_labour", "other")
    for year, *said, people in records.values_list("year", *names).annotate(people=Count("pk")):
        forms = [name for name, answer in zip(names, said, strict=True) if answer]
        for form in forms or [""]:
            yield (Dimension.FORM.value, year or YEAR_NOT_KNOWN, form), people


def _added_up(cells: Iterable[tuple[Cell, int]]) -> Counter[Cell]:
    """Several cells may be one here: whatever was not known, for one reason or another."""
    found: Counter[Cell] = Counter()
    for cell, people in cells:
        found[cell] += people
    return found


@dataclass(slots=True)
class _Decision:
    """What one decision, with its case and event, says of a person."""

    person: UUID
    decided_on: date
    sex: str
    age_band: str
    citizenship: str
    exploited_in: str
    form: str
    forms: list[str] | None = field(default=None)


def _who_refused() -> QuerySet[Consent]:
    """Persons whose latest answer about national statistics is no: they are not counted."""
    answers = Consent.objects.filter(purpose="national_statistics")
    latest = answers.filter(person=OuterRef("person")).order_by("-given_at", "-pk").values("pk")[:1]
    noes = (ConsentState.REFUSED, ConsentState.WITHDRAWN)
    return answers.filter(pk=Subquery(latest), state__in=noes)


def _decisions(statuses: tuple[str, ...]) -> Iterable[_Decision]:
    later = StatusDecision.objects.filter(
        case=OuterRef("case"), status="annulled", recorded_at__gt=OuterRef("recorded_at")
    )
    rows = (
        StatusDecision.objects.filter(~Exists(later), status__in=statuses)
        .exclude(case__person__in=_who_refused().values("person"))
        .order_by("case__person_id", "decided_on", "recorded_at")
        .values_list(
            "case__person_id", "decided_on", "case__sex", "case__age_band", "case__citizenship",
            "case__exploited_in", "case__form", "case__event__forms",
        )
    )  # fmt: skip
    return (_Decision(*row) for row in rows.iterator(chunk_size=5000))


def _count_persons(decisions: Iterable[_Decision]) -> tuple[Counter[Cell], int]:
    """Each person once in each year; the year's last decision says what is known of her."""
    classes, cells, people = form_classes(), Counter[Cell](), 0
    for (_person, year), group in groupby(decisions, key=_person_year):
        people += 1
        decided = list(group)
        last = decided[-1]
        cells[Dimension.SEX.value, year, _known(last.sex)] += 1
        cells[Dimension.AGE.value, year, last.age_band] += 1
        cells[Dimension.CITIZENSHIP.value, year, _known(last.citizenship)] += 1
        cells[Dimension.COUNTRY.value, year, last.exploited_in] += 1
        for form in _forms(decided, classes) or {""}:
            cells[Dimension.FORM.value, year, form] += 1
    return cells, people


def _person_year(decision: _Decision) -> tuple[UUID, int]:
    return decision.person, decision.decided_on.year


def _forms(decided: list[_Decision], classes: dict[str, str]) -> set[str]:
    told = {code for one in decided for code in [one.form, *(one.forms or [])]}
    return {classes[code] for code in told if code in classes}


def _known(code: str) -> str:
    return "" if code in UNKNOWN_CODES else code
