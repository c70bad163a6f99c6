"""The roles, in plain words; the page of roles in the docs is made from here."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    SCREENER = "screener"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    DPO = "dpo"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Description:
    """What a role is called and what it is for, in words for the person who holds it."""

    label: str | Promise
    summary: str | Promise


ROLES: dict[Role, Description] = {
    Role.SCREENER: Description(
        _("Screener"),
        _(
            "Asks the screening questions at a border, an inspection or a hotline, and hands the "
            "person on. Sees the screenings of the own organisation and what became of them, "
            "never a case."
        ),
    ),
    Role.CASEWORKER: Description(
        _("Case worker"),
        _(
            "Accompanies a person. Sees and keeps the cases the own organisation leads or has "
            "been referred, and opens an identity when the work needs it."
        ),
    ),
    Role.SUPERVISOR: Description(
        _("Supervisor"),
        _(
            "Answers for the case workers of one organisation: all a case worker may, and besides "
            "assigns cases, closes and reopens them."
        ),
    ),
    Role.COORDINATOR: Description(
        _("National coordinator"),
        _(
            "Runs the national referral mechanism: decides on status where the law says so, sees "
            "the cases referred for that, and the statistics. Opens no identity."
        ),
    ),
    Role.DPO: Description(
        _("Data protection officer"),
        _("Watches over the log of the own organisation: who looked at what, and why. No cases."),
    ),
    Role.ANALYST: Description(
        _("Analyst"), _("Works with statistics that name no one. Imports anonymous records.")
    ),
    Role.ADMINISTRATOR: Description(
        _("Administrator"),
        _("Keeps users, organisations and code lists in order. Sees no person and no case."),
    ),
}

# Who may hold a case at all; administrators and analysts never do (R19, pain 21).
CASE_ROLES = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.COORDINATOR})
IDENTITY_ROLES = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
