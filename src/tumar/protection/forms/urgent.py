"""An urgent referral from a screening: to whom, for what, on which ground; the name may wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tumar.people.rules import Contact, Identity, Name
from tumar.protection.forms.recipients import by_key, recipient_field
from tumar.protection.models import Screening
from tumar.protection.queries import Provider
from tumar.protection.rules.asking import help_for
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.reference.models import Organisation
from tumar.ui.forms import CodeChoiceField, NameField, SafeTextField

# What is arranged within hours; everything else is for the case worker who takes over.
URGENT_SERVICES = (
    "shelter_emergency",
    "medical_acute",
    "srh",
    "mhpss",
    "interpretation",
    "security_plan",
    "material_aid",
    "childcare",
    "documentation",
    "transport",
)

# A country writes its own law here once its lawyers have confirmed the article.
VITAL_INTEREST: dict[str, str | Promise] = {}
VITAL_INTEREST_ANYWHERE = _("Vital interest of the person (law on personal data)")


def urgent_services() -> list[tuple[str, str]]:
    words = code_list("service_types").label
    return [(code, words(code)) for code in URGENT_SERVICES]


class UrgentForm(forms.Form):
    """Everything an urgent referral needs; only four answers are required."""

    services = forms.MultipleChoiceField(
        label=_("What is needed?"), choices=urgent_services, widget=forms.CheckboxSelectMultiple
    )
    reason = SafeTextField(
        label=_("Why now?"),
        longest=2000,
        help_text=_("They read this before they accept. Leave out names and places to find them."),
    )
    agreed = forms.ChoiceField(
        label=_("Does the person agree that you pass this on?"),
        choices=[
            ("yes", _("Yes, said aloud before a witness")),
            ("no", _("They cannot be asked, or a life is in danger")),
        ],
        widget=forms.RadioSelect,
    )
    article = NameField(
        label=_("Law and article that allow it"),
        required=False,
        help_text=_("Used only where the person has not agreed."),
    )
    name = NameField(label=_("What to call the person"), required=False)
    sex = CodeChoiceField("sexes", label=_("Sex"), required=False)
    age = forms.IntegerField(
        label=_("About how old, in years?"), min_value=0, max_value=120, required=False
    )
    phone = NameField(label=_("A telephone number that is safe"), required=False, longest=40)
    safety = SafeTextField(
        label=_("What to watch out for when reaching the person"), required=False, longest=1000
    )

    why = {"agreed": _("The person decides. Without their yes, only a law can allow it.")}
    asked_when = {"article": ("agreed", ["no"])}
    about_person = ("name", "sex", "age", "phone", "safety")

    def __init__(
        self, screening: Screening, providers: Sequence[Provider], written: QueryDict | None
    ) -> None:
        super().__init__(written, initial=first_guess(screening))
        self.screening, self.sent = screening, written or QueryDict()
        self.providers = by_key(providers)
        self.fields["to"] = recipient_field(gettext("Who can help?"), self.providers)
        self.order_fields(["services", "to"])
        if screening.person_id is not None:  # known from an earlier referral: never ask twice
            for field in self.about_person:
                del self.fields[field]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("agreed") == "no" and not cleaned.get("article"):
            self.add_error("article", _("Write the law and the article you rely on."))
        return cleaned

    @property
    def about_errors(self) -> bool:
        """Whether something optional is wrong, so that its fields must be in sight."""
        return any(name in self.errors for name in self.about_person)

    @property
    def written(self) -> list[tuple[str, str]]:
        """What was sent, as it was, for the page that shows it once more."""
        return [(name, str(value)) for name in self.fields for value in self.sent.getlist(name)]

    @property
    def recipient(self) -> Organisation:
        return self.providers[self.cleaned_data["to"]].organisation

    @property
    def consented(self) -> bool:
        return bool(self.cleaned_data["agreed"] == "yes")

    def identity(self, on: date) -> Identity:
        """What little is known of the person; nobody has to give a name."""
        said = {field: self.cleaned_data.get(field) or "" for field in self.about_person}
        spoken = self.screening.language
        needs_interpreter = "interpreter" in self.screening.urgent
        return Identity(
            names=(Name(said["name"], "known_as"),) if said["name"] else (),
            born=_about(self.cleaned_data.get("age"), on),
            sex=said["sex"] or "unknown",
            languages=(spoken,) if spoken else (),
            interpreter=spoken if needs_interpreter else "",
            contacts=(Contact("phone", said["phone"], safe="yes"),) if said["phone"] else (),
        )


def first_guess(screening: Screening) -> dict[str, Any]:
    """What the screening already says, so that nobody writes it twice."""
    words = code_list("urgent_needs").label
    offered = [code for code in help_for(screening.urgent) if code in URGENT_SERVICES]
    return {
        "services": offered,
        "reason": ". ".join(words(need) for need in screening.urgent),
        "article": VITAL_INTEREST.get(settings.TUMAR_COUNTRY, VITAL_INTEREST_ANYWHERE),
    }


def _about(age: int | None, on: date) -> PartialDate:
    return PartialDate() if age is None else PartialDate.parse(f"{on.year - age}~")
