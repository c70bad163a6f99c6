"""The log, and the models that can be written only while an event is recorded."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tumar.audit._events import refuse_unrecorded

M = TypeVar("M", bound=models.Model)


class LineQuerySet(models.QuerySet["Line"]):
    def about(self, person: UUID) -> Self:
        """Everything that touched one person's data, newest first."""
        return self.filter(person=person).order_by("-pk")


class Line(models.Model):
    """One event: who, for whom, did what, to what, when. Never changed, never deleted.

    Triggers in both databases refuse UPDATE and DELETE. `canonical` is what a later seal
    over the log is computed from.
    """

    KINDS = ("act", "look", "denial")

    kind = models.CharField(max_length=10)
    event = models.CharField(max_length=80)
    at = models.DateTimeField()
    user_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40, blank=True)
    person = models.UUIDField(null=True, blank=True)
    facts = models.JSONField(default=dict)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("lines of the log")
        constraints = [
            models.CheckConstraint(
                name="line_kind_known", condition=Q(kind__in=("act", "look", "denial"))
            )
        ]
        indexes = [
            models.Index(name="line_of_person", fields=["person", "-id"]),
            models.Index(name="line_of_organisation", fields=["organisation_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.event} {self.subject} {self.subject_id}"

    def canonical(self) -> bytes:
        """The line as bytes that do not depend on the database, for a seal over the log."""
        whole = {
            field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields
        }
        return json.dumps(
            whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str
        ).encode()


def _recorded(name: str) -> Callable[..., Any]:
    write = getattr(models.QuerySet, name)

    @wraps(write)
    def guarded(self: models.QuerySet[Any], *args: Any, **kwargs: Any) -> Any:
        refuse_unrecorded(self.model)
        return write(self, *args, **kwargs)

    return guarded


class RecordedQuerySet(models.QuerySet[M]):
    update = _recorded("update")
    delete = _recorded("delete")
    bulk_create = _recorded("bulk_create")
    bulk_update = _recorded("bulk_update")

    def lock(self, thing: M) -> M:
        """Read the row again and hold it until the event is over."""
        return self.select_for_update(of=("self",)).get(pk=thing.pk)


class Recorded(models.Model):
    """A model that can be written only while an event is being recorded."""

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        # Not `save`: fixtures are loaded through `save_base` alone.
        refuse_unrecorded(type(self))
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_unrecorded(type(self))
        return super().delete(*args, **kwargs)


def guard_base_managers() -> None:
    """Guard the manager that a relation's `add` writes through, past `save` and past `objects`.

    Not by `Meta.base_manager_name`: every model would have to repeat it, and one would forget.
    """
    for model in apps.get_models():
        if issubclass(model, Recorded):
            manager = RecordedQuerySet[Any].as_manager()
            manager.name, manager.model, manager.auto_created = "_base_manager", model, True
            model._meta.__dict__["base_manager"] = manager
