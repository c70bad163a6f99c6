"""A service from the directory: first which, then by whom."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.protection.forms.choices import offer
from tumar.protection.forms.days import DayField
from tumar.reference.codelists import code_list
from tumar.reference.models import Service
from tumar.ui.forms import CodeChoiceField


class ServiceTypeForm(forms.Form):
    """Which service."""

    service = CodeChoiceField(
        "service_types", nothing=None, label=gettext_lazy("Which service?"),
        widget=forms.RadioSelect,
    )  # fmt: skip


class _ProviderField(forms.ChoiceField):
    widget = forms.RadioSelect
    entries: Mapping[str, Service] = MappingProxyType({})

    def help_for(self, code: str) -> str:
        """What the directory says of a provider."""
        return about(self.entries[code]) if code in self.entries else ""


class ProviderForm(forms.Form):
    """Who provides it. A provider is an entry of the directory for this service."""

    provider = _ProviderField(label=gettext_lazy("Who provides it?"))
    starts_on = DayField(label=gettext_lazy("Starts on"), required=False)

    def __init__(self, *args: Any, entries: Sequence[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._entries = {str(entry.pk): entry for entry in entries}
        cast("_ProviderField", self.fields["provider"]).entries = self._entries
        named = [(key, entry.organisation.name) for key, entry in self._entries.items()]
        offer(self, "provider", named)

    @property
    def chosen(self) -> Service:
        """The entry that was chosen."""
        return self._entries[self.cleaned_data["provider"]]


def about(entry: Service) -> str:
    """Capacity, languages, whom it takes, where, and when somebody last asked."""
    return " · ".join(part for part in _parts(entry) if part)


def _parts(entry: Service) -> list[str]:
    languages = ", ".join(code_list("languages").label(code) for code in entry.languages)
    sexes = ", ".join(code_list("sexes").label(code) for code in entry.sexes)
    # A shelter's place is known to the shelter alone.
    is_hidden = entry.organisation.confidential_address
    checked = entry.checked_on
    return [
        _("Places: %(number)s") % {"number": entry.capacity} if entry.capacity else "",
        _("Speaks: %(languages)s") % {"languages": languages} if languages else "",
        _("Takes: %(sexes)s") % {"sexes": sexes} if sexes else "",
        _ages(entry),
        entry.hours,
        code_list("areas").label(entry.area) if entry.area and not is_hidden else "",
        _("Checked %(day)s") % {"day": date_format(checked, "j M Y")}
        if checked
        else _("Nobody has checked this yet"),
    ]


def _ages(entry: Service) -> str:
    if entry.youngest is not None and entry.oldest is not None:
        return _("From %(youngest)s to %(oldest)s years") % {
            "youngest": entry.youngest,
            "oldest": entry.oldest,
        }
    if entry.youngest is not None:
        return _("From %(youngest)s years") % {"youngest": entry.youngest}
    return _("Up to %(oldest)s years") % {"oldest": entry.oldest} if entry.oldest else ""
