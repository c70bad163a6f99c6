"""Her answers: what is asked, narrowed, and the law where no answer is the ground."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.people.models import Consent
from tumar.reference.models import Organisation
from tumar.ui.forms import CodeChoiceField, CodesField, NameField, SafeTextField

ANSWERS = (("given", gettext_lazy("Yes, agrees")), ("refused", gettext_lazy("No")))
NOT_ASKED = (("", gettext_lazy("Not asked yet")),)
UNTIL_WORDS = gettext_lazy("Leave empty if no end was set.")


class AnswerForm(forms.Form):
    """How one answer came about. Shared by intake and by the page that asks."""

    use_required_attribute = False
    title = gettext_lazy("Consent to managing the case")
    why = {
        "explained": gettext_lazy("An answer counts only if the person knew what was asked."),
        "words": gettext_lazy("So that nobody has to ask twice what was meant."),
    }

    state = forms.ChoiceField(
        label=gettext_lazy("The answer"),
        choices=NOT_ASKED + ANSWERS,
        widget=forms.RadioSelect,
        required=False,
    )
    explained = CodesField(
        "consent_checklist", label=gettext_lazy("What was explained"), required=False
    )
    given_by = CodeChoiceField(
        "consent_given_by",
        label=gettext_lazy("Who answered"),
        required=False,
        widget=forms.RadioSelect,
    )
    method = CodeChoiceField(
        "consent_methods",
        label=gettext_lazy("How the answer was given"),
        required=False,
        widget=forms.RadioSelect,
    )
    language = CodeChoiceField("languages", label=gettext_lazy("In which language"), required=False)
    words = SafeTextField(
        label=gettext_lazy("In the person’s own words"), required=False, longest=2000
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("state"):
            for name in ("given_by", "method"):
                if name not in self.errors and not found.get(name):
                    self.add_error(name, _("Please choose: without it the answer proves nothing."))
        return found

    @property
    def answer(self) -> dict[str, Any] | None:
        """What `record_consent` needs; None if she was not asked."""
        return dict(self.cleaned_data) if self.cleaned_data["state"] else None


class ConsentForm(AnswerForm):
    """One question to her: for what, with whom, which facts, until when."""

    purpose = CodeChoiceField("purposes", label=gettext_lazy("For what"))
    recipient = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Shared with"),
        required=False,
        empty_label=gettext_lazy("Our organisation, and whoever the purpose needs"),
    )
    groups = CodesField("field_groups", label=gettext_lazy("Which facts"), required=False)
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=UNTIL_WORDS,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    field_order = ("purpose", "recipient", "groups", "state", "until")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        state, recipient = self.fields["state"], self.fields["recipient"]
        state.choices, state.required = ANSWERS, True  # type: ignore[attr-defined]
        recipient.queryset = (  # type: ignore[attr-defined]
            Organisation.objects.filter(is_active=True).order_by("name")
        )

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until <= self.today:
            raise ValidationError(_("Choose a day after today, or leave it empty."))
        return until

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if (
            found.get("state") == "given"
            and not found.get("groups")
            and "groups" not in self.errors
        ):
            self.add_error("groups", _("Choose at least one group of facts that may be shared."))
        return found

    @property
    def values(self) -> dict[str, Any]:
        """The arguments of `record_consent`."""
        found = dict(self.cleaned_data)
        until = found.pop("until")
        return {**found, "expires_at": _end_of(until)}


class NarrowForm(forms.Form):
    """Which groups of facts she leaves in; at least one goes, at least one stays."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("What is still agreed to"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, consent: Consent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = consent
        labels: list[str] = consent.get_groups_display()  # type: ignore[attr-defined]
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            *zip(consent.groups, labels, strict=True)
        ]
        self.fields["groups"].initial = consent.groups

    def clean_groups(self) -> list[str]:
        kept: list[str] = self.cleaned_data["groups"]
        if not kept:
            raise ValidationError(_("If nothing stays, withdraw the whole answer instead."))
        if set(kept) == set(self.consent.groups):
            raise ValidationError(_("Take away at least one group, or go back."))
        return kept


class LawForm(forms.Form):
    """Why something is done without her consent."""

    use_required_attribute = False
    why = {"article": gettext_lazy("So that the person and a court can check it.")}

    purpose = CodeChoiceField("purposes", label=gettext_lazy("For what"))
    basis = CodeChoiceField(
        "legal_bases", label=gettext_lazy("Legal basis"), widget=forms.RadioSelect
    )
    article = NameField(label=gettext_lazy("Law and article"))
    reason = SafeTextField(label=gettext_lazy("Why it applies here"), longest=2000)


def _end_of(until: date | None) -> datetime | None:
    """The end of the day she named, in the country's time."""
    if until is None:
        return None
    return datetime.combine(until, time.max, ZoneInfo(settings.TIME_ZONE))
