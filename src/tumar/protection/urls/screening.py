"""Addresses of screenings."""

from django.urls import URLPattern, path

from tumar.protection.views import screening, steps, urgent

SCREENING_URLS: list[URLPattern] = [
    path("screenings/", screening.screenings, name="screenings"),
    path("screenings/new/", screening.start_screening, name="start-screening"),
    path("screening/<slug:ref>/", screening.screening, name="screening"),
    path("screening/<slug:ref>/safety/", steps.safety, name="screening-safety"),
    path("screening/<slug:ref>/ask/<slug:sign>/", steps.ask, name="ask"),
    path("screening/<slug:ref>/signs/", steps.signs, name="screening-signs"),
    path("screening/<slug:ref>/signs/<slug:dimension>/", steps.signs, name="screening-part"),
    path("screening/<slug:ref>/acts/", steps.acts, name="screening-acts"),
    path("screening/<slug:ref>/finish/", screening.finish_screening, name="finish-screening"),
    path("screening/<slug:ref>/stop/", screening.stop_screening, name="stop-screening"),
    path("screening/<slug:ref>/resume/", screening.resume_screening, name="resume-screening"),
    path("screening/<slug:ref>/refer/", urgent.refer_now, name="refer-now"),
    path("screening/<slug:ref>/referred/", urgent.referred, name="referred"),
]
