"""The addresses the shell leads to, each as plain as can be, for the tests in a browser."""

from django.http import HttpResponse
from django.urls import include, path

from tumar.access.doors import open_to_signed_in, open_to_strangers
from tumar.access.http import Request

LEFT: list[str] = []


@open_to_signed_in
def leave(request: Request) -> HttpResponse:
    LEFT.append(request.method or "")
    request.session.flush()
    return HttpResponse(status=204)


@open_to_strangers
def blank(request: Request) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=en><title> </title><body></body></html>")


@open_to_signed_in
def sent(request: Request) -> HttpResponse:
    return HttpResponse("<!doctype html><html lang=en><title>x</title><body>sent</body></html>")


urlpatterns = [
    path("ui/", include("tumar.ui.urls")),
    path("leave/", leave, name="leave"),
    path("away/", blank, name="away"),
    path("search/", sent, name="search"),
    path("language/", blank, name="set_language"),
]
