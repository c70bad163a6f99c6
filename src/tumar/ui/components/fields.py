"""Forms on the page: every field with its label, help, reason and error, in the same order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, ChoiceField, widgets
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tumar.ui.components import register
from tumar.ui.parts import Difference, Label

Shown = dict[str, object]

MANY_OPTIONS = 8
"""More than this stand side by side where the screen is wide."""


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button or tick."""

    tag: Any
    help: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A field as its template needs it."""

    bound: BoundField
    why: Label
    asked_when: str
    asked_for: str

    @property
    def kind(self) -> str:
        widget = self.bound.field.widget
        if isinstance(widget, CheckboxInput):
            return "tick"
        if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
            return "options"
        return "group" if widget.use_fieldset else "line"

    @property
    def first_id(self) -> str:
        """The id of the input a link in the summary of errors leads to."""
        if self.kind == "options":
            return f"{self.bound.auto_id}_0"
        return self.bound.id_for_label or str(self.bound.auto_id)

    @property
    def input(self) -> SafeString:
        attributes = {"autocomplete": "off", **self.bound.field.widget.attrs}
        described = self.described_by
        if described:
            attributes["aria-describedby"] = described
        if self.bound.errors:
            attributes["aria-invalid"] = "true"
        return self.bound.as_widget(attrs=attributes)

    @property
    def described_by(self) -> str:
        notes = {"why": self.why, "help": self.bound.help_text, "error": self.bound.errors}
        return " ".join(f"{self.bound.auto_id}_{note}" for note, there in notes.items() if there)

    @property
    def errors(self) -> list[str]:
        """What is wrong, and what to do: Django's "this field is required" says only half."""
        if any(error.code == "required" for error in self.bound.errors.as_data()):
            return [self._what_is_missing()]
        return [str(sentence) for sentence in self.bound.errors]

    def _what_is_missing(self) -> str:
        if self.kind == "tick":
            return _("Please tick this to go on.")
        if self.kind == "options" or isinstance(self.bound.field, ChoiceField):
            return _("Please choose an answer.")
        return _("Please fill this in.")

    @property
    def options(self) -> Iterator[Option]:
        meaning = getattr(self.bound.field, "help_for", None)
        for tag in self.bound:
            yield Option(tag, str(meaning(str(tag.data["value"]))) if meaning else "")

    @property
    def has_many_options(self) -> bool:
        return len(self.bound) > MANY_OPTIONS


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: BaseForm, *, only: str = "") -> Shown:
    """Every field of a form, the summary of what is wrong first.

    A form may say more about its fields: `why = {"field": "why we ask"}`, and
    `asked_when = {"field": ("other", ["yes"])}` for a question that follows from an answer.

    Args:
        only: names of fields, with spaces between; the summary of errors stays at the first call.
    """
    names = only.split() or list(form.fields)
    shapes = [shape(form, name) for name in names]
    return {"form": form, "shapes": shapes, "errors": [] if only else list(_errors(form))}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> Shown:
    """What is wrong with a form, each line leading to its field; `form_fields` begins with it."""
    return {"errors": list(_errors(form))}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> Shown:
    """One field alone."""
    return {"shape": shape(bound.form, bound.name)}


@register.inclusion_tag("ui/versions.html")
def versions(pairs: Sequence[Difference]) -> Shown:
    """Two versions of one thing side by side, to choose from field by field.

    Sends `choose-<name>` as "mine" or "theirs" for each field that differs; `ui.parts.differences`
    makes the pairs.
    """
    return {"pairs": pairs}


def shape(form: BaseForm, name: str) -> Shape:
    why: Mapping[str, Label] = getattr(form, "why", {})
    asked: Mapping[str, tuple[str, Sequence[str]]] = getattr(form, "asked_when", {})
    other, answers = asked.get(name, ("", ()))
    return Shape(form[name], why.get(name, ""), other, " ".join(answers))


def _errors(form: BaseForm) -> Iterator[tuple[str, str, str]]:
    """Each error as the field's id, its label and the sentence."""
    for sentence in form.non_field_errors():
        yield "", "", str(sentence)
    for name in form.fields:
        wrong = shape(form, name)
        for sentence in wrong.errors:
            yield wrong.first_id, str(form[name].label), sentence
