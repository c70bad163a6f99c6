"""The room's entry in Django's registry."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "tumar.vault"
    default_auto_field = "django.db.models.BigAutoField"
