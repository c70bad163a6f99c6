"""How amounts and outcomes stand on the page."""

from django.template import Library
from django.utils.formats import number_format

from tumar.evidence.models import Batch
from tumar.evidence.queries import words
from tumar.ui.parts import Tone

register = Library()


@register.filter
def people(amount: int | str) -> str:
    """A number of people in the reader's way of writing it, or the mark that hides it."""
    if isinstance(amount, int):
        return str(number_format(amount, use_l10n=True, force_grouping=True))
    return words(amount)


@register.filter
def outcome_tone(batch: Batch) -> Tone:
    """Whether an import went well."""
    return "warn" if batch.rows_refused else "ok"
