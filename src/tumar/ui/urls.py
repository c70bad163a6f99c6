"""Addresses of what belongs to no domain."""

from django.urls import path

from tumar.ui import views

app_name = "ui"
urlpatterns = [
    path("gallery/", views.gallery, name="gallery"),
    path("look/", views.theme, name="theme"),
]
