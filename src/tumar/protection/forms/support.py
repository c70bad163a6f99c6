"""Needs, the plan and its goals, tasks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.access.models import User
from tumar.protection.forms.choices import offer
from tumar.protection.forms.days import DayField, not_past
from tumar.ui.forms import CodeChoiceField, SafeTextField

LINE_LENGTH = 1000


class NeedForm(forms.Form):
    """Something the person needs."""

    domain = CodeChoiceField(
        "need_domains", nothing=None, label=_("What is needed"), widget=forms.RadioSelect
    )
    urgency = CodeChoiceField(
        "urgency", nothing=None, label=_("How soon"), widget=forms.RadioSelect, initial="soon"
    )
    detail = SafeTextField(label=_("More about it"), longest=LINE_LENGTH, required=False)


class PlanForm(forms.Form):
    """What the person and her case worker want to reach."""

    objectives = SafeTextField(
        label=_("What we want to reach together"),
        help_text=_("In words the person would use."),
    )
    agreed_with_person = forms.BooleanField(
        label=_("I have gone through this plan with the person, and she agrees"), required=False
    )
    review_on = DayField(label=_("When we look at it again"), required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    why = {"review_on": _("The case comes back to your desk on that day.")}


class GoalForm(forms.Form):
    """One thing to reach, by a day."""

    text = SafeTextField(label=_("Goal"), longest=LINE_LENGTH)
    domain = CodeChoiceField("need_domains", nothing=None, label=_("About"))
    due_on = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date | None:
        return not_past(self.cleaned_data["due_on"], self.today)


class TaskForm(forms.Form):
    """Something to do by a day, by somebody of the own organisation."""

    text = SafeTextField(label=_("What is to be done"), longest=LINE_LENGTH)
    due_on = DayField(label=_("Until"))
    assignee = forms.TypedChoiceField(
        label=_("Who does it"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, colleagues: Sequence[User], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self._colleagues = {user.pk: user for user in colleagues}
        nobody = ("", _("Whoever keeps the case"))
        offer(self, "assignee", [nobody, *((user.pk, str(user)) for user in colleagues)])

    def clean_due_on(self) -> date | None:
        return not_past(self.cleaned_data["due_on"], self.today)

    @property
    def chosen(self) -> User | None:
        """The colleague who was chosen."""
        return self._colleagues.get(self.cleaned_data["assignee"])
