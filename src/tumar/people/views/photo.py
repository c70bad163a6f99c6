"""Her photo: added, and given out through this door only."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from tumar.access import verdict
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import IDENTITY_ROLES
from tumar.people.commands import NotAPhoto, add_photo, open_photo
from tumar.people.forms.photo import PhotoForm
from tumar.people.policy import Act
from tumar.people.views.visible import visible_person
from tumar.ui.pages import show

# A picture can do nothing here, whatever it turns out to be.
LOCKED_UP = {
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@open_to(*IDENTITY_ROLES)
def photo(request: Request, pseudonym: str) -> HttpResponse:
    """The newest photo; opening it is a look of its own."""
    person = visible_person(request, pseudonym)
    chunks = open_photo(actor=request.actor, person=person, at=request.received_at)
    if chunks is None:
        raise Http404
    # Whole before the first byte leaves: a photo that was tampered with is an error, not a half.
    return HttpResponse(b"".join(chunks), content_type="image/jpeg", headers=LOCKED_UP)


@require_http_methods(["GET", "POST"])
@open_to(*IDENTITY_ROLES)
def add(request: Request, pseudonym: str) -> HttpResponse:
    """Take in a photo."""
    person = visible_person(request, pseudonym)
    sent = request.method == "POST"
    form = PhotoForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        upload = form.cleaned_data["photo"]
        try:
            add_photo(actor=request.actor, person=person, upload=upload, at=request.received_at)
        except NotAPhoto as problem:
            form.add_error("photo", str(problem))
        else:
            return redirect("people:identity", person.pseudonym)
    may = verdict(request.actor, Act.ADD_PHOTO, person)
    return show(request, "people/photo.html", {"person": person, "form": form, "may": may})
