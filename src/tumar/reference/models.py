"""Who takes part in the response, and what each can offer to a person."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tumar.reference.codelists import code_list
from tumar.reference.fields import CodeField, CodesField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def taking_referrals(self) -> Self:
        """Active organisations that have said they receive referrals through the system."""
        return self.active().filter(takes_referrals=True)

    def offering(self, service: str) -> Self:
        """Organisations whose entry in the directory names this service type."""
        return self.filter(pk__in=Service.objects.filter(service=service).values("organisation"))


class Organisation(models.Model):
    """A ministry, agency, court or NGO that takes part in the response."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = CodeField("organisation_kinds", _("kind"))
    country = CodeField("countries", _("country"))
    area = CodeField("areas", _("area"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    takes_referrals = models.BooleanField(_("takes referrals"), default=False)
    confidential_address = models.BooleanField(
        _("address is confidential"),
        default=False,
        help_text=_("The area is then never shown outside the organisation itself."),
    )
    is_example = models.BooleanField(_("invented, for demonstration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(models.QuerySet["Service"]):
    def offering(self, service: str) -> Self:
        """Entries for one service type, of organisations that are active."""
        return self.filter(service=service, organisation__is_active=True)


class Service(models.Model):
    """An entry of the service directory: what an organisation offers, where, and to whom."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="services", verbose_name=_("organisation")
    )
    service = CodeField("service_types", _("service"))
    area = CodeField("areas", _("area"), blank=True, help_text=_("Empty: the whole country."))
    capacity = models.PositiveIntegerField(
        _("capacity"), null=True, blank=True, help_text=_("People at one time.")
    )
    languages = CodesField("languages", _("languages"), blank=True)
    hours = models.CharField(_("hours"), max_length=200, blank=True)
    sexes = CodesField("sexes", _("sexes taken"), blank=True, help_text=_("Empty: everyone."))
    youngest = models.PositiveSmallIntegerField(_("youngest age taken"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("oldest age taken"), null=True, blank=True)
    checked_on = models.DateField(
        _("checked"), null=True, blank=True, help_text=_("When someone last asked if this is so.")
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["organisation__name", "service"]
        constraints = [
            models.UniqueConstraint(
                name="service_once_per_area", fields=["organisation", "service", "area"]
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(youngest=None) | Q(oldest=None) | Q(youngest__lte=F("oldest")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {code_list('service_types').label(self.service)}"
