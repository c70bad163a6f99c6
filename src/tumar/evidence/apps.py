"""The room's entry in Django's registry, and its place in the rail."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "tumar.evidence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from tumar.ui.navigation import NAVIGATION, NavigationEntry

        entry = NavigationEntry(
            label=_("Statistics"), icon="chart-bar", url_name="evidence:statistics", order=60
        )
        if entry not in NAVIGATION:
            NAVIGATION.append(entry)
