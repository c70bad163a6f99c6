"""Several small forms of one kind, as many as somebody needs, with or without JavaScript."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from tumar.ui.parts import Label

MOST_ROWS = 20

Sent = Mapping[str, Any]


class RowForm(forms.Form):
    """One row. It counts once its `main` field is filled; an empty row is left out."""

    use_required_attribute = False
    why: Mapping[str, Label] = {}
    main: ClassVar[str]
    title: ClassVar[Label]
    another: ClassVar[Label]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get(self.main) and self.main not in self.errors and self._says(found):
            field = self.fields[self.main]
            self.add_error(
                self.main, _("Fill in “%(field)s”, or empty this part.") % {"field": field.label}
            )
        return found

    def _says(self, found: dict[str, Any]) -> bool:
        """Whether somebody wrote here; a choice that stands as it came does not count."""
        return any(
            value and value != self.fields[name].initial
            for name, value in found.items()
            if not isinstance(self.fields[name], forms.ChoiceField)
        )

    @property
    def kept(self) -> dict[str, Any] | None:
        """What is kept of this row; None when it was left empty."""
        found = self.cleaned_data
        return dict(found) if found.get(self.main) else None


class Rows:
    """All rows of one kind. `another` is the button that asks for one more."""

    def __init__(
        self,
        form: type[RowForm],
        prefix: str,
        *,
        sent: Sent | None = None,
        known: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.title, self.another, self.prefix = form.title, form.another, prefix
        self.more_name, self.count_name = f"{prefix}-more", f"{prefix}-rows"
        self.is_growing = sent is not None and self.more_name in sent
        count = max(1, len(known)) if sent is None else self._asked(sent, len(known))
        self.forms = [
            form(
                self._of_row(sent, row),
                prefix=f"{prefix}-{row}",
                initial=dict(known[row]) if row < len(known) else None,
            )
            for row in range(count)
        ]
        for later in self.forms[1:]:
            later.why = {}  # said once, at the first row
        self.count = count
        self.is_full = count >= MOST_ROWS

    def is_valid(self) -> bool:
        # Count them, so that every row says what is wrong with it, not only the first.
        return sum(not form.is_valid() for form in self.forms) == 0

    @property
    def values(self) -> list[dict[str, Any]]:
        """What is kept, row by row, each once."""
        kept = [form.kept for form in self.forms if form.is_bound and form.kept]
        return [row for place, row in enumerate(kept) if row not in kept[:place]]

    def _asked(self, sent: Sent, known: int) -> int:
        written = str(sent.get(self.count_name, ""))
        before = int(written) if written.isascii() and written.isdecimal() else max(1, known)
        return min(MOST_ROWS, max(1, before + self.is_growing))

    def _of_row(self, sent: Sent | None, row: int) -> Sent | None:
        # The row just asked for has nothing sent: unbound, it shows its first values.
        if sent is None or (self.is_growing and row == self._asked(sent, 0) - 1):
            return None
        return sent
