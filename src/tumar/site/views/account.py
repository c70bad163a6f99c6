"""One's own account: roles, organisation, password, language, keys for programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as set_language_cookie

from tumar.access import Role
from tumar.access.commands import UnknownScope, choose_organisation, end_token, make_token
from tumar.access.doors import ORGANISATION, open_to_signed_in, open_to_strangers
from tumar.access.http import Request, find
from tumar.access.models import ApiToken
from tumar.access.roles import ROLES
from tumar.site.forms import TokenForm
from tumar.ui.pages import show


@require_safe
@open_to_signed_in
def account(request: Request) -> HttpResponse:
    """What the reader is here, and the keys they have made."""
    return _page(request, TokenForm(initial={"days": 90}))


@require_POST
@open_to_signed_in
def token_make(request: Request) -> HttpResponse:
    """Make a key for a program and show it once."""
    form = TokenForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            token = make_token(
                actor=request.actor,
                user=request.user,
                label=asked["label"],
                scopes=asked["scopes"],
                expires_at=request.received_at + asked["days"],
                at=request.received_at,
            )
        except UnknownScope as problem:
            form.add_error("scopes", str(problem))
        else:
            return show(request, "site/token.html", {"token": token, "label": asked["label"]})
    return _page(request, form)


@require_POST
@open_to_signed_in
def token_end(request: Request, pk: int) -> HttpResponse:
    """End a key; the next call with it is refused."""
    token = find(ApiToken.objects.visible_to(request.actor), pk=pk)
    end_token(actor=request.actor, token=token, at=request.received_at)
    messages.success(request, _("The key has ended."))
    return redirect("account")


@require_POST
@open_to_signed_in
def switch(request: Request) -> HttpResponse:
    """Act for another of one's organisations."""
    asked = request.POST.get("organisation", "")
    mine = {str(membership.organisation_id): membership for membership in request.memberships}
    if asked not in mine:
        raise Http404
    to = mine[asked].organisation
    choose_organisation(actor=request.actor, organisation_id=to.pk, at=request.received_at)
    request.session.cycle_key()  # other rights, other session (R06)
    request.session[ORGANISATION] = to.pk
    messages.success(request, _("You now act for %(name)s.") % {"name": to.name})
    return HttpResponseRedirect("/")


@require_POST
@open_to_strangers
def set_language(request: Request) -> HttpResponse:
    """Keep the language in a cookie that says nothing else, and go back."""
    return set_language_cookie(request)


def _page(request: Request, form: TokenForm) -> HttpResponse:
    tokens = ApiToken.objects.visible_to(request.actor).live(request.received_at)
    organisations = {m.organisation_id: m.organisation for m in request.memberships}
    shown = {
        "form": form,
        "tokens": tokens.order_by("-made_at"),
        "roles": [ROLES[role] for role in Role if role in request.actor.roles],
        "organisations": organisations.values(),
    }
    return show(request, "site/account.html", shown)
