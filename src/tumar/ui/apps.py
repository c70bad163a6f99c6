"""The room's entry in Django's registry."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tumar.ui"
    default_auto_field = "django.db.models.BigAutoField"
