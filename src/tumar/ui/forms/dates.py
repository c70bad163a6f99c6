"""A date as far as somebody knows it: day, month and year apart, each of which may be empty."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.reference.dates import PartialDate

PARTS = ("day", "month", "year")
ESTIMATED = "about"


class PartialDateWidget(forms.Widget):
    """Three short number inputs and a tick: quicker on a phone than any calendar.

    A calendar also cannot say "only the year", which is what an interview most often yields.
    """

    template_name = "ui/widgets/partial_date.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        written = value if isinstance(value, dict) else _parts(str(value or ""))
        context["widget"]["parts"] = [
            {"part": part, "label": label, "value": written.get(part, "")}
            for part, label in zip(PARTS, (_("Day"), _("Month"), _("Year")), strict=True)
        ]
        context["widget"]["is_estimated"] = bool(written.get(ESTIMATED))
        context["widget"]["is_wrong"] = "aria-invalid" in (attrs or {})
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> dict[str, str] | str:
        if name in data:  # a whole date in one text, from a program or an import
            return str(data[name])
        return {part: str(data.get(f"{name}_{part}", "")) for part in (*PARTS, ESTIMATED)}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{PARTS[0]}" if id_ else id_


class PartialDateField(forms.Field):
    """Gives a `PartialDate`, or None when nothing was written."""

    widget = PartialDateWidget
    default_error_messages = {
        "no_year": gettext_lazy("Add the year. If it is a guess, tick “about”."),
        "no_month": gettext_lazy("Add the month, or leave the day empty."),
        "digits": gettext_lazy("Write day, month and year in figures, such as 12, 5 and 2001."),
    }

    def clean(self, value: Any) -> PartialDate | None:
        text = value.strip() if isinstance(value, str) else self._joined(value or {})
        if not text:
            super().clean(None)
            return None
        try:
            date = PartialDate.parse(text)
        except ValueError as problem:
            raise ValidationError(str(problem), code="invalid") from problem
        super().clean(date)
        return date

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return str(initial or "") != str(self.clean(data) or "")
        except ValidationError:
            return True

    def _joined(self, written: dict[str, str]) -> str:
        day, month, year = (_digits(written.get(part, "")) for part in PARTS)
        if not (day or month or year):
            return ""
        if not year:
            raise ValidationError(self.error_messages["no_year"], code="no_year")
        if day and not month:
            raise ValidationError(self.error_messages["no_month"], code="no_month")
        is_decade = len(year) == 4 and year.endswith("X") and not month
        figures = (day, month, year[:3] if is_decade else year)
        if not all(part.isdecimal() for part in figures if part):
            raise ValidationError(self.error_messages["digits"], code="digits")
        text = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
        return text + ("~" if written.get(ESTIMATED) else "")


def _digits(text: str) -> str:
    """Figures of any script as ASCII ones: ٢٠٠١ is 2001."""
    return "".join(
        str(int(sign)) if sign.isdecimal() else sign for sign in text.strip().upper()[:10]
    )


def _parts(text: str) -> dict[str, str]:
    year, month, day, *_rest = [*text.removesuffix("~").split("-"), "", ""]
    about = "on" if text.endswith("~") else ""
    return {"year": year, "month": month, "day": day, ESTIMATED: about}
