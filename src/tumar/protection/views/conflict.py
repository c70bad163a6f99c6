"""The page that shows two versions of a section, when two people wrote at once."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpResponse

from tumar.access.http import Request
from tumar.protection.commands import ChangedMeanwhile
from tumar.protection.forms.versions import hidden, pairs
from tumar.protection.models import Case
from tumar.ui.pages import show


def show_conflict(
    request: Request, case: Case, form: Form, mine: Mapping[str, Any], clash: ChangedMeanwhile
) -> HttpResponse:
    """Both versions field by field; what the reader wrote travels along until they choose."""
    context = {
        "case": case,
        "problem": clash,
        "pairs": pairs(form, mine, clash.theirs),
        "mine": hidden(mine),
        "version": clash.version,
    }
    return show(request, "protection/case/conflict.html", context)
