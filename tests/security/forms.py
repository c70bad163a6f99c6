"""The forms of a page, filled in as a patient person would fill them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Attributes = dict[str, str | None]
WRITTEN = {
    "date": "2026-01-05",
    "number": "1",
    "email": "a@example.org",
    "password": "abcdefgh12345!",
}


@dataclass
class Form:
    """One form that is sent by POST: where to, and every field with a value that may hold."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    has_file: bool = False


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, plain: list[tuple[str, str | None]]) -> None:
        attributes: Attributes = dict(plain)
        if tag == "form":
            is_post = (attributes.get("method") or "").lower() == "post"
            self.form = Form(attributes.get("action") or self.path) if is_post else None
            if self.form:
                self.forms.append(self.form)
        if self.form is None:
            return
        name = attributes.get("name") or ""
        if tag == "input" and name:
            self._input(name, attributes)
        if tag == "button" and name:
            self.form.names.add(name)
            self.form.values.setdefault(name, [attributes.get("value") or ""])
        if tag == "textarea" and name:
            self.form.names.add(name)
            self.area = name
            self.form.values[name] = [""]
        if tag == "select" and name:
            self.form.names.add(name)
            self.select = name
        if tag == "option" and self.select and attributes.get("value"):
            self.form.values.setdefault(self.select, [attributes["value"] or ""])

    def _input(self, name: str, attributes: Attributes) -> None:
        assert self.form is not None
        self.form.names.add(name)
        kind, value = attributes.get("type") or "text", attributes.get("value") or ""
        if kind == "file":
            self.form.has_file = True
        elif kind in {"radio", "checkbox"}:
            if value:
                self.form.values.setdefault(name, [value])
        elif kind != "submit":
            self.form.values[name] = [value or WRITTEN.get(kind, "12")]

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.area:
            self.form.values[self.area] = [self.form.values[self.area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.form is not None and self.area:
            written = self.form.values[self.area][0].strip()
            self.form.values[self.area] = [written or "written by a test"]
            self.area = ""
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.form = None


def forms_of(path: str, page: str) -> list[Form]:
    """Every form on a page that is sent by POST."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


def with_more(form: Form, more: dict[str, Any]) -> dict[str, Any]:
    """What a form sends, and besides it what nobody asked for."""
    return {
        **{name: value for name, value in more.items() if name not in form.names},
        **form.values,
    }
