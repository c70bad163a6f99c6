"""A case: one person's way through help, led by one organisation at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.access.models import User
from tumar.access.roles import CASE_ROLES
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.people.models import Person
from tumar.protection.models.screening import Screening
from tumar.protection.rules import CASE_NEXT, NEVER
from tumar.reference.fields import CodeField, CodesField
from tumar.reference.models import Organisation
from tumar.vault.fields import SealedTextField
from tumar.vault.models import Sealed

CLOSED = ("closed", "closed_referred")


class CaseQuerySet(RecordedQuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """Cases this actor may know to exist: those their organisation leads or was granted."""
        mine = CaseAccess.objects.visible_to(actor)
        return self.filter(pk__in=mine.values("case"))

    def open(self) -> Self:
        return self.exclude(status__in=CLOSED)


class Case(Sealed, Recorded):
    """One person's case. Its key is hers; what is readable here names no one.

    `sex`, `age_band`, `citizenship`, `form` and `exploited_in` are for lists and counting: bands
    and codes, copied from the identity and the event by the commands that change those.
    """

    ref = models.SlugField(_("reference"), unique=True)
    kind = CodeField("case_kinds", _("kind"), default="tip")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    screening = models.ForeignKey(
        Screening, models.PROTECT, related_name="cases", null=True, blank=True
    )
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("lead"))
    worker = models.ForeignKey(
        User, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("worker")
    )
    status = CodeField("case_statuses", _("status"), default="intake")
    decision = models.CharField(_("status decision"), max_length=20, default="none")
    risk = CodeField("risk_levels", _("risk"), default="medium")
    safety = SealedTextField(default="")  # how to reach her without danger; the banner of the page
    version = models.PositiveIntegerField(default=1)
    sex = CodeField("sexes", _("sex"), default="unknown")
    age_band = CodeField("age_bands", _("age"), blank=True)
    citizenship = CodeField("citizenships", _("citizenship"), blank=True)
    form = CodeField("exploitation_forms", _("form"), blank=True)
    exploited_in = CodeField("countries", _("country of exploitation"), blank=True)
    opened_at = models.DateTimeField(_("opened"))
    due_on = models.DateField(_("next due"), default=NEVER)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closure_reason = CodeField("closure_reasons", _("reason for closing"), blank=True)

    objects = CaseQuerySet.as_manager()

    _accesses: dict[int, CaseAccess] | None = None

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(
                name="case_closed_after_opened",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="case_status_known", condition=Q(status__in=list(CASE_NEXT))
            ),
            models.CheckConstraint(
                name="case_closed_has_reason",
                condition=~Q(status__in=CLOSED)
                | (Q(closed_at__isnull=False) & ~Q(closure_reason="")),
            ),
        ]
        indexes = [models.Index(name="case_of_person", fields=["person"])]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("protection:case", args=[self.ref])

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    def access_of(self, organisation_id: int) -> CaseAccess | None:
        """An organisation's active entry; read once for this object, so a page asks many rules."""
        if self._accesses is None:
            self._accesses = {row.organisation_id: row for row in self.accesses.filter(until=None)}
        return self._accesses.get(organisation_id)

    @property
    def desks(self) -> list[CaseAccess]:
        """The active entries that `keep_accesses` was given."""
        return list((self._accesses or {}).values())

    def keep_accesses(self, rows: Iterable[CaseAccess]) -> None:
        """Take the active entries somebody has read already, so that no rule reads them again."""
        self._accesses = {row.organisation_id: row for row in rows}

    @property
    def due(self) -> date | None:
        """The next day something is due; None when nothing is."""
        return None if self.due_on == NEVER else self.due_on


class CaseAccessQuerySet(RecordedQuerySet["CaseAccess"]):
    def active(self) -> Self:
        return self.filter(until=None)

    def open(self) -> Self:
        """Entries of open cases."""
        # `is_open=True` becomes a bare "WHERE is_open", for which SQLite uses no index: a desk
        # of 200,000 cases took 1.6 s instead of 12 ms.
        return self.filter(is_open__in=[True])

    def closed(self) -> Self:
        """Entries of closed cases."""
        return self.filter(is_open__in=[False])

    def visible_to(self, actor: Actor) -> Self:
        """The active entries of the actor's organisation, for roles that keep cases."""
        if not actor.has(*CASE_ROLES):
            return self.none()
        return self.active().filter(organisation=actor.organisation_id)


class CaseAccess(Recorded):
    """An organisation has a case on its desk: as lead or by a referral, with which field groups.

    The list of cases reads this table. `is_open`, `due_on`, `opened_at` and, at the lead,
    `worker` are copies of the case's, kept by `commands`, so that one index answers "what must I
    do today" as fast for a million cases as for ten thousand.
    """

    CAPACITIES = [("lead", _("Leads")), ("referred", _("Referred"))]

    case = models.ForeignKey(Case, models.CASCADE, related_name="accesses")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=CAPACITIES)
    ground = models.CharField(max_length=60)  # "lead", or "referral:<id>"
    groups = CodesField("field_groups", _("groups of facts"))
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)
    due_on = models.DateField(default=NEVER)
    opened_at = models.DateTimeField()
    worker = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, blank=True)

    objects = CaseAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to a case")
        verbose_name_plural = _("accesses to cases")
        constraints = [
            models.UniqueConstraint(
                name="access_once_per_organisation",
                fields=["case", "organisation"],
                condition=Q(until=None),
            ),
            models.CheckConstraint(
                name="access_capacity_known", condition=Q(capacity__in=("lead", "referred"))
            ),
        ]
        indexes = [
            models.Index(
                name="desk_by_due",
                fields=["organisation", "is_open", "due_on", "id"],
                condition=Q(until=None),
            ),
            models.Index(
                name="desk_by_opened",
                fields=["organisation", "is_open", "opened_at", "id"],
                condition=Q(until=None),
            ),
            models.Index(
                name="desk_of_worker",
                fields=["organisation", "worker", "is_open", "due_on", "id"],
                condition=Q(until=None),
            ),
            models.Index(
                name="desk_by_capacity",
                fields=["organisation", "capacity", "is_open", "due_on", "id"],
                condition=Q(until=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.capacity} {self.case_id}"

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


class OfVisibleCaseQuerySet(RecordedQuerySet["Note"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(case__in=Case.objects.visible_to(actor))


class Note(Sealed, Recorded):
    """What was said, seen or done. Never changed; a correction is a new note that says which."""

    KINDS = [
        ("contact", _("Contact")),
        ("visit", _("Visit")),
        ("phone", _("Telephone call")),
        ("observation", _("Observation")),
        ("correction", _("Correction")),
    ]

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS, default="contact")
    text = SealedTextField()
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True)
    happened_on = models.DateField(_("happened"))
    written_at = models.DateTimeField(_("written"))

    objects = OfVisibleCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(
                name="note_correction_says_which",
                condition=(Q(kind="correction") & Q(corrects__isnull=False))
                | (~Q(kind="correction") & Q(corrects=None)),
            )
        ]

    def __str__(self) -> str:
        return f"note of {self.written_at:%Y-%m-%d}"
