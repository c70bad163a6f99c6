"""What a searcher knows of a person. Everything may stay empty, but not everything at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.people.queries import Question
from tumar.reference.dates import PartialDate
from tumar.ui.forms import NameField, PartialDateField


class SearchForm(forms.Form):
    """A name in any script, a date however partial, a document, a telephone number."""

    use_required_attribute = False

    name = NameField(
        label=gettext_lazy("Name"),
        required=False,
        help_text=gettext_lazy("In any script and any order. Other spellings are found, too."),
    )
    born = PartialDateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        help_text=gettext_lazy("As much of it as is known."),
    )
    document = NameField(label=gettext_lazy("Number of a document"), required=False, longest=60)
    phone = NameField(label=gettext_lazy("Telephone number"), required=False, longest=60)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise forms.ValidationError(_("Write at least one thing you know of this person."))
        if not self.errors and not self._question(found).terms():
            raise forms.ValidationError(
                _("This is too little to search by. Add a name, a document or a telephone number.")
            )
        return found

    @property
    def question(self) -> Question:
        """What was asked, once the form is valid."""
        return self._question(self.cleaned_data)

    def _question(self, found: dict[str, Any]) -> Question:
        return Question(
            name=found["name"] or "",
            born=found["born"] or PartialDate(),
            document=found["document"] or "",
            phone=found["phone"] or "",
        )
