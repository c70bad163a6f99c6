"""What has been counted, so that a page of statistics never reads a million records."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.evidence.models.batch import READERS, Batch
from tumar.evidence.rules.counting import COUNTING_RULES

YEAR_NOT_KNOWN = 0


class Source(models.TextChoices):
    """Where the counted persons are written down. The two are never added up."""

    CASES = "cases", _("Our cases")
    IMPORTED = "imported", _("Imported records")


class Dimension(models.TextChoices):
    """By what persons are counted, each within the year."""

    SEX = "sex", _("Sex")
    AGE = "age_band", _("Age")
    CITIZENSHIP = "citizenship", _("Citizenship")
    FORM = "form", _("Form of exploitation")
    COUNTRY = "exploited_in", _("Country of exploitation")
    DATASOURCE = "datasource", _("Kind of source")


class CountingQuerySet(RecordedQuerySet["Counting"]):
    def visible_to(self, actor: Actor) -> Self:
        """Unprotected counts, for those who prepare statistics; everybody else asks `queries`."""
        return self if actor.has(*READERS) else self.none()

    def of(self, source: str) -> Self:
        return self.filter(source=source)


class Counting(Recorded):
    """One run of counting: all cases at some moment, or the records of one import."""

    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    batch = models.OneToOneField(
        Batch, models.CASCADE, related_name="counting", null=True, blank=True
    )
    rule = models.CharField(_("counting rule"), max_length=30)
    people = models.PositiveIntegerField(_("people"))
    counted_at = models.DateTimeField(_("counted"))

    objects = CountingQuerySet.as_manager()

    class Meta:
        verbose_name = _("counting")
        verbose_name_plural = _("countings")
        constraints = [
            models.CheckConstraint(
                name="counting_batch_if_imported",
                condition=Q(source=Source.CASES, batch=None)
                | Q(source=Source.IMPORTED, batch__isnull=False),
            ),
            models.UniqueConstraint(
                name="counting_cases_once", fields=["source"], condition=Q(source=Source.CASES)
            ),
            models.CheckConstraint(
                name="counting_rule_known",
                condition=Q(rule__in=["", *COUNTING_RULES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.counted_at:%Y-%m-%d}"


class TallyQuerySet(RecordedQuerySet["Tally"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(counting__in=Counting.objects.visible_to(actor))


class Tally(Recorded):
    """How many people of one year have one code in one dimension. Not protected: never shown.

    One table per dimension and year instead of all dimensions crossed: it stays as small for a
    million records as for a thousand, and crossing citizenship, age and country would describe
    single persons. A person with several forms of exploitation is counted in each.
    """

    counting = models.ForeignKey(Counting, models.CASCADE, related_name="tallies")
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    year = models.PositiveSmallIntegerField()  # YEAR_NOT_KNOWN where the source does not say
    code = models.CharField(max_length=64, blank=True)  # empty: not known
    people = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.UniqueConstraint(
                name="tally_once", fields=["counting", "dimension", "year", "code"]
            ),
            models.CheckConstraint(
                name="tally_dimension_known", condition=Q(dimension__in=Dimension.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension} {self.year} {self.code}"


class ReleaseQuerySet(RecordedQuerySet["Release"]):
    def visible_to(self, actor: Actor) -> Self:
        """What may be shown is for everybody who has signed in."""
        return self if actor.roles else self.none()


class Release(Recorded):
    """The statistics of one source as they may be shown: small counts are not in it at all.

    Made from the tallies whenever something has been counted; pages and downloads read nothing
    else.
    """

    source = models.CharField(_("source"), max_length=8, choices=Source.choices, unique=True)
    rule = models.CharField(_("counting rule"), max_length=30, blank=True)
    titles = models.JSONField(_("sources"), default=list)
    content = models.JSONField()
    made_at = models.DateTimeField(_("made"))

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        return f"{self.source} {self.made_at:%Y-%m-%d}"
