"""The addresses of the room. A person is named by her pseudonym only."""

from django.urls import URLPattern, path

from tumar.people.views import consent, finding, identity, log, photo, registering

app_name = "people"

PERSON = "persons/<slug:pseudonym>/"

urlpatterns: list[URLPattern] = [
    path("search/", finding.search, name="search"),
    path("intake/", finding.intake, name="intake"),
    path("intake/register/", registering.register, name="register"),
    path(PERSON, identity.identity, name="identity"),
    path(f"{PERSON}edit/<slug:kind>/", identity.edit, name="edit"),
    path(f"{PERSON}photo/", photo.photo, name="photo"),
    path(f"{PERSON}photo/add/", photo.add, name="add-photo"),
    path(f"{PERSON}looked/", log.looked, name="looked"),
    path(f"{PERSON}consents/", consent.consents, name="consents"),
    path(f"{PERSON}consents/ask/", consent.ask, name="ask-consent"),
    path(f"{PERSON}consents/law/", consent.law, name="state-law"),
    path(f"{PERSON}consents/<uuid:pk>/narrow/", consent.narrow, name="narrow-consent"),
    path(f"{PERSON}consents/<uuid:pk>/withdraw/", consent.withdraw, name="withdraw-consent"),
]
