"""Services from the directory: offered, and moved on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.roles import CASE_ROLES
from tumar.protection.commands import move_service, offer_service
from tumar.protection.forms.service import ProviderForm, ServiceTypeForm
from tumar.protection.policy import Act
from tumar.protection.views.visible import visible_case
from tumar.reference.models import Service
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to(*CASE_ROLES)
def service(request: Request, ref: str) -> HttpResponse:
    """Offer a service: first which, then by whom. What is asked for never stands in an address."""
    case = visible_case(request, ref)
    kind = ServiceTypeForm(request.POST if request.method == "POST" else None)
    providers = _providers(request, kind)
    if providers is not None and providers.is_valid():
        offer_service(
            actor=request.actor,
            case=case,
            service=kind.cleaned_data["service"],
            provider=providers.chosen.organisation,
            starts_on=providers.cleaned_data["starts_on"],
            at=request.received_at,
        )
        messages.success(request, _("The service is offered. Whether to take it is hers to say."))
        return redirect(case)
    may = verdict(request.actor, Act.OFFER_SERVICE, case)
    context = {"case": case, "kind": kind, "providers": providers, "may": may}
    return show(request, "protection/case/service.html", context)


@require_POST
@open_to(*CASE_ROLES)
def step_service(request: Request, ref: str, pk: int) -> HttpResponse:
    """Move a service to another state."""
    case = visible_case(request, ref)
    episode = find(case.services.all(), pk=pk)
    episode.case = case
    move_service(
        actor=request.actor, episode=episode, to=request.POST.get("to", ""), at=request.received_at
    )
    messages.success(request, _("The service has moved on."))
    return redirect(case)


def _providers(request: Request, kind: ServiceTypeForm) -> ProviderForm | None:
    if not kind.is_valid():
        return None
    offered = Service.objects.offering(kind.cleaned_data["service"])
    entries = list(offered.select_related("organisation").order_by("organisation__name", "pk"))
    is_second_step = "offer" in request.POST
    return ProviderForm(request.POST if is_second_step else None, entries=entries)
