"""Cases that came in a file: which file, and which row became which case."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.access.roles import IDENTITY_ROLES
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.protection.models.case import Case
from tumar.reference.models import Organisation

KEEPS = [("none", _("Keep nothing if a row is bad")), ("good", _("Keep the good rows"))]


class OwnImportQuerySet(RecordedQuerySet[Any]):
    """What the actor's own organisation took in, for roles that work with identities."""

    def visible_to(self, actor: Actor) -> Self:
        if not actor.has(*IDENTITY_ROLES):
            return self.none()
        return self.filter(organisation=actor.organisation_id)


class ImportBatch(Recorded):
    """One file of cases: what came in, what was there already, what was refused.

    `refusals` are [row, column, reason] of the first bad cells: a number, a name of the standard
    or the letter of a column, and a code. Never what stood there, nor the name of the file.
    """

    KINDS = [("xlsx", "XLSX"), ("csv", "CSV")]

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("format"), max_length=4, choices=KINDS)
    keep = models.CharField(_("bad rows"), max_length=4, choices=KEEPS)
    rows_read = models.PositiveIntegerField(_("rows read"))
    rows_added = models.PositiveIntegerField(_("cases added"), default=0)
    rows_there = models.PositiveIntegerField(_("already there"), default=0)
    rows_refused = models.PositiveIntegerField(_("refused"), default=0)
    refusals = models.JSONField(default=list)
    ignored = models.JSONField(default=list)  # the letters of columns that were passed over
    imported_at = models.DateTimeField(_("imported"))
    imported_by = models.BigIntegerField()

    objects = OwnImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of cases")
        verbose_name_plural = _("imports of cases")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_rows_add_up",
                condition=Q(rows_read__gte=F("rows_added") + F("rows_there") + F("rows_refused")),
            ),
            models.CheckConstraint(
                name="import_keep_known", condition=Q(keep__in=("good", "none"))
            ),
            models.CheckConstraint(name="import_kind_known", condition=Q(kind__in=("xlsx", "csv"))),
        ]

    def __str__(self) -> str:
        return f"import of {self.imported_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("protection:exchange-import", args=[self.pk])


class ImportedRow(Recorded):
    """A row that became a case, known again by a keyed digest: the same row twice adds nothing.

    The key lies on the key ring, so whoever has only the database cannot try rows against it.
    Two different persons may well have equal rows: `occurrence` is the first, second ... of them
    in one file.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    occurrence = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")

    objects = OwnImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint(
                name="imported_row_once", fields=["organisation", "digest", "occurrence"]
            )
        ]

    def __str__(self) -> str:
        return f"imported row {self.pk}"
