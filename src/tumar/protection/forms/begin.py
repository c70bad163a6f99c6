"""Opening a case for a person who was just registered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.ui.forms import CodeChoiceField, SafeTextField


class BeginForm(forms.Form):
    """What kind of case it is, and how to reach the person without danger."""

    kind = CodeChoiceField(
        "case_kinds",
        nothing=None,
        label=_("What is the case about?"),
        initial="tip",
        widget=forms.RadioSelect,
    )
    risk = CodeChoiceField(
        "risk_levels",
        nothing=None,
        label=_("How great is the danger now?"),
        initial="medium",
        widget=forms.RadioSelect,
    )
    safety = SafeTextField(
        label=_("How to reach the person without danger"),
        required=False,
        longest=2000,
        help_text=_("You can write this later; it stands on top of every page of the case."),
    )
    screening = forms.SlugField(required=False, widget=forms.HiddenInput)

    why = {"safety": _("A call at the wrong moment can put somebody in danger.")}
