"""Anonymous historical records, and the files they came in."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor, Role
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.evidence.rules.layouts import layout_choices
from tumar.reference.fields import CodeField

KEEPS = [("good", _("Keep the good rows")), ("none", _("Keep nothing if a row is bad"))]
READERS = (Role.ANALYST, Role.COORDINATOR)


class BatchQuerySet(RecordedQuerySet["Batch"]):
    def visible_to(self, actor: Actor) -> Self:
        """Imports, for those who may make them."""
        return self if actor.has(*READERS) else self.none()


class Batch(Recorded):
    """One import of one file: what came in, what was there already, what was refused.

    `refusals` are [row, column, reason] of the first bad rows, never what stood there.
    """

    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    layout = models.CharField(_("layout"), max_length=12, choices=layout_choices())
    title = models.CharField(_("source"), max_length=200)
    keep = models.CharField(_("bad rows"), max_length=4, choices=KEEPS)
    rows_read = models.PositiveIntegerField(_("rows read"))
    rows_added = models.PositiveIntegerField(_("records added"), default=0)
    rows_there = models.PositiveIntegerField(_("already there"), default=0)
    rows_refused = models.PositiveIntegerField(_("refused"), default=0)
    refusals = models.JSONField(default=list)
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.BigIntegerField()

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_rows_add_up",
                condition=Q(rows_read__gte=F("rows_added") + F("rows_there") + F("rows_refused")),
            ),
            models.CheckConstraint(name="batch_keep_known", condition=Q(keep__in=("good", "none"))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:batch", args=[self.pk])


class RecordQuerySet(RecordedQuerySet["Record"]):
    def visible_to(self, actor: Actor) -> Self:
        """Anonymous records, for those who may import them."""
        return self if actor.has(*READERS) else self.none()


class Record(Recorded):
    """One person of an imported file, anonymous: counted in statistics, never in casework.

    The same file twice, or the same rows in another file, add nothing: `row_key` tells equal
    rows, and `occurrence` the first, second ... of them in one file, since two different people
    may well have equal rows.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records")
    row_key = models.CharField(max_length=32)
    occurrence = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(_("year of registration"), null=True)
    datasource = models.CharField(_("kind of source"), max_length=20, blank=True)
    gender = models.CharField(_("gender as given"), max_length=10, blank=True)
    sex = CodeField("sexes", _("sex"))
    age_band = CodeField("age_bands", _("age"), blank=True)
    citizenship = CodeField("citizenships", _("citizenship"), blank=True)
    exploited_in = CodeField("countries", _("country of exploitation"), blank=True)
    sexual = models.BooleanField(_("sexual exploitation"), null=True)
    forced_labour = models.BooleanField(_("forced labour"), null=True)
    other = models.BooleanField(_("other forms"), null=True)
    months = models.CharField(_("months in trafficking"), max_length=20, blank=True)
    # One character for each yes/no column of the layout, in its order: 1, 0, - (not known).
    answers = models.CharField(_("answers"), max_length=60, blank=True)
    rest = models.JSONField(_("further columns"), default=dict)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        constraints = [
            models.UniqueConstraint(name="record_once", fields=["row_key", "occurrence"])
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"
