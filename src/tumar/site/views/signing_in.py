"""The ways in that allauth does not know: a one-time link, and the doors of the demonstration."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tumar.access.commands import InvitationOver, use_invitation
from tumar.access.doors import open_to_strangers
from tumar.access.http import Request
from tumar.access.queries import invited_by
from tumar.site.demonstration import TOUR, doors, user_behind
from tumar.site.forms import PasswordForm
from tumar.ui.pages import show


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
@open_to_strangers
def welcome(request: Request, token: str) -> HttpResponse:
    """Choose a password, once, with the link an administrator has given."""
    user = invited_by(token, request.received_at)
    if user is None:
        return show(request, "site/welcome_over.html", {}, status=410)
    form = PasswordForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            use_invitation(token=token, password=password, at=request.received_at)
        except InvitationOver as problem:  # a second tab was faster
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("account_login")
    return show(request, "site/welcome.html", {"form": form, "invited": user})


@require_safe
@open_to_strangers
def demo(request: Request) -> HttpResponse:
    """The way into the invented country: a button for each role. Nowhere else."""
    _only_in_the_demonstration()
    return show(request, "site/demo.html", {"doors": doors(), "tour": TOUR})


@require_POST
@open_to_strangers
def demo_enter(request: Request) -> HttpResponse:
    """Sign in as one of the invented users."""
    _only_in_the_demonstration()
    user = user_behind(request.POST.get("user", ""))
    if user is None:
        raise Http404
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, user)
    return HttpResponseRedirect("/")


def _only_in_the_demonstration() -> None:
    # The address is not even there elsewhere; this is the second lock on the same door.
    if settings.MODE != "demo":
        raise Http404
