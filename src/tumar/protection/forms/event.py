"""What happened to the person: acts, means and purposes apart, as article 3 keeps them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form, HiddenInput, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.protection.queries.content import EVENT_FIELDS
from tumar.reference.dates import PartialDate
from tumar.ui.forms import CodeChoiceField, CodesField, PartialDateField, SafeTextField


class EventForm(Form):
    """Nothing is required: what is not known now can be added when it is."""

    acts = CodesField("acts", label=gettext_lazy("What was done"), required=False)
    means = CodesField("means_palermo", label=gettext_lazy("How it was done"), required=False)
    control = CodesField(
        "means_control", label=gettext_lazy("How control was kept"), required=False
    )
    forms = CodesField("exploitation_forms", label=gettext_lazy("What for"), required=False)
    sector = CodeChoiceField("sectors", label=gettext_lazy("Sector"), required=False)
    recruited_in = CodeChoiceField("countries", label=gettext_lazy("Recruited in"), required=False)
    exploited_in = CodeChoiceField("countries", label=gettext_lazy("Exploited in"), required=False)
    began = PartialDateField(label=gettext_lazy("Began"), required=False)
    ended = PartialDateField(label=gettext_lazy("Ended"), required=False)
    account = SafeTextField(
        label=gettext_lazy("The account"),
        required=False,
        help_text=gettext_lazy("In the person’s own words where you can. It is sealed."),
    )
    version = IntegerField(min_value=0, widget=HiddenInput)

    why = {
        "means": gettext_lazy(
            "For somebody under 18 no means are needed (Palermo Protocol, art. 3(c))."
        ),
        "control": gettext_lazy("Tick only what was told or seen. Do not ask for details."),
        "account": gettext_lazy(
            "So that nobody has to ask her again. Read what is there before you ask."
        ),
    }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_began(self) -> PartialDate | None:
        return self._not_ahead(self.cleaned_data["began"])

    def clean_ended(self) -> PartialDate | None:
        return self._not_ahead(self.cleaned_data["ended"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        began, ended = cleaned.get("began"), cleaned.get("ended")
        if began and ended and began.earliest > ended.latest:
            self.add_error("ended", _("It cannot have ended before it began. Look at both days."))
        return cleaned

    def _not_ahead(self, day: PartialDate | None) -> PartialDate | None:
        if day and day.earliest and day.earliest > self.today:
            raise ValidationError(_("This day has not come yet. Give an earlier day."))
        return day

    @property
    def content(self) -> dict[str, Any]:
        """What was written, in the shape `describe_event` takes."""
        written = {name: self.cleaned_data[name] for name in EVENT_FIELDS}
        days = {name: str(written[name] or "") for name in ("began", "ended")}
        return {**written, **days}
