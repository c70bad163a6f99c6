"""Leave now: the session ends, and what stays on the screen says nothing."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from tumar.access.commands import end_session
from tumar.access.doors import open_to_strangers
from tumar.access.http import Request
from tumar.access.queries import actor_of_user
from tumar.ui.context import THEME_COOKIE


@csrf_exempt  # a page that has grown old must still be able to leave; at worst somebody signs out
@require_POST
@open_to_strangers
def leave(request: Request) -> HttpResponse:
    """End the session and stand on a page that could be anybody's."""
    if request.user.is_authenticated:
        user = request.user
        end_session(actor=actor_of_user(user), user=user, at=request.received_at)
    logout(request)
    response = HttpResponseRedirect(reverse("away"))
    # Not "cookies": that would clear those of the ministry's other services too.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    for name in (settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, THEME_COOKIE):
        response.delete_cookie(name)
    return response


@require_safe
@open_to_strangers
def away(request: Request) -> HttpResponse:
    """An almost empty page with nothing of ours in name or look."""
    return render(request, "site/away.html", {"today": request.received_at})
