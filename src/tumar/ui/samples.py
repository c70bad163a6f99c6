"""What the gallery shows: invented, so that nobody mistakes it for a case."""

from datetime import UTC, date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.access import denied
from tumar.reference.dates import PartialDate
from tumar.ui.charts import Bars, Columns, Lines, Pyramid, Series, Shares, Withheld
from tumar.ui.forms import NameField, PartialDateField, SafeTextField
from tumar.ui.parts import Badge, Due, Event, Link, Pips, Step, differences

TODAY = date(2026, 11, 24)
TONES = ("danger", "warn", "ok", "info", "brand", "neutral")
SOURCE = "Invented numbers for this gallery"


class SampleForm(forms.Form):
    """One field of each kind; `why` and `asked_when` show what a form may say about its fields."""

    name = NameField(label=_("Name used"), help_text=_("As the person says it, in any script."))
    birth = PartialDateField(label=_("Date of birth"), required=False)
    safe = forms.ChoiceField(
        label=_("Is it safe to talk now?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("Not sure"))],
        widget=forms.RadioSelect,
    )
    until = forms.CharField(label=_("When would be better?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("What is needed first"),
        choices=[
            ("bed", _("A safe place to sleep")),
            ("doctor", _("A doctor")),
            ("papers", _("Papers")),
            ("interpreter", _("An interpreter")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("ky", "Кыргызча"), ("ru", "Русский"), ("ar", "العربية")]
    )
    notes = SafeTextField(label=_("Anything else"), required=False)
    read = forms.BooleanField(label=_("I have read this back to the person"))

    why = {"birth": _("Children have rights of their own; a guess is enough.")}
    asked_when = {"until": ("safe", ["no", "unsure"])}


def everything() -> dict[str, object]:
    """The gallery's context."""
    return {
        "today": TODAY,
        "tones": TONES,
        "refused": denied(_("Only the organisation leading this case may refer it.")),
        "form": SampleForm(initial={"safe": "no"}),
        "wrong_form": SampleForm(data={"birth_day": "12", "safe": "yes", "name": "x" * 201}),
        **_events(),
        **_charts(),
    }


def _events() -> dict[str, object]:
    at = datetime(2026, 11, 24, 9, 40, tzinfo=UTC)
    mine: dict[str, object] = {"phone": "Do not phone", "bed": "30 nights", "lead": "Example Aid"}
    theirs: dict[str, object] = {"phone": "Text only", "bed": "14 nights", "lead": "Example Aid"}
    return {
        "steps": [
            Step(_("Screening"), "done", "12 Nov"),
            Step(_("Identification"), "done", "14 Nov"),
            Step(_("Assistance"), "now", _("since 15 Nov")),
            Step(_("Proceedings")),
            Step(_("Closed")),
        ],
        "events": [
            Event(
                _("Referred to safe housing"),
                at,
                "Aigul Saparova",
                "Asked for 30 nights.\nConsent given for this referral only.",
                "send",
                "info",
                "#",
            ),
            Event(
                _("Medical examination"), date(2026, 11, 20), "City clinic", "", "stethoscope", "ok"
            ),
            Event(_("Left home"), PartialDate.parse("2026-05~"), "", "", "home", "neutral"),
        ],
        "rows": [
            [
                "KG-26-00412",
                Badge(_("High"), "danger", "alert-triangle"),
                Pips(3, 5, _("Assistance")),
                Due(date(2026, 11, 20)),
                "Example Aid",
            ],
            [
                "KG-26-00401",
                Badge(_("Medium"), "warn"),
                Pips(2, 5, _("Identification")),
                Due(TODAY),
                "City clinic",
            ],
            [
                "KG-26-00387",
                Badge(_("Low"), "ok"),
                Pips(5, 5, _("Closed")),
                Due(date(2026, 12, 1)),
                "مركز الأزمات",
            ],
        ],
        "pairs": differences(
            mine,
            theirs,
            {
                "phone": _("Contact"),
                "bed": _("Stay"),
                "lead": _("Lead"),
            },
        ),
        "estimated": PartialDate.parse("2001-05~"),
        "chips": [Link(_("All"), "#", is_current=True), Link(_("Mine"), "#"), _("Not a link")],
        "crumbs": [Link(_("Cases"), "#"), Link("KG-26-00412", "#")],
        "empty_action": Link(_("New screening"), "#", "plus"),
    }


def _charts() -> dict[str, object]:
    years = [str(year) for year in range(2016, 2027)]
    few = Withheld()
    return {
        "bars": Bars(
            title=_("Forms of exploitation"),
            unit=_("people"),
            source=SOURCE,
            categories=[_("Forced labour"), _("Sexual exploitation"), _("Begging"), _("Servitude")],
            series=[Series(_("People"), [1240, 630, 88, few])],
        ),
        "columns": Columns(
            title=_("People helped, by year"),
            unit=_("people"),
            source=SOURCE,
            is_stacked=True,
            categories=years,
            series=[
                Series(_("Women"), [31, 44, 52, 61, 40, 38, 66, 71, 80, 92, 70]),
                Series(_("Men"), [12, 9, 20, 22, 31, 25, 40, 38, 51, 49, 44]),
                Series(_("Children"), [few, 6, 8, 12, few, 7, 14, 11, 9, 16, 12]),
            ],
        ),
        "columns_grouped": Columns(
            title=_("Referrals answered"),
            unit=_("referrals"),
            source=SOURCE,
            categories=years[-4:],
            series=[Series(_("In time"), [210, 260, 305, 288])],
        ),
        "lines": Lines(
            title=_("Proceedings opened and closed"),
            source=SOURCE,
            categories=years,
            series=[
                Series(_("Opened"), [14, 18, 22, 21, 9, 16, 25, 31, 28, 35, 33]),
                Series(_("Closed"), [6, 9, 12, 14, few, None, 12, 17, 20, 21, 24]),
            ],
        ),
        "pyramid": Pyramid(
            title=_("Age and sex"),
            unit=_("people"),
            source=SOURCE,
            categories=["0–11", "12–17", "18–24", "25–34", "35–44", "45+"],
            series=[
                Series(_("Women and girls"), [12, 64, 210, 180, 75, 20]),
                Series(_("Men and boys"), [9, 31, 140, 205, 96, few]),
            ],
        ),
        "shares": Shares(
            title=_("How they were found"),
            source=SOURCE,
            categories=[_("Hotline"), _("Police"), _("Outreach"), _("Other")],
            series=[Series(_("People"), [120, 84, 61, few])],
        ),
    }
