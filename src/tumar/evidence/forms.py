"""Checking what is asked of the statistics, and what is uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.evidence.models.batch import KEEPS
from tumar.evidence.queries import Filters
from tumar.ui.forms import NameField

LARGEST_UPLOAD = 100 * 1024 * 1024  # bytes as they come; larger files go in by the command line
ENDINGS = (".csv", ".csv.gz", ".txt", ".gz")


class FiltersForm(forms.Form):
    """What the address asks for; what makes no sense counts as not asked."""

    source = forms.CharField(max_length=20, required=False)
    since = forms.IntegerField(min_value=1, max_value=9999, required=False)
    until = forms.IntegerField(min_value=1, max_value=9999, required=False)

    def filters(self) -> Filters:
        self.is_valid()
        return Filters(
            source=self.cleaned_data.get("source", ""),
            since=self.cleaned_data.get("since"),
            until=self.cleaned_data.get("until"),
        )


class ImportForm(forms.Form):
    """A file of anonymous records, what to call it, and what to do with bad rows."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, or CSV packed with gzip, up to 100 MB. The layout is known by its first row."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    title = NameField(
        label=gettext_lazy("Name of the source"),
        help_text=gettext_lazy(
            "It stands under every table. Left empty, the name of the layout is used."
        ),
        required=False,
    )
    keep = forms.ChoiceField(
        label=gettext_lazy("If some rows are bad"),
        choices=KEEPS,
        initial="none",
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise ValidationError(
                _("The file is larger than 100 MB. Ask for it to be imported on the server.")
            )
        return file
