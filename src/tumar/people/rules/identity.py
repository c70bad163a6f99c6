"""What an identity is made of. Plain values; sealed as JSON, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from tumar.reference.dates import PartialDate

# Which group of facts each part belongs to. How to reach her and where she is are groups of their
# own: whoever was told her name need not know them (R20).
PART_GROUP: dict[str, str] = {
    "names": "identity",
    "birth": "identity",
    "background": "identity",
    "documents": "identity",
    "contacts": "contact",
    "address": "location",
}


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one script, as the person gives it; no forced first and last."""

    text: str
    kind: str = "legal"  # legal | known_as | birth | other_spelling | alias


@dataclass(frozen=True, slots=True)
class Document:
    """A document that names a person."""

    kind: str
    number: str
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach her, and whether it is safe. `safe` is yes, no or unknown."""

    channel: str
    value: str
    safe: str = "unknown"
    when: str = ""
    code_word: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A place she lives or lived at."""

    kind: str
    country: str = ""
    area: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A whole identity, opened. Lives in memory for one page and is stored nowhere."""

    names: tuple[Name, ...] = ()
    born: PartialDate = field(default_factory=PartialDate)
    sex: str = "unknown"
    gender: str = ""
    citizenships: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpreter: str = ""
    documents: tuple[Document, ...] = ()
    contacts: tuple[Contact, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def name(self) -> str:
        """The name to call her by: the one she is known by, else the first."""
        known = [name.text for name in self.names if name.kind == "known_as"]
        return (known or [name.text for name in self.names] or [""])[0]

    def age_on(self, day: date) -> tuple[int, int] | None:
        """The youngest and oldest she may be on a day, in years; None when nothing is known."""
        return self.born.age_on(day)

    def parts(self) -> dict[str, dict[str, Any]]:
        """The content of each part, as it is sealed."""
        return {
            "names": {"names": [asdict(name) for name in self.names]},
            "birth": {"born": str(self.born), "sex": self.sex, "gender": self.gender},
            "background": {
                "citizenships": list(self.citizenships),
                "languages": list(self.languages),
                "interpreter": self.interpreter,
            },
            "documents": {"documents": [asdict(document) for document in self.documents]},
            "contacts": {"contacts": [asdict(contact) for contact in self.contacts]},
            "address": {"addresses": [asdict(address) for address in self.addresses]},
        }


def identity_from(parts: Mapping[str, Mapping[str, Any]]) -> Identity:
    """Put an identity together from the parts that are there; the rest stays empty."""
    birth, background = parts.get("birth", {}), parts.get("background", {})
    return Identity(
        names=tuple(Name(**name) for name in parts.get("names", {}).get("names", ())),
        born=PartialDate.parse(birth.get("born", "")),
        sex=birth.get("sex", "unknown"),
        gender=birth.get("gender", ""),
        citizenships=tuple(background.get("citizenships", ())),
        languages=tuple(background.get("languages", ())),
        interpreter=background.get("interpreter", ""),
        documents=tuple(Document(**d) for d in parts.get("documents", {}).get("documents", ())),
        contacts=tuple(Contact(**c) for c in parts.get("contacts", {}).get("contacts", ())),
        addresses=tuple(Address(**a) for a in parts.get("address", {}).get("addresses", ())),
    )
