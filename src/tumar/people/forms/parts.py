"""The parts of an identity as forms: what the page asks, and what is sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumar.people.forms.rows import RowForm, Rows, Sent
from tumar.people.models import Part
from tumar.reference.dates import PartialDate
from tumar.ui.forms import CodeChoiceField, NameField, PartialDateField, SafeTextField

Content = dict[str, Any]

NAME_KINDS = (
    ("legal", _("In the papers")),
    ("known_as", _("What to call them")),
    ("birth", _("At birth")),
    ("other_spelling", _("Another spelling")),
    ("alias", _("Another name")),
)
SAFE = (("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known")))


class NameRow(RowForm):
    main, title, another = "text", _("Names"), _("Add another name")
    why = {"text": _("As the person says it, in any script. No first and last name is needed.")}

    text = NameField(label=_("Name"), required=False)
    kind = forms.ChoiceField(
        label=_("Which name"), choices=NAME_KINDS, required=False, initial="legal"
    )

    def clean_kind(self) -> str:
        return str(self.cleaned_data["kind"] or "legal")


class BirthForm(forms.Form):
    title = _("Birth, sex and gender")
    why = {
        "born": _("Children have rights of their own; a guess is enough. Tick “about”."),
        "gender": _("How they see themselves. Ask only if it helps them; it may stay empty."),
    }

    born = PartialDateField(label=_("Date of birth"), required=False)
    sex = CodeChoiceField(
        "sexes", label=_("Sex"), required=False, widget=forms.RadioSelect, nothing=_("Not asked")
    )
    gender = CodeChoiceField("genders", label=_("Gender"), required=False, nothing=_("Not asked"))

    def clean_born(self) -> str:
        return str(self.cleaned_data["born"] or "")

    def clean_sex(self) -> str:
        return str(self.cleaned_data["sex"] or "unknown")


class CitizenshipRow(RowForm):
    main, title, another = "code", _("Citizenship"), _("Add another citizenship")

    code = CodeChoiceField(
        "citizenships",
        label=_("Citizenship"),
        required=False,
        help_text=_("“Stateless” and “Not yet determined” stand at the top of the list."),
    )


class LanguageRow(RowForm):
    main, title, another = "code", _("Languages"), _("Add another language")

    code = CodeChoiceField("languages", label=_("Language"), required=False)


class InterpreterForm(forms.Form):
    title = _("Interpreter")

    interpreter = CodeChoiceField(
        "languages",
        label=_("Language of the interpreter"),
        required=False,
        nothing=_("No interpreter is needed"),
    )


class DocumentRow(RowForm):
    main, title, another = "number", _("Documents"), _("Add another document")

    kind = CodeChoiceField("document_types", label=_("Kind of document"), required=False)
    number = NameField(label=_("Number"), required=False, longest=60)
    issuer = CodeChoiceField("countries", label=_("Issued by"), required=False)


class ContactRow(RowForm):
    main, title, another = "value", _("Ways to reach the person"), _("Add another way")
    why = {"safe": _("The wrong call at the wrong time can put them in danger.")}

    channel = CodeChoiceField("contact_channels", label=_("How"), required=False)
    value = NameField(label=_("Number, address or name"), required=False)
    safe = forms.ChoiceField(
        label=_("Is it safe?"),
        choices=SAFE,
        widget=forms.RadioSelect,
        required=False,
        initial="unknown",
    )
    when = NameField(label=_("When is it safe?"), required=False)
    code_word = NameField(
        label=_("Code word"), required=False, help_text=_("Said first, to know who is speaking.")
    )
    note = NameField(label=_("What to know before calling"), required=False, longest=500)

    def clean_safe(self) -> str:
        return str(self.cleaned_data["safe"] or "unknown")


class AddressRow(RowForm):
    main, title, another = "text", _("Addresses"), _("Add another address")

    kind = CodeChoiceField("address_kinds", label=_("Which address"), required=False)
    country = CodeChoiceField("countries", label=_("Country"), required=False)
    area = CodeChoiceField("areas", label=_("Area"), required=False)
    text = SafeTextField(label=_("Address"), required=False, longest=500)

    @property
    def kept(self) -> dict[str, Any] | None:
        found = self.cleaned_data
        return dict(found) if any(found.values()) else None

    def _says(self, found: dict[str, Any]) -> bool:
        return False  # an area alone is an address, too


@dataclass(frozen=True)
class PartForm:
    """One part of an identity: its rows and forms in the order they are asked."""

    kind: Part
    blocks: tuple[Rows | forms.Form, ...]
    read: Callable[[tuple[Any, ...]], Content]

    def is_valid(self) -> bool:
        # Count them, so that every block says what is wrong with it, not only the first.
        return sum(not block.is_valid() for block in self.blocks) == 0 and not self.is_growing

    @property
    def is_growing(self) -> bool:
        """Whether the reader only asked for another row."""
        return any(isinstance(block, Rows) and block.is_growing for block in self.blocks)

    @property
    def content(self) -> Content:
        """What is to be sealed."""
        return self.read(self.blocks)


def part_form(kind: str, *, sent: Sent | None = None, known: Mapping[str, Any]) -> PartForm:
    """The form of one part, filled with what is known or what was sent."""
    return MAKERS[Part(kind)](sent, known)


def _rows(kind: Part, form: type[RowForm], sent: Sent | None, known: Mapping[str, Any]) -> PartForm:
    key = {"address": "addresses"}.get(kind, str(kind.value))
    rows = Rows(form, key, sent=sent, known=known.get(key, ()))
    return PartForm(kind, (rows,), lambda blocks: {key: blocks[0].values})


def _birth(sent: Sent | None, known: Mapping[str, Any]) -> PartForm:
    first = {**known, "born": PartialDate.parse(known.get("born", ""))}
    if first.get("sex") == "unknown":
        first["sex"] = ""  # nobody has asked; "not known" is an answer, too
    form = BirthForm(sent, initial=first, prefix="birth", use_required_attribute=False)
    return PartForm(Part.BIRTH, (form,), lambda blocks: dict(blocks[0].cleaned_data))


def _background(sent: Sent | None, known: Mapping[str, Any]) -> PartForm:
    citizenships = [{"code": code} for code in known.get("citizenships", ())]
    languages = [{"code": code} for code in known.get("languages", ())]
    blocks = (
        Rows(CitizenshipRow, "citizenships", sent=sent, known=citizenships),
        Rows(LanguageRow, "languages", sent=sent, known=languages),
        InterpreterForm(sent, initial=dict(known), prefix="help", use_required_attribute=False),
    )
    return PartForm(Part.BACKGROUND, blocks, _background_content)


def _background_content(blocks: tuple[Any, ...]) -> Content:
    citizenships, languages, help_needed = blocks
    return {
        "citizenships": [row["code"] for row in citizenships.values],
        "languages": [row["code"] for row in languages.values],
        "interpreter": help_needed.cleaned_data["interpreter"],
    }


MAKERS: dict[Part, Callable[[Sent | None, Mapping[str, Any]], PartForm]] = {
    Part.NAMES: lambda sent, known: _rows(Part.NAMES, NameRow, sent, known),
    Part.BIRTH: _birth,
    Part.BACKGROUND: _background,
    Part.DOCUMENTS: lambda sent, known: _rows(Part.DOCUMENTS, DocumentRow, sent, known),
    Part.CONTACTS: lambda sent, known: _rows(Part.CONTACTS, ContactRow, sent, known),
    Part.ADDRESS: lambda sent, known: _rows(Part.ADDRESS, AddressRow, sent, known),
}
