"""A person: outside the sealed identity only a pseudonym and a code name."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor
from tumar.access.roles import IDENTITY_ROLES, Role
from tumar.audit.models import Recorded, RecordedQuerySet
from tumar.people.models.grant import Grant
from tumar.vault.identities import SealedIdentityField
from tumar.vault.models import Sealed, StoredFile


class Part(models.TextChoices):
    """The parts an identity is kept and edited in; each is sealed and versioned by itself."""

    NAMES = "names", _("Names")
    BIRTH = "birth", _("Birth, sex and gender")
    BACKGROUND = "background", _("Citizenship and languages")
    DOCUMENTS = "documents", _("Documents")
    CONTACTS = "contacts", _("Contacts")
    ADDRESS = "address", _("Address")


class PersonQuerySet(RecordedQuerySet["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """Persons this actor's organisation has been granted to know, for roles that keep cases."""
        if not actor.has(*IDENTITY_ROLES, Role.COORDINATOR):
            return self.none()
        return self._granted_to(actor)

    def named_to(self, actor: Actor) -> Self:
        """Persons whose very identity was granted to the actor's organisation, not only a need."""
        granted = Grant.objects.active().of_group("identity")
        mine = granted.filter(organisation=actor.organisation_id, person=OuterRef("pk"))
        return self.filter(Exists(mine))

    def answerable_by(self, actor: Actor) -> Self:
        """Persons about whose data the actor may be asked who looked: the officer's, too."""
        if actor.has(Role.DPO):
            return self._granted_to(actor)
        return self.visible_to(actor)

    def _granted_to(self, actor: Actor) -> Self:
        granted = Grant.objects.filter(organisation=actor.organisation_id, ended_at=None)
        return self.filter(pk__in=granted.values("person"))


class Person(Sealed, Recorded):
    """Someone the response has met. Not a victim, not a case: those are dated and elsewhere."""

    pseudonym = models.CharField(_("pseudonym"), max_length=12, unique=True)
    code_name = models.CharField(_("code name"), max_length=60)
    made_at = models.DateTimeField(_("first met"))

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.code_name


class IdentityPartQuerySet(RecordedQuerySet["IdentityPart"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person__in=Person.objects.visible_to(actor))


class IdentityPart(Sealed, Recorded):
    """One part of an identity. `version` grows with each change, so that two people notice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=Part.choices)
    content = SealedIdentityField()
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField()

    objects = IdentityPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an identity")
        verbose_name_plural = _("parts of an identity")
        constraints = [
            models.UniqueConstraint(name="identity_part_once", fields=["person", "kind"]),
            models.CheckConstraint(name="identity_part_known", condition=Q(kind__in=Part.values)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


class PhotoQuerySet(RecordedQuerySet["Photo"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(person__in=Person.objects.visible_to(actor))


class Photo(Recorded):
    """A picture of a person, sealed; a newer one replaces it, the older stays in the log."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.BigIntegerField()

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return f"photo {self.pk}"
