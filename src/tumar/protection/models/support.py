"""Needs, plan and goals, services and tasks."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.access.models import User
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.protection.models.case import Case
from tumar.protection.rules import GOAL_NEXT, SERVICE_NEXT
from tumar.reference.fields import CodeField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedTextField
from tumar.vault.models import Sealed


class OfCaseQuerySet(RecordedQuerySet[Any]):
    """Rows that belong to a case and are known to whoever may know the case."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(case__in=Case.objects.visible_to(actor))


class Need(Sealed, Recorded):
    """Something she needs, in one of thirteen domains, until it is met."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    domain = CodeField("need_domains", _("domain"))
    urgency = CodeField("urgency", _("urgency"))
    detail = SealedTextField(default="")
    noted_at = models.DateTimeField(_("noted"))
    met_at = models.DateTimeField(_("met"), null=True, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return f"need in {self.domain}"


class Plan(Sealed, Recorded):
    """What she and her case worker have agreed to reach, and when they look at it again."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="plan")
    objectives = SealedTextField(default="")
    agreed_with_person = models.BooleanField(_("agreed with the person"), default=False)
    review_on = models.DateField(_("review"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return f"plan of {self.case_id}"


class Goal(Sealed, Recorded):
    """One thing to reach, by a day."""

    STATES = [
        ("planned", _("Planned")),
        ("in_progress", _("In progress")),
        ("met", _("Met")),
        ("dropped", _("Dropped")),
    ]

    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    domain = CodeField("need_domains", _("domain"))
    text = SealedTextField()
    state = models.CharField(_("state"), max_length=12, choices=STATES, default="planned")
    due_on = models.DateField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(name="goal_state_known", condition=Q(state__in=list(GOAL_NEXT)))
        ]

    def __str__(self) -> str:
        return f"goal {self.state}"


class ServiceEpisode(Recorded):
    """A service from the directory: offered, accepted or refused by her, given, ended."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="services")
    service = CodeField("service_types", _("service"))
    provider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("provider")
    )
    state = CodeField("service_states", _("state"), default="offered")
    offered_at = models.DateTimeField(_("offered"))
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        constraints = [
            models.CheckConstraint(
                name="service_state_known", condition=Q(state__in=list(SERVICE_NEXT))
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.state}"


class Task(Sealed, Recorded):
    """Something to do by a day, by somebody of one organisation. Its words are sealed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    assignee = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)
    text = SealedTextField()
    due_on = models.DateField(_("until"))
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(
                name="task_desk",
                fields=["organisation", "due_on"],
                condition=Q(done_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"task until {self.due_on}"
