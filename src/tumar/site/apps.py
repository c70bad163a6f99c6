"""The room's entry in Django's registry; puts its places into the navigation."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "tumar.site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tumar.access import Role
        from tumar.site.addresses import every_address_has_a_door
        from tumar.ui.navigation import NAVIGATION, NavigationEntry

        checks.register(every_address_has_a_door, checks.Tags.urls)
        administrators, watchers = frozenset({Role.ADMINISTRATOR}), frozenset({Role.DPO})
        mine = [
            NavigationEntry(_("Overview"), "home", "home", order=10),
            NavigationEntry(_("Log"), "history", "log", watchers, order=80),
            NavigationEntry(_("Users"), "users", "users", administrators, order=90),
            NavigationEntry(
                _("Directory"), "address-book", "reference_admin:index", administrators, order=95
            ),
        ]
        NAVIGATION.extend(entry for entry in mine if entry not in NAVIGATION)
