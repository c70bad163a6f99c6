"""The parts of an identity in words for a page, and what is said about a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tumar.people.rules import Contact, Identity
from tumar.reference.codelists import code_list
from tumar.reference.dates import PartialDate
from tumar.ui.parts import Badge, Label

KEYS: dict[str, Label] = {
    "names": gettext_lazy("Name"),
    "born": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "gender": gettext_lazy("Gender"),
    "citizenships": gettext_lazy("Citizenship"),
    "languages": gettext_lazy("Language"),
    "interpreter": gettext_lazy("Interpreter"),
    "documents": gettext_lazy("Document"),
    "contacts": gettext_lazy("Contact"),
    "addresses": gettext_lazy("Address"),
}
LISTS = {
    "sex": "sexes",
    "gender": "genders",
    "citizenships": "citizenships",
    "languages": "languages",
    "interpreter": "languages",
}
REASONS: dict[str, tuple[Label, str]] = {
    "document": (gettext_lazy("Same document"), "id"),
    "phone": (gettext_lazy("Same telephone number"), "phone"),
    "birth": (gettext_lazy("Same date of birth"), "calendar"),
    "birth_may_be": (gettext_lazy("Date of birth may be the same"), "calendar"),
    "name": (gettext_lazy("Name sounds alike"), "user"),
}
NAME_KINDS: dict[str, Label] = {
    "legal": gettext_lazy("in the papers"),
    "known_as": gettext_lazy("what to call them"),
    "birth": gettext_lazy("at birth"),
    "other_spelling": gettext_lazy("another spelling"),
    "alias": gettext_lazy("another name"),
}


def reason_badges(reasons: tuple[str, ...]) -> list[Badge]:
    """Why somebody may be the one looked for."""
    return [Badge(*REASONS[reason][:1], "info", REASONS[reason][1]) for reason in reasons]


def in_words(key: str, value: Any) -> str:
    """One value or row of a part as a reader would say it."""
    if key == "born":
        return PartialDate.parse(value or "").words() if value else ""
    if key in LISTS:
        return code_list(LISTS[key]).label(value) if value else ""
    return " · ".join(filter(None, ROWS[key](value)))


def _name(row: Mapping[str, Any]) -> list[str]:
    return [row["text"], str(NAME_KINDS.get(row.get("kind", ""), ""))]


def _document(row: Mapping[str, Any]) -> list[str]:
    return [
        code_list("document_types").label(row.get("kind", "")),
        row["number"],
        code_list("countries").label(row.get("issuer", "")),
    ]


def _contact(row: Mapping[str, Any]) -> list[str]:
    return [
        code_list("contact_channels").label(row.get("channel", "")),
        row["value"],
        safety_words(row.get("safe", "unknown")),
        row.get("when", ""),
        row.get("code_word", ""),
        row.get("note", ""),
    ]


def _address(row: Mapping[str, Any]) -> list[str]:
    return [
        code_list("address_kinds").label(row.get("kind", "")),
        row.get("text", ""),
        code_list("areas").label(row.get("area", "")),
        code_list("countries").label(row.get("country", "")),
    ]


ROWS = {"names": _name, "documents": _document, "contacts": _contact, "addresses": _address}


def safety_words(safe: str) -> str:
    """Whether a contact is safe, in a word or two."""
    return {"yes": _("safe"), "no": _("not safe")}.get(safe, _("not known whether it is safe"))


def safe_badge(contact: Contact) -> Badge:
    """The same as a badge; the word carries the meaning."""
    if contact.safe == "yes":
        return Badge(_("Safe"), "ok", "check")
    if contact.safe == "no":
        return Badge(_("Not safe"), "danger", "phone-off")
    return Badge(_("Not known"), "warn", "help-circle")


def contact_banner(identity: Identity) -> tuple[str, str, str]:
    """Tone, title and sentence of the banner about reaching her."""
    unsafe = [contact for contact in identity.contacts if contact.safe == "no"]
    safe = [contact for contact in identity.contacts if contact.safe == "yes"]
    if unsafe:
        return (
            "danger",
            _("Contact safety"),
            _("Some ways to reach the person are not safe. Read below."),
        )
    if safe:
        return (
            "ok",
            _("Contact safety"),
            _("There is a safe way to reach the person. See when, below."),
        )
    return (
        "warn",
        _("Contact safety"),
        _("No safe way to reach the person is recorded. Do not call yet."),
    )
