"""A referral in four steps: need, ground, package, send; and the answers of an inbox."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.queries import Ground
from tumar.protection.forms.recipients import by_key, recipient_field
from tumar.protection.models import Referral
from tumar.protection.queries import Provider
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation
from tumar.ui.forms import CodeChoiceField, CodesField, NameField, SafeTextField


class NeedForm(forms.Form):
    """What is asked for, and of whom."""

    kind = forms.ChoiceField(
        label=_("What do you ask for?"), choices=Referral.KINDS, widget=forms.RadioSelect
    )
    services = CodesField("service_types", label=_("Services"), required=False)
    urgency = CodeChoiceField(
        "urgency", label=_("By when must they answer?"), nothing=_("Please choose")
    )
    reason = SafeTextField(
        label=_("Why"),
        longest=4000,
        help_text=_("They read this before they accept. Leave out names and places to find them."),
    )

    asked_when = {"services": ("kind", ["service", "transfer"])}

    def __init__(self, providers: Sequence[Provider], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.providers = by_key(providers)
        self.fields["to"] = recipient_field(gettext("Whom do you ask?"), self.providers)
        self.order_fields(["kind", "services", "to"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "service" and not cleaned.get("services"):
            self.add_error("services", _("Choose at least one service."))
        return cleaned

    @property
    def recipient(self) -> Organisation:
        return self.providers[self.cleaned_data["to"]].organisation

    @property
    def is_transfer(self) -> bool:
        return bool(self.cleaned_data["kind"] == "transfer")


class GroundForm(forms.Form):
    """Her answer, written down now; or the law that allows it without."""

    answer = forms.ChoiceField(
        label=_("What did the person answer?"),
        choices=[
            ("given", _("Yes, they agree")),
            ("refused", _("No")),
            ("law", _("They cannot be asked; a law allows it")),
        ],
        widget=forms.RadioSelect,
    )
    agreed_groups = CodesField("field_groups", label=_("What may be shared"), required=False)
    method = CodeChoiceField("consent_methods", label=_("How they answered"), required=False)
    given_by = CodeChoiceField("consent_given_by", label=_("Who answered"), required=False)
    until = forms.DateField(
        label=_("Until when it holds"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty if they set no end. They may take it back at any time."),
    )
    words = SafeTextField(label=_("In their own words"), required=False, longest=2000)
    basis = CodeChoiceField("legal_bases", label=_("Legal basis"), required=False)
    article = NameField(label=_("Law and article"), required=False)
    law_reason = SafeTextField(label=_("Why it applies here"), required=False, longest=2000)

    asked_when = {
        "agreed_groups": ("answer", ["given"]),
        "method": ("answer", ["given", "refused"]),
        "given_by": ("answer", ["given", "refused"]),
        "until": ("answer", ["given"]),
        "words": ("answer", ["given", "refused"]),
        "basis": ("answer", ["law"]),
        "article": ("answer", ["law"]),
        "law_reason": ("answer", ["law"]),
    }
    why = {"answer": _("Read to the person who asks for what, and what they will see.")}
    needed = {
        "given": ("agreed_groups", "method", "given_by"),
        "refused": ("method", "given_by"),
        "law": ("basis", "article", "law_reason"),
    }

    def __init__(self, *args: Any, today: date, is_transfer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if is_transfer:  # hands over all there is, so that is what the person is asked
            del self.fields["agreed_groups"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.needed.get(cleaned.get("answer", ""), ()):
            if name in self.fields and name not in self.errors and not cleaned.get(name):
                self.add_error(name, forms.ValidationError(_("Needed here."), code="required"))
        until = cleaned.get("until")
        if until and until <= self.today:
            self.add_error("until", _("Choose a day after today."))
        return cleaned

    def consent(self) -> dict[str, Any]:
        """Her answer as arguments of `people.commands.record_consent`."""
        said = self.cleaned_data
        return {
            "groups": said.get("agreed_groups") or ALL_GROUPS,
            "state": said["answer"],
            "given_by": said["given_by"],
            "method": said["method"],
            "words": said["words"],
            "expires_at": _end_of(said["until"]) if said["until"] else None,
        }

    def law(self) -> dict[str, Any]:
        """The law as arguments of `people.commands.state_legal_ground`."""
        said = self.cleaned_data
        return {
            "basis": said["basis"],
            "article": said["article"],
            "reason": said["law_reason"],
        }


class PackageForm(forms.Form):
    """Which groups of facts open once they accept; never more than the ground covers."""

    def __init__(self, ground: Ground, written: QueryDict | None, *, is_transfer: bool) -> None:
        allowed = frozenset(ground.consent.groups if ground.consent else ALL_GROUPS)
        super().__init__(written, initial={"groups": sorted(allowed)})
        if is_transfer:
            return
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Opened once they accept"),
            choices=[each for each in code_list("field_groups").choices() if each[0] in allowed],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Share what they need to help, and nothing else."),
        )

    @property
    def groups(self) -> Collection[str]:
        return list(self.cleaned_data.get("groups", ALL_GROUPS))


class DeclineForm(forms.Form):
    """No, and why, so that the sender can look elsewhere at once."""

    reason = CodeChoiceField(
        "referral_decline_reasons", label=_("Why not?"), nothing=_("Please choose")
    )
    feedback = SafeTextField(
        label=_("Anything that helps the sender"), required=False, longest=2000
    )


class CompleteForm(forms.Form):
    """How it went, for the sender."""

    feedback = SafeTextField(
        label=_("How did it go?"),
        longest=2000,
        help_text=_("The sender reads this. Write what was done, not what the person told you."),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)
