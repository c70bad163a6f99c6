"""Safety, risk, who keeps a case, its state, its end."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.access import Actor, Role
from tumar.access.models import User
from tumar.protection.forms.choices import offer
from tumar.protection.models import Case
from tumar.protection.models.case import CLOSED
from tumar.protection.rules import CASE_NEXT
from tumar.reference.codelists import code_list
from tumar.ui.forms import CodeChoiceField, SafeTextField

SAFETY_LENGTH = 2000
NOBODY = "nobody"


class SafetyForm(forms.Form):
    """How to reach the person without danger."""

    safety = SafeTextField(
        label=_("How to reach the person without danger"),
        longest=SAFETY_LENGTH,
        help_text=_(
            "When and how to write or call, who must not know, the safe word. "
            "If you know of no danger, say so."
        ),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    why = {"safety": _("A call at the wrong moment can put somebody in danger.")}


class RiskForm(forms.Form):
    """The level of risk."""

    risk = CodeChoiceField(
        "risk_levels", nothing=None, label=_("How great is the danger now?"),
        widget=forms.RadioSelect,
    )  # fmt: skip


class AssignForm(forms.Form):
    """Whose case it is."""

    worker = forms.ChoiceField(label=_("Who keeps this case?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, workers: Sequence[User], actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A case worker may only take a case; giving it to others is for supervisors.
        gives = actor.has(Role.SUPERVISOR)
        self._offered = {
            str(worker.pk): worker for worker in workers if gives or worker.pk == actor.user_id
        }
        named = [(key, str(worker)) for key, worker in self._offered.items()]
        offer(self, "worker", [*named, (NOBODY, _("Nobody for now"))])

    @property
    def chosen(self) -> User | None:
        """The worker who was chosen; None for nobody."""
        return self._offered.get(self.cleaned_data["worker"])


class MoveForm(forms.Form):
    """The next state of an open case."""

    to = forms.ChoiceField(label=_("How does the case stand?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = code_list("case_statuses")
        self._offered = [
            code for code in labels.codes if code in CASE_NEXT[case.status] and code not in CLOSED
        ]
        offer(self, "to", [(code, labels.label(code)) for code in self._offered])

    @property
    def first(self) -> str:
        """One of the states on offer, to ask whether the reader may move the case at all."""
        return next(iter(self._offered), "")


class CloseForm(forms.Form):
    """Why a case is closed."""

    reason = CodeChoiceField(
        "closure_reasons", nothing=None, label=_("Why is the case closed?"),
        widget=forms.RadioSelect,
    )  # fmt: skip
