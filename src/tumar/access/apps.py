"""The room's entry in Django's registry."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tumar.access"
    default_auto_field = "django.db.models.BigAutoField"
