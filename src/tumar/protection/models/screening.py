"""A screening: what was asked and seen, before there need be any case or even a name."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor, Role
from tumar.access.roles import IDENTITY_ROLES
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.people.models import Person
from tumar.reference.fields import CodeField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedJSONField, SealedTextField
from tumar.vault.models import Sealed

PROFILES = [
    ("adult_labour", _("Adult, labour")),
    ("adult_sexual", _("Adult, sexual")),
    ("child_labour", _("Child, labour")),
    ("child_sexual", _("Child, sexual")),
]


class ScreeningQuerySet(RecordedQuerySet["Screening"]):
    def visible_to(self, actor: Actor) -> Self:
        """Screenings of the own organisation, for those who screen or keep cases."""
        if not actor.has(Role.SCREENER, *IDENTITY_ROLES):
            return self.none()
        return self.filter(organisation=actor.organisation_id)

    def unfinished(self) -> Self:
        return self.filter(state="draft")


class Screening(Sealed, Recorded):
    """One conversation with one person, with a set of signs. Sealed under a key of its own."""

    STATES = [("draft", _("Not finished")), ("finished", _("Finished")), ("stopped", _("Stopped"))]

    ref = models.SlugField(_("reference"), unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="screenings", null=True, blank=True
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    screener = models.BigIntegerField()
    profile = models.CharField(_("set of signs"), max_length=20, choices=PROFILES)
    place = CodeField("screening_places", _("place"), blank=True)
    language = CodeField("languages", _("language"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default="draft")
    answers = SealedJSONField(default=dict)  # indicator id to rules.Answer
    urgent = SealedJSONField(default=list)  # codes of "urgent_needs"
    acts = SealedJSONField(default=list)  # codes of "acts"
    note = SealedTextField(default="")
    is_urgent = models.BooleanField(_("urgent"), default=False)
    result = models.CharField(_("outcome"), max_length=40, blank=True)
    positive = models.JSONField(_("dimensions"), default=list)
    rule_version = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        constraints = [
            models.CheckConstraint(
                name="screening_state_known",
                condition=Q(state__in=("draft", "finished", "stopped")),
            ),
            models.CheckConstraint(
                name="screening_finished_has_result",
                condition=~Q(state="finished") | ~Q(result=""),
            ),
        ]
        indexes = [
            models.Index(name="screening_desk", fields=["organisation", "state", "-started_at"])
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("protection:screening", args=[self.ref])
