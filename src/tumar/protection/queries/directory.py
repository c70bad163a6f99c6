"""Who takes referrals, and what each offers: those that offer what is asked come first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from tumar.access import Actor
from tumar.protection.models import Case
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation, Service


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation with its entries in the directory; `matching` are those asked for."""

    organisation: Organisation
    services: Sequence[Service]
    matching: Sequence[Service]

    @property
    def shown(self) -> Sequence[Service]:
        """What the reader needs to choose: the matching entries, else a few of the others."""
        return self.matching or self.services[:3]

    @property
    def area(self) -> str:
        """Where it is; empty where that must not be known."""
        if self.organisation.confidential_address:
            return ""
        return str(self.organisation.area)


def providers(actor: Actor, wanted: Collection[str]) -> list[Provider]:
    """Organisations that take referrals, the actor's own left out; two queries."""
    taking = Organisation.objects.taking_referrals().exclude(pk=actor.organisation_id)
    with_services = Prefetch("services", Service.objects.order_by("service", "area"))
    found = [_provider(each, wanted) for each in taking.prefetch_related(with_services)]
    return sorted(found, key=lambda each: (-len(each.matching), each.organisation.name))


def _provider(organisation: Organisation, wanted: Collection[str]) -> Provider:
    services = list(organisation.services.all())
    matching = [entry for entry in services if entry.service in wanted]
    return Provider(organisation, services, matching)


def services_needed(case: Case) -> list[str]:
    """Services that would meet the needs of a case that nobody has met yet."""
    needs = set(case.needs.filter(met_at=None).values_list("domain", flat=True))
    return [code.code for code in code_list("service_types") if code.extra["need_domain"] in needs]
