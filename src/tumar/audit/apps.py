"""The room's entry in Django's registry."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tumar.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tumar.audit.models import guard_base_managers

        guard_base_managers()
