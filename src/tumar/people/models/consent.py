"""Consent as an object, and the legal ground where consent is not it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.people.models.person import Person
from tumar.reference.fields import CodeField, CodesField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedTextField
from tumar.vault.models import Sealed


class ConsentState(models.TextChoices):
    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    NARROWED = "narrowed", _("Narrowed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


LIVE = (ConsentState.GIVEN, ConsentState.NARROWED)


class ConsentQuerySet(RecordedQuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person__in=Person.objects.visible_to(actor))

    def live(self, at: datetime) -> Self:
        """Given or narrowed, begun, and not over at this moment."""
        over = Q(expires_at__isnull=False, expires_at__lte=at)
        return self.filter(state__in=LIVE, given_at__lte=at).exclude(over)


class Consent(Sealed, Recorded):
    """One answer of one person: for one purpose, one recipient or the own organisation, until.

    An answer is never overwritten: a new one is a new row, and `state` moves only as
    `rules.CONSENT_NEXT` says.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = CodeField("purposes", _("purpose"))
    recipient = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("recipient"),
    )
    groups = CodesField("field_groups", _("groups of facts"))
    state = models.CharField(_("answer"), max_length=12, choices=ConsentState.choices)
    given_by = CodeField("consent_given_by", _("given by"))
    method = CodeField("consent_methods", _("how"))
    language = CodeField("languages", _("language"), blank=True)
    explained = models.JSONField(_("explained"), default=list)  # the seven points that were told
    words = SealedTextField(default="")  # her own words, if any
    given_at = models.DateTimeField(_("answered"))
    expires_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="consent_state_known", condition=Q(state__in=ConsentState.values)
            ),
            models.CheckConstraint(
                name="consent_ends_after_it_began",
                condition=Q(expires_at=None) | Q(expires_at__gt=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.state}"

    def is_live(self, at: datetime) -> bool:
        """True while it may be relied on."""
        if self.state not in LIVE or self.given_at > at:
            return False
        return self.expires_at is None or at < self.expires_at


class LegalGroundQuerySet(RecordedQuerySet["LegalGround"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person__in=Person.objects.visible_to(actor))


class LegalGround(Sealed, Recorded):
    """Why something may be done with a person's data without her consent: law, article, reason."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="legal_grounds")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = CodeField("purposes", _("purpose"))
    basis = CodeField("legal_bases", _("legal basis"))
    article = models.CharField(_("law and article"), max_length=200)
    reason = SealedTextField(default="")
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()

    objects = LegalGroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal ground")
        verbose_name_plural = _("legal grounds")

    def __str__(self) -> str:
        return f"{self.basis} ({self.article})"
