"""The lists of this room: users and the log."""

from __future__ import annotations

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.access import Role
from tumar.access.models import User
from tumar.access.roles import ROLES
from tumar.audit.models import Line
from tumar.site.words import words_of
from tumar.ui.lists import Column, Filter, Listing
from tumar.ui.parts import Badge, Label, Lines, Link


def _roles(user: User) -> str:
    held = [str(ROLES[Role(membership.role)].label) for membership in user.here]  # type: ignore[attr-defined]  # prefetched
    return ", ".join(held) or _("No role")


def state_of(user: User) -> Badge:
    """Whether a user can sign in, and what is missing if not."""
    if not user.is_active:
        return Badge(gettext_lazy("Disabled"), "neutral", "ban")
    if not user.has_usable_password():
        return Badge(gettext_lazy("Invited"), "warn", "clock")
    if not user.here:  # type: ignore[attr-defined]  # prefetched
        return Badge(gettext_lazy("Without a role"), "warn", "alert-triangle")
    return Badge(gettext_lazy("In use"), "ok", "check")


USERS = Listing(
    title=gettext_lazy("Users"),
    intro=gettext_lazy("Everybody who works, or worked, in your organisation."),
    columns=[
        Column(
            gettext_lazy("Name"),
            lambda user: Lines(user.full_name, user.username),
            order="full_name",
            link=True,
        ),
        Column(gettext_lazy("Roles"), _roles),
        Column(gettext_lazy("State"), state_of, corner=True),
        Column(gettext_lazy("Last sign-in"), lambda user: user.last_login, optional=True,
               template="site/moment_cell.html"),
    ],
    link=lambda user: reverse("user", args=[user.pk]),
    filters=[
        Filter("active", gettext_lazy("Active"), lambda users: users.filter(is_active=True)),
        Filter("disabled", gettext_lazy("Disabled"), lambda users: users.filter(is_active=False)),
    ],
    action=Link(gettext_lazy("Add a user"), "/users/new/", "user-plus"),
    empty=gettext_lazy("Nobody works here yet."),
    empty_icon="users",
)  # fmt: skip

TONES: dict[str, tuple[Label, str, str]] = {
    "act": (gettext_lazy("Done"), "neutral", "pencil"),
    "look": (gettext_lazy("Looked"), "info", "eye"),
    "denial": (gettext_lazy("Refused"), "danger", "lock"),
}


def kind_of(line: Line) -> Badge:
    """Was something done, looked at or refused?"""
    label, tone, icon = TONES[line.kind]
    return Badge(label, tone, icon)  # type: ignore[arg-type]  # tones above are all known


def who(line: Line) -> str | Promise:
    """Who acted; the house itself where nobody did."""
    if not line.user_id:
        return _("Tumar itself")
    return line.who or _("A former user")  # type: ignore[attr-defined]  # annotated


def what(line: Line) -> Lines:
    """What happened, in words, and to what."""
    return Lines(words_of(line.event), _subject(line))


def _subject(line: Line) -> str:
    """The thing in words, with the beginning of its number: enough to tell two apart."""
    if "page" in line.facts:
        return str(line.facts["page"])
    name = apps.get_model(line.subject)._meta.verbose_name
    return f"{name} {line.subject_id[:8]}".strip()


def _kind(kind: str) -> Filter:
    def apply(lines: QuerySet[Line]) -> QuerySet[Line]:
        return lines.filter(kind=kind)

    return Filter(kind, TONES[kind][0], apply)


LOG = Listing(
    title=gettext_lazy("Log"),
    intro=gettext_lazy(
        "Who did what, looked at what, and was refused what in your organisation. "
        "Nobody can change a line. Your reading is on record too."
    ),
    columns=[
        Column(gettext_lazy("What"), what),
        Column(gettext_lazy("Who"), who),
        Column(gettext_lazy("Kind"), kind_of, corner=True),
        Column(gettext_lazy("When"), lambda line: line.at, template="site/moment_cell.html"),
    ],
    order="-pk",
    filters=[_kind("look"), _kind("denial"), _kind("act")],
    empty=gettext_lazy("Nothing has happened yet."),
    empty_icon="history",
)
