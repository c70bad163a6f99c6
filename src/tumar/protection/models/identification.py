"""Decisions on status, and the event by act, means and purpose."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.protection.models.case import Case
from tumar.reference.fields import CodeField, CodesField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedTextField
from tumar.vault.models import Sealed


class StatusDecisionQuerySet(RecordedQuerySet["StatusDecision"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(case__in=Case.objects.visible_to(actor))


class StatusDecision(Sealed, Recorded):
    """A dated decision by a named body. A status is never a flag on a person."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    status = CodeField("decision_statuses", _("decision"))
    body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    body_kind = CodeField("decision_bodies", _("kind of body"))
    legal_reference = models.CharField(_("law and article"), max_length=200)
    reasons = SealedTextField()
    decided_on = models.DateField(_("decided"))
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = StatusDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("status decision")
        verbose_name_plural = _("status decisions")
        ordering = ["decided_on", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.status} {self.decided_on}"


class TipEventQuerySet(RecordedQuerySet["TipEvent"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(case__in=Case.objects.visible_to(actor))


class TipEvent(Sealed, Recorded):
    """What was done to her: acts, means and purposes, kept apart as article 3 keeps them.

    Under 18 no means are needed (Palermo Protocol, art. 3(c)).
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="event")
    acts = CodesField("acts", _("acts"))
    means = CodesField("means_palermo", _("means"))
    control = CodesField("means_control", _("means of control"))
    forms = CodesField("exploitation_forms", _("purposes: forms of exploitation"))
    sector = CodeField("sectors", _("sector"), blank=True)
    recruited_in = CodeField("countries", _("recruited in"), blank=True)
    exploited_in = CodeField("countries", _("exploited in"), blank=True)
    began = models.CharField(_("began"), max_length=12, blank=True)  # a PartialDate
    ended = models.CharField(_("ended"), max_length=12, blank=True)
    account = SealedTextField(default="")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()

    objects = TipEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("trafficking event")
        verbose_name_plural = _("trafficking events")

    def __str__(self) -> str:
        return f"event of {self.case_id}"
