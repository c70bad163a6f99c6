"""Checking what is uploaded, and what an export is asked to hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.protection.forms.days import DayField
from tumar.protection.models.exchange import KEEPS
from tumar.ui.forms import CodeChoiceField

LARGEST_UPLOAD = 10 * 1024 * 1024  # bytes
FORMATS = [
    ("xlsx", gettext_lazy("Excel workbook (XLSX)")),
    ("csv", gettext_lazy("Plain table (CSV)")),
]


class ImportForm(forms.Form):
    """A file, what to do with bad rows, and with columns nobody knows."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "XLSX or CSV in the layout of HTCDS 2.0, up to 10 MB and 1,000 rows."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    keep = forms.ChoiceField(
        label=gettext_lazy("If some rows are bad"),
        choices=KEEPS,
        initial="none",
        widget=forms.RadioSelect,
    )
    ignore_unknown = forms.BooleanField(
        label=gettext_lazy("Pass over columns that are not in HTCDS 2.0"), required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(_("The file is larger than 10 MB. Divide it into several."))
        return file


class ExportForm(forms.Form):
    """Why, how, and of which days; whether with identity, only a supervisor is asked."""

    purpose = CodeChoiceField(
        "purposes",
        nothing=gettext_lazy("Choose a reason"),
        label=gettext_lazy("What it is for"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=FORMATS, initial="xlsx", widget=forms.RadioSelect
    )
    since = DayField(label=gettext_lazy("Opened since"), required=False)
    until = DayField(label=gettext_lazy("Opened until"), required=False)
    with_identity = forms.BooleanField(
        label=gettext_lazy("With the identity of those who agreed"),
        help_text=gettext_lazy(
            "Only of persons who agreed to sharing with another country, or to a referral without "
            "a named recipient. Of all others it stays blank."
        ),
        required=False,
    )

    why = {"purpose": gettext_lazy("The reason stands in the log, with the number of cases.")}

    def __init__(self, *args: Any, may_identify: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_identify:
            del self.fields["with_identity"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day lies before the first. Exchange the two."))
        return cleaned
