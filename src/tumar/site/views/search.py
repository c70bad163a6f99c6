"""The search of the top bar. The text is sent in the body, so no address ever holds a name."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from tumar.access.doors import open_to_signed_in
from tumar.access.http import Request
from tumar.site.finding import Found, search
from tumar.site.forms import SearchForm
from tumar.ui.pages import show


@require_http_methods(["GET", "POST"])
@open_to_signed_in
def search_page(request: Request) -> HttpResponse:
    """What the reader looks for, as far as they may know of it."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    text, found = "", Found()
    if form.is_valid():
        text = form.cleaned_data["text"]
        found = search(request.actor, text, request.received_at)
    return show(request, "site/search.html", {"form": form, "text": text, "found": found})
