"""The gallery of components, and the choice between light and dark."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from tumar.access.doors import open_to_signed_in, open_to_strangers
from tumar.access.http import Request
from tumar.ui import samples
from tumar.ui.context import THEME_COOKIE, THEMES
from tumar.ui.pages import show

A_YEAR = 365 * 24 * 60 * 60  # seconds


@require_safe
@open_to_signed_in
def gallery(request: Request) -> HttpResponse:
    """Every component in every tone; `?dir=rtl` turns this page round, whatever the language."""
    direction = "rtl" if request.GET.get("dir") == "rtl" else ""
    context = {**samples.everything(), "direction": direction}
    return show(request, "ui/gallery.html", context)


@require_POST
@open_to_strangers
def theme(request: Request) -> HttpResponse:
    """Keep light or dark in a cookie that says nothing else, and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            chosen,
            max_age=A_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response
