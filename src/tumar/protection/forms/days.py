"""Days on a form: a calendar field, and days that cannot lie ahead."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class DayField(forms.DateField):
    """One day, from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


def not_ahead(day: date, today: date) -> date:
    """Refuse a day that has not come yet."""
    if day > today:
        raise ValidationError(_("This day has not come yet. Give today or an earlier day."))
    return day


def not_past(day: date | None, today: date) -> date | None:
    """Refuse a day that is over."""
    if day is not None and day < today:
        raise ValidationError(_("This day is over. Give today or a later day."))
    return day
