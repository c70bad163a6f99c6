"""The room's entry in Django's registry; fills the slots of the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProtectionConfig(AppConfig):
    name = "tumar.protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _fill_slots_of_people()
        _fill_navigation()


def _fill_slots_of_people() -> None:
    from tumar.people import slots
    from tumar.protection.commands.referral import end_with_consent
    from tumar.protection.lists.log import WORDS
    from tumar.protection.queries import key_of_screening

    slots.ON_CONSENT_ENDED.append(end_with_consent)
    slots.KEY_OF_SCREENING.append(key_of_screening)
    slots.ACT_WORDS.update(WORDS)


def _fill_navigation() -> None:
    from tumar.access import Role
    from tumar.access.roles import CASE_ROLES, IDENTITY_ROLES
    from tumar.protection.queries import waiting_in_inbox
    from tumar.protection.queries.tiles import cases_due
    from tumar.ui.navigation import NAVIGATION, NavigationEntry

    meets = frozenset({Role.SCREENER, *IDENTITY_ROLES})
    everyone = frozenset({Role.SCREENER, *CASE_ROLES})
    NAVIGATION.extend(
        (
            NavigationEntry(
                _("Cases"), "folder", "protection:cases", CASE_ROLES, order=20, count=cases_due
            ),
            NavigationEntry(
                _("Inbox"), "send", "protection:inbox", everyone, order=25, count=waiting_in_inbox
            ),
            NavigationEntry(
                _("Screening"), "clipboard-text", "protection:screenings", meets, order=30
            ),
            NavigationEntry(
                _("Exchange"), "arrows-exchange", "protection:exchange", IDENTITY_ROLES, order=50
            ),
        )
    )
