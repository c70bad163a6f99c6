"""What every page shows around its content: where one may go, as whom, in which look."""

from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

from tumar.access import Actor
from tumar.access.models import Membership
from tumar.access.roles import ROLES, Role
from tumar.ui.navigation import IN_THE_DOCK, Place, places

THEME_COOKIE = "theme"
THEMES = ("system", "light", "dark")


class Shell:
    """Computed only as far as a template asks, so that a part for htmx pays for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor | None = getattr(request, "actor", None)

    @cached_property
    def places(self) -> list[Place]:
        return places(self.actor, self.request.path) if self.actor else []

    @property
    def dock(self) -> list[Place]:
        """What fits at the bottom of a phone; the rest is behind "More", which is always there."""
        return self.places[: IN_THE_DOCK - 1]

    @property
    def more(self) -> list[Place]:
        return self.places[IN_THE_DOCK - 1 :]

    @property
    def organisation(self) -> str:
        held: list[Membership] = getattr(self.request, "memberships", [])
        here = self.actor.organisation_id if self.actor else None
        return next((str(m.organisation) for m in held if m.organisation_id == here), "")

    @property
    def roles(self) -> list[str | Promise]:
        held = self.actor.roles if self.actor else frozenset()
        return [ROLES[role].label for role in Role if role in held]

    @property
    def theme(self) -> str:
        kept = self.request.COOKIES.get(THEME_COOKIE, "")
        return kept if kept in THEMES else "system"

    @property
    def today(self) -> date | None:
        """The day of the request in the country's time, None where no door has stamped it."""
        received = getattr(self.request, "received_at", None)
        return received.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if received else None


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
