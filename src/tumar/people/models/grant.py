"""Which organisation may know which person, and the blind index to find her by."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.reference.fields import CodesField
from tumar.reference.models import Organisation


class GrantQuerySet(RecordedQuerySet["Grant"]):
    def active(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(organisation=actor.organisation_id)

    def of_group(self, group: str) -> Self:
        """Grants that hold one group of facts."""
        # As text: SQLite cannot look for a value in a JSON list. Codes hold no quotes.
        written = self.annotate(written=Cast("groups", models.TextField()))
        return written.filter(written__contains=f'"{group}"')


class Grant(Recorded):
    """An organisation may know a person: since when, on what ground, and which groups of facts."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="grants")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=60)  # which act gave it: "lead", "referral:<id>"
    groups = CodesField("field_groups", _("groups of facts"))
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.UniqueConstraint(
                name="grant_once_per_ground",
                fields=["person", "organisation", "ground"],
                condition=Q(ended_at=None),
            )
        ]
        indexes = [
            models.Index(
                name="grant_active",
                fields=["organisation", "person"],
                condition=Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} may know {self.person_id}"


class SearchTokenQuerySet(RecordedQuerySet["SearchToken"]):
    def visible_to(self, actor: Actor) -> Self:
        """Tokens of persons the actor's organisation may know something of."""
        mine = Grant.objects.active().filter(organisation=actor.organisation_id)
        # Exists, not `in`: with `in`, SQLite lists everybody the organisation knows first.
        return self.filter(Exists(mine.filter(person=OuterRef("person"))))


class SearchToken(Recorded):
    """A truncated keyed hash of something a person can be found by."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10)
    token = models.BigIntegerField()

    objects = SearchTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("search token")
        verbose_name_plural = _("search tokens")
        indexes = [
            models.Index(name="token_lookup", fields=["purpose", "token", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.token}"
