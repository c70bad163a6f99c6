"""A note, and its correction."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tumar.protection.forms.days import DayField, not_ahead
from tumar.protection.models import Note
from tumar.ui.forms import SafeTextField

KINDS = [kind for kind in Note.KINDS if kind[0] != "correction"]


class NoteForm(forms.Form):
    """What was said, seen or done."""

    text = SafeTextField(
        label=_("Note"),
        help_text=_("Facts, and her own words in quotation marks. Notes cannot be changed later."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial="contact")
    happened_on = DayField(label=_("Day"))

    def __init__(self, sent: QueryDict | None = None, *, today: date) -> None:
        super().__init__(sent, initial={"happened_on": today}, auto_id="note_%s")
        self.today = today

    def clean_happened_on(self) -> date:
        return not_ahead(self.cleaned_data["happened_on"], self.today)


class CorrectionForm(forms.Form):
    """What should have stood in a note."""

    text = SafeTextField(
        label=_("What is right"),
        help_text=_("Both stay readable: the first note, and this correction beside it."),
    )
