"""Checking of what is written on the pages of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.access import Role
from tumar.access.commands import SCOPES
from tumar.access.models import User
from tumar.access.roles import ROLES
from tumar.ui.forms import NameField

USER_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,39}\Z",
    gettext_lazy("Use 3 to 40 small letters a–z, figures, dots or hyphens."),
)
ROLE_CHOICES = [(role.value, ROLES[role].label) for role in Role]
SCOPE_WORDS = {
    "cases:read": gettext_lazy("Read cases"),
    "cases:write": gettext_lazy("Change cases"),
    "referrals:read": gettext_lazy("Read referrals"),
    "referrals:write": gettext_lazy("Send and answer referrals"),
    "screenings:read": gettext_lazy("Read screenings"),
    "screenings:write": gettext_lazy("Write screenings"),
    "reference:read": gettext_lazy("Read organisations, services and code lists"),
}


class PasswordForm(forms.Form):
    """A new password, written twice."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least 12 characters. Four words of your own are a good one."),
    )
    again = forms.CharField(
        label=gettext_lazy("The same again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "password" in found and found.get("again") not in (None, found["password"]):
            self.add_error("again", _("This differs from the first. Write both again."))
        return found


class SearchForm(forms.Form):
    """A reference, the name of a service or organisation, or something about a person."""

    text = NameField(label=gettext_lazy("Case number, service or person"), required=False)


class RoleForm(forms.Form):
    """One role to give."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=ROLE_CHOICES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].help_for = _summary_of  # type: ignore[attr-defined]  # ui shows it

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


def _summary_of(role: str) -> str:
    return str(ROLES[Role(role)].summary)


class ColleagueForm(RoleForm):
    """Somebody new, with a first role."""

    full_name = NameField(label=gettext_lazy("Name"), help_text=gettext_lazy("In any script."))
    username = forms.CharField(
        label=gettext_lazy("User name"),
        validators=[USER_NAME],
        help_text=gettext_lazy("To sign in with. It cannot be changed later."),
    )
    field_order = ["full_name", "username", "role"]


class TokenForm(forms.Form):
    """A key for a program."""

    label = NameField(
        label=gettext_lazy("What it is for"),
        longest=100,
        help_text=gettext_lazy("Such as: nightly report of the ministry."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=[(scope, SCOPE_WORDS[scope]) for scope in SCOPE_WORDS if scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than you may do yourself."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it works"),
        coerce=int,
        choices=[
            (7, gettext_lazy("A week")),
            (90, gettext_lazy("Three months")),
            (365, gettext_lazy("A year")),
        ],
    )

    def clean_days(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])
