"""Making what may be shown out of what was counted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from datetime import datetime

from django.db.models import Sum

from tumar.evidence.models import Batch, Release, Tally
from tumar.evidence.models.tally import Dimension, Source
from tumar.evidence.rules.counting import fixed_orders
from tumar.evidence.rules.release import Counts, protect

FORMS_IN_EACH = frozenset({Dimension.FORM.value})


def make_release(source: Source, rule: str, at: datetime) -> Release:
    """Replace what is shown of a source; inside the event that counted it."""
    protection = protect(_counts(source), fixed=fixed_orders(), in_each=FORMS_IN_EACH)
    release, _is_new = Release.objects.update_or_create(
        source=source,
        defaults={
            "rule": rule,
            "titles": _titles(source),
            "content": asdict(protection),
            "made_at": at,
        },
    )
    return release


def _counts(source: Source) -> dict[str, Counts]:
    counts: dict[str, dict[tuple[int, str], int]] = defaultdict(dict)
    tallies = Tally.objects.filter(counting__source=source).order_by()
    for dimension, year, code, people in tallies.values_list("dimension", "year", "code").annotate(
        whole=Sum("people")
    ):
        counts[dimension][year, code] = people
    return {name: counts[name] for name in Dimension.values if name in counts}


def _titles(source: Source) -> list[str]:
    if source is Source.CASES:
        return []
    batches = Batch.objects.filter(rows_added__gt=0).order_by("pk")
    return list(dict.fromkeys(batches.values_list("title", flat=True)))
