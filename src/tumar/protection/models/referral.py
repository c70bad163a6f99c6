"""A referral: from one organisation's desk to another's inbox, on a named ground."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor, Role
from tumar.access.roles import CASE_ROLES
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.people.models import Consent, LegalGround
from tumar.protection.models.case import Case
from tumar.protection.rules import REFERRAL_NEXT, REFERRAL_OPEN
from tumar.reference.fields import CodeField, CodesField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedJSONField, SealedTextField
from tumar.vault.models import Sealed


class ReferralQuerySet(RecordedQuerySet["Referral"]):
    def visible_to(self, actor: Actor) -> Self:
        """Referrals the own organisation made, and those sent to it; drafts stay with the maker."""
        if not actor.has(Role.SCREENER, *CASE_ROLES):
            return self.none()
        made = Q(sender=actor.organisation_id)
        sent_here = Q(recipient=actor.organisation_id) & ~Q(state="draft")
        return self.filter(made | sent_here)

    def received_by(self, actor: Actor) -> Self:
        """The inbox of the actor's organisation, for roles that keep cases."""
        if not actor.has(*CASE_ROLES):
            return self.none()
        return self.filter(recipient=actor.organisation_id).exclude(state="draft")

    def waiting(self) -> Self:
        return self.filter(state__in=REFERRAL_OPEN)


class Referral(Sealed, Recorded):
    """One request to one organisation. It goes to an inbox, never to a named colleague.

    `package` is what the recipient sees, frozen when it was sent: "preview" before they accept,
    and which groups of facts afterwards.
    """

    KINDS = [
        ("service", _("Asks for services")),
        ("transfer", _("Hands the case over")),
        ("identification", _("Asks for a decision on status")),
    ]

    ref = models.SlugField(_("reference"), unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals")
    kind = models.CharField(_("kind"), max_length=16, choices=KINDS, default="service")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    services = CodesField("service_types", _("services asked for"))
    groups = CodesField("field_groups", _("groups of facts"))
    urgency = CodeField("urgency", _("urgency"))
    reason = SealedTextField()
    package = SealedJSONField(default=dict)
    state = CodeField("referral_states", _("state"), default="draft")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals", null=True)
    legal_ground = models.ForeignKey(
        LegalGround, models.PROTECT, related_name="referrals", null=True
    )
    made_by = models.BigIntegerField()
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reply_due_at = models.DateTimeField(_("reply due"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    decline_reason = CodeField("referral_decline_reasons", _("reason for declining"), blank=True)
    feedback = SealedTextField(default="")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.CheckConstraint(
                name="referral_state_known", condition=Q(state__in=list(REFERRAL_NEXT))
            ),
            models.CheckConstraint(
                name="referral_not_to_oneself", condition=~Q(sender=F("recipient"))
            ),
            models.CheckConstraint(
                name="referral_declined_with_reason",
                condition=~Q(state="declined") | ~Q(decline_reason=""),
            ),
            models.CheckConstraint(
                name="referral_sent_on_a_ground",
                condition=Q(state__in=("draft", "cancelled"))
                | Q(consent__isnull=False)
                | Q(legal_ground__isnull=False),
            ),
            models.UniqueConstraint(
                name="referral_open_once",
                fields=["case", "recipient", "kind"],
                condition=Q(state__in=("sent", "received", "accepted", "in_service")),
            ),
        ]
        indexes = [
            models.Index(name="referral_inbox", fields=["recipient", "state", "reply_due_at"])
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("protection:referral", args=[self.ref])
