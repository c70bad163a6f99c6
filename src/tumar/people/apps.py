"""The room's entry in Django's registry; puts the way to a person into the rail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "tumar.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tumar.access.roles import IDENTITY_ROLES
        from tumar.ui.navigation import NAVIGATION, NavigationEntry

        entry = NavigationEntry(
            _("Find a person"), "user-search", "people:search", IDENTITY_ROLES, order=40
        )
        if entry not in NAVIGATION:
            NAVIGATION.append(entry)
