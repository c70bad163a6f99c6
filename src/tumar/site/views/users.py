"""Users of the own organisation: who they are, what they may do, how they get in."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumar.access import Actor, Role, verdict
from tumar.access.commands import (
    UserExists,
    add_colleague,
    disable_user,
    end_role,
    grant_role,
    invite,
)
from tumar.access.doors import open_to
from tumar.access.http import Request, find
from tumar.access.models import Membership, User
from tumar.access.policy import Act
from tumar.reference.models import Organisation
from tumar.site.forms import ColleagueForm, RoleForm
from tumar.site.lists import USERS
from tumar.ui.lists import listing
from tumar.ui.pages import show

administrators = open_to(Role.ADMINISTRATOR)


@require_safe
@administrators
def users(request: Request) -> HttpResponse:
    """Everybody who works, or worked, in the own organisation."""
    return listing(request, USERS, _colleagues(request.actor))


@require_http_methods(["GET", "POST"])
@administrators
def user_add(request: Request) -> HttpResponse:
    """Somebody new; the answer shows their one-time link, which is kept nowhere."""
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user, token = add_colleague(
                actor=request.actor,
                organisation=_own_organisation(request),
                at=request.received_at,
                **form.cleaned_data,
            )
        except UserExists as problem:
            form.add_error("username", str(problem))
        else:
            return _show_link(request, user, token)
    return show(request, "site/user_add.html", {"form": form})


@require_safe
@administrators
def user(request: Request, pk: int) -> HttpResponse:
    """One colleague and what may be done about their account."""
    return _page(request, find(_colleagues(request.actor), pk=pk), RoleForm())


@require_POST
@administrators
def user_grant(request: Request, pk: int) -> HttpResponse:
    """Give a colleague a role."""
    colleague = find(_colleagues(request.actor), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, colleague, form)
    grant_role(
        actor=request.actor,
        user=colleague,
        organisation=_own_organisation(request),
        role=form.cleaned_data["role"],
        at=request.received_at,
    )
    messages.success(request, _("The role is given. It counts from the next page on."))
    return redirect("user", pk=pk)


@require_POST
@administrators
def user_end_role(request: Request, pk: int, membership: int) -> HttpResponse:
    """Take a role away."""
    colleague = find(_colleagues(request.actor), pk=pk)
    held = Membership.objects.visible_to(request.actor).filter(user=colleague, ended_at=None)
    end_role(actor=request.actor, membership=find(held, pk=membership), at=request.received_at)
    messages.success(request, _("The role has ended."))
    return redirect("user", pk=pk)


@require_POST
@administrators
@sensitive_variables("token")
def user_invite(request: Request, pk: int) -> HttpResponse:
    """Make a new one-time link and show it once."""
    colleague = find(_colleagues(request.actor), pk=pk)
    token = invite(
        actor=request.actor,
        user=colleague,
        organisation=_own_organisation(request),
        at=request.received_at,
    )
    return _show_link(request, colleague, token)


@require_POST
@administrators
def user_disable(request: Request, pk: int) -> HttpResponse:
    """End everything a colleague may do here, at once."""
    colleague = find(_colleagues(request.actor), pk=pk)
    disable_user(
        actor=request.actor,
        user=colleague,
        organisation=_own_organisation(request),
        at=request.received_at,
    )
    messages.success(request, _("All access has ended."))
    return redirect("user", pk=pk)


def _colleagues(actor: Actor) -> QuerySet[User]:
    here = Membership.objects.visible_to(actor).filter(ended_at=None).order_by("pk")
    return User.objects.visible_to(actor).prefetch_related(
        Prefetch("memberships", queryset=here, to_attr="here")
    )


def _own_organisation(request: Request) -> Organisation:
    return next(
        m.organisation
        for m in request.memberships
        if m.organisation_id == request.actor.organisation_id
    )


def _page(request: Request, colleague: User, form: RoleForm) -> HttpResponse:
    key = (colleague.pk, request.actor.organisation_id)
    shown = {
        "colleague": colleague,
        "form": form,
        "may_grant": verdict(request.actor, Act.GRANT, key),
        "may_end": verdict(request.actor, Act.END, key),
        "may_invite": verdict(request.actor, Act.INVITE, key),
        "may_disable": verdict(request.actor, Act.DISABLE_USER, key),
    }
    return show(request, "site/user.html", shown)


def _show_link(request: Request, colleague: User, token: str) -> HttpResponse:
    return show(request, "site/invitation.html", {"colleague": colleague, "token": token})
