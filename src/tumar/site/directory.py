"""Django's admin, for organisations and services only: reference data, and no other model ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db import models
from django.forms import Field, ModelChoiceField
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tumar import audit
from tumar.access import Role, require, verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.policy import Act, keeps_whole_directory
from tumar.reference.fields import CodeField, CodesField
from tumar.reference.models import Organisation, Service
from tumar.ui.forms import CodeChoiceField
from tumar.ui.forms import CodesField as ChoicesField

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

# What Django's admin brings and this one does not open: its own sign-in, a look at any object,
# histories and deletion.
NOT_HERE = ("login", "logout", "password_change", "password_change_done", "view_on_site",
            "autocomplete", "_history", "_delete")  # fmt: skip


class Directory(admin.AdminSite):
    """The pages on which administrators keep the directory of the response."""

    site_header = site_title = _("Directory")
    index_title = _("Organisations and services")
    site_url = "/"
    final_catch_all_view = False
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        actor = getattr(request, "actor", None)
        return actor is not None and actor.has(Role.ADMINISTRATOR)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return list(_with_doors(super().get_urls()))


def _with_doors(
    patterns: Iterable[URLPattern | URLResolver],
) -> Iterable[URLPattern | URLResolver]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            pattern.url_patterns[:] = list(_with_doors(pattern.url_patterns))
            yield pattern
        elif pattern.name and not pattern.name.endswith(NOT_HERE):
            open_to(Role.ADMINISTRATOR)(pattern.callback)
            yield pattern


class Kept(_Admin):
    """A table of the directory. Every write is an event of the log; nothing is ever deleted."""

    view_on_site = False
    list_per_page = 50
    show_full_result_count = False

    def organisation_of(self, thing: Any) -> int | None:
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        actor = cast("Request", request).actor
        if keeps_whole_directory(actor):
            return rows
        return rows.filter(**{self.of_organisation: actor.organisation_id})

    of_organisation = "pk"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        actor = cast("Request", request).actor
        return obj is None or bool(verdict(actor, Act.KEEP_DIRECTORY, self.organisation_of(obj)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        words: dict[str, Any] = {
            "label": capfirst(db_field.verbose_name),
            "help_text": db_field.help_text,
            "required": not db_field.blank,
        }
        if isinstance(db_field, CodeField):
            return CodeChoiceField(db_field.code_list_key, **words)
        if isinstance(db_field, CodesField):
            return ChoicesField(db_field.code_list_key, **words)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        actor, at = cast("Request", request).actor, _at(request)
        with audit.record(actor, Act.KEEP_DIRECTORY, on=type(obj), at=at) as event:
            require(actor, Act.KEEP_DIRECTORY, self.organisation_of(obj))
            super().save_model(request, obj, form, change)
            event.note(row=obj.pk, fields=sorted(form.changed_data))

    # The log above is the history; Django's own would keep names beside it.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None


class Organisations(Kept):
    list_display = ("name", "kind", "takes_referrals", "is_active")
    search_fields = ("name", "key")

    def organisation_of(self, thing: Organisation) -> int | None:
        return thing.pk

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The kind of an organisation decides what its administrators may keep.
        return () if keeps_whole_directory(cast("Request", request).actor) else ("key", "kind")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return keeps_whole_directory(cast("Request", request).actor)


class Services(Kept):
    list_display = ("organisation", "service", "area", "checked_on")
    list_select_related = ("organisation",)
    of_organisation = "organisation"

    def organisation_of(self, thing: Service) -> int | None:
        return thing.organisation_id

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        actor = cast("Request", request).actor
        if not keeps_whole_directory(actor):
            kwargs["queryset"] = Organisation.objects.filter(pk=actor.organisation_id)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _at(request: HttpRequest) -> datetime:
    return cast("Request", request).received_at


directory = Directory(name="reference_admin")
directory.register(Organisation, Organisations)
directory.register(Service, Services)
