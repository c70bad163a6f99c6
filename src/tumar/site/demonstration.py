"""Who stands behind the doors of the demonstration, and the way of one person past them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tumar.access import Role
from tumar.access.models import Membership, User
from tumar.access.roles import ROLES

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Station:
    """One step of a person's way: what happens to her, and as whom to look at it."""

    title: Text
    text: Text
    icon: str
    role: Role

    @property
    def label(self) -> Text:
        return ROLES[self.role].label


TOUR = [
    Station(
        _("Somebody asks"),
        _("At a border post, a guard asks the screening questions and sees signs of coercion."),
        "clipboard-text",
        Role.SCREENER,
    ),
    Station(
        _("A shelter says yes"),
        _("The urgent referral reaches a shelter. A case worker accepts and meets the person."),
        "home-heart",
        Role.CASEWORKER,
    ),
    Station(
        _("The state decides"),
        _("With her consent, the national coordinator receives the file and decides on status."),
        "shield-check",
        Role.COORDINATOR,
    ),
    Station(
        _("She is on her way"),
        _("The plan is met. A supervisor closes the case; the log says who looked, and why."),
        "heart-handshake",
        Role.SUPERVISOR,
    ),
]

# What to try first, by user name of the demonstration.
TO_TRY: dict[str, tuple[str, Text]] = {
    "demo-screener": (
        "clipboard-text",
        _("Start a screening, tick some signs, and refer the person at once."),
    ),
    "demo-caseworker": (
        "home-heart",
        _("Answer the inbox, open a case, agree a plan, refer it to another organisation."),
    ),
    "demo-caseworker-2": (
        "arrows-exchange",
        _("See the same referral from the other side: you know only what was shared with you."),
    ),
    "demo-supervisor": (
        "users",
        _("See who carries how much and what is late. Assign a case nobody has; close one."),
    ),
    "demo-coordinator": (
        "route",
        _("See where the mechanism loses people, and decide on a case sent for identification."),
    ),
    "demo-dpo": (
        "eye-check",
        _("Read the log: who opened which case, who was refused, what looks unusual."),
    ),
    "demo-analyst": (
        "chart-bar",
        _("Read statistics in which no one can be recognised, and import a file of records."),
    ),
    "demo-administrator": (
        "settings",
        _("Invite a colleague, give and end roles, keep the directory of services."),
    ),
}


@dataclass(frozen=True, slots=True)
class Door:
    """A button of the sign-in page."""

    username: str
    name: str
    organisation: str
    label: Text
    icon: str
    to_try: Text


def doors() -> list[Door]:
    """A door for each invented user that is there, in the order of the tour."""
    held = Membership.objects.active().filter(user__username__in=TO_TRY)
    newest_first = held.select_related("user", "organisation").order_by("-pk")
    by_name = {m.user.username: m for m in newest_first}  # so the first role of each remains
    return [_door(by_name[username]) for username in TO_TRY if username in by_name]


def _door(membership: Membership) -> Door:
    icon, to_try = TO_TRY[membership.user.username]
    return Door(
        username=membership.user.username,
        name=membership.user.full_name,
        organisation=membership.organisation.name,
        label=ROLES[Role(membership.role)].label,
        icon=icon,
        to_try=to_try,
    )


def user_behind(username: str) -> User | None:
    """The invented user of a door; None for any other user, also a real one."""
    if username not in TO_TRY:
        return None
    return User.objects.filter(username=username, is_active=True).first()
