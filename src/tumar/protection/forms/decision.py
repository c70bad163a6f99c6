"""A decision on status, by a named body, on a named law."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor, verdict
from tumar.protection.forms.choices import offer
from tumar.protection.forms.days import DayField, not_ahead
from tumar.protection.models import Case
from tumar.protection.policy import Act
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation
from tumar.ui.forms import CodeChoiceField, NameField, SafeTextField


def open_statuses(actor: Actor, case: Case) -> list[str]:
    """What this actor may record now: the table allows it from here, and so does the role."""
    return [
        code for code in code_list("decision_statuses").codes
        if verdict(actor, Act.DECIDE, (case, code))
    ]  # fmt: skip


class _StatusField(forms.ChoiceField):
    widget = forms.RadioSelect

    def help_for(self, code: str) -> str:
        """What a status means, shown under its label."""
        return code_list("decision_statuses").definition(code)


class DecisionForm(forms.Form):
    """What was decided, by whom, when, on which law, and why."""

    status = _StatusField(label=_("Decision"))
    body = forms.ModelChoiceField(
        queryset=Organisation.objects.active(), label=_("Decided by"), empty_label=None
    )
    body_kind = CodeChoiceField("decision_bodies", nothing=None, label=_("Kind of body"))
    legal_reference = NameField(label=_("Law and article"))
    reasons = SafeTextField(label=_("Reasons"))
    decided_on = DayField(label=_("Decided on"))

    why = {
        "status": _("Assistance never waits for this, and does not depend on working with police."),
        "reasons": _("The person has a right to know them, and to ask for a review."),
    }

    def __init__(self, *args: Any, statuses: Sequence[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        labels = code_list("decision_statuses")
        offer(self, "status", [(code, labels.label(code)) for code in statuses])

    def clean_decided_on(self) -> date:
        return not_ahead(self.cleaned_data["decided_on"], self.today)
