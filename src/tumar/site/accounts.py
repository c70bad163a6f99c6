"""How allauth signs people in here: only invited users, every session and password on record."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tumar.access.commands import begin_session, change_password, end_session
from tumar.access.http import Request
from tumar.access.models import User
from tumar.access.queries import actor_of_user

# The page one arrives at says it better.
SILENT = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The seam to allauth. Second factors, passkeys and sign-in by a ministry come in here."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # One sentence for a wrong name, a wrong password and an account not in use (R04).
        "username_password_mismatch": _("User name and password do not fit together. Try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: Request, user: User) -> None:
        begin_session(actor=actor_of_user(user), user=user, at=request.received_at)
        super().login(request, user)

    def logout(self, request: Request) -> None:
        user = request.user
        end_session(actor=actor_of_user(user), user=user, at=request.received_at)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        at = context.request.received_at
        change_password(actor=actor_of_user(user), user=user, password=password, at=at)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *more: Any,
        **named: Any,
    ) -> None:  # fmt: skip
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *more, **named)
