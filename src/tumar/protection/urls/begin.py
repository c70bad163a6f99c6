"""The address where a case begins."""

from django.urls import URLPattern, path

from tumar.protection.views import begin

BEGIN_URLS: list[URLPattern] = [
    path("cases/begin/<slug:pseudonym>/", begin.begin, name="begin-case"),
]
