"""The choice of an organisation, shared by the forms that refer."""

from collections.abc import Mapping, Sequence

from django import forms

from tumar.protection.queries import Provider

Providers = Mapping[str, Provider]


def by_key(providers: Sequence[Provider]) -> Providers:
    """Providers by the value of their radio button."""
    return {str(each.organisation.pk): each for each in providers}


def recipient_field(label: str, providers: Providers) -> forms.ChoiceField:
    """One radio button per organisation; `referral/recipients.html` draws what each offers."""
    return forms.ChoiceField(
        label=label,
        choices=[(key, each.organisation.name) for key, each in providers.items()],
        widget=forms.RadioSelect,
    )
