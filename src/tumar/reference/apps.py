"""The room's entry in Django's registry."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "tumar.reference"
    default_auto_field = "django.db.models.BigAutoField"
