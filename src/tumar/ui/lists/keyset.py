"""Pages of a list by position: the same cost at the first row and at the millionth."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.crypto import salted_hmac

RANK = "row_rank"
"""The name under which a row carries the value it is ordered by."""

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A path to order by, ties by primary key; rows without a value always come last."""

    path: str
    is_descending: bool

    @classmethod
    def of(cls, text: str) -> Order:
        return cls(text.removeprefix("-"), text.startswith("-"))


@dataclass(frozen=True, slots=True)
class Position:
    """Just after a row, or just before it when going backwards. `rank` None: it has no value."""

    rank: Any
    key: Any
    is_backwards: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order, and the marks that lead to the pages beside them ("" if there is none)."""

    rows: list[Any]
    before: str
    after: str


def read(rows: Rows, order: Order, size: int, mark: str = "") -> Page:
    """Read `size` rows from where `mark` stands; a mark that does not fit counts as none.

    Never counts the table. Costs one query, or two where rows with a value meet those without.
    """
    ranked = rows.order_by().annotate(**{RANK: F(order.path)})
    position = _open(mark, ranked, order)
    found = _walk(ranked, order, size + 1, position)
    backwards = position is not None and position.is_backwards
    if backwards and len(found) <= size:
        # The rows before have become fewer than a page: show the first page, and whole.
        return read(rows, order, size)
    more, kept = len(found) > size, found[:size]
    if backwards:
        kept.reverse()
    before = bool(kept) and (more if backwards else position is not None)
    after = bool(kept) and (True if backwards else more)
    return Page(
        rows=kept,
        before=_seal(kept[0], order, is_backwards=True) if before else "",
        after=_seal(kept[-1], order, is_backwards=False) if after else "",
    )


def _walk(rows: Rows, order: Order, limit: int, position: Position | None) -> list[Any]:
    backwards = position is not None and position.is_backwards
    down = order.is_descending != backwards
    sign = "-" if down else ""
    found: list[Any] = []
    for part in _parts(rows, order, position, is_backwards=backwards, is_down=down):
        in_order = part.order_by(f"{sign}{order.path}", f"{sign}pk")
        found += in_order[: limit - len(found)]
        if len(found) == limit:
            break
    return found


def _parts(
    rows: Rows, order: Order, position: Position | None, *, is_backwards: bool, is_down: bool
) -> Iterator[Rows]:
    """The rows with a value, then those without: two ranges of an index instead of a sort."""
    absences = [False, True] if _may_be_null(rows.model, order.path) else [False]
    if is_backwards:
        absences.reverse()
    if position is not None:
        absences = absences[absences.index(position.rank is None) :]
    for absent in absences:
        part = rows
        if len(absences) > 1 or absent:
            part = rows.filter(**{f"{order.path}__isnull": absent})
        if position is not None and absent == (position.rank is None):
            part = part.filter(_beyond(order.path, position, is_down=is_down))
        yield part


def _beyond(path: str, position: Position, *, is_down: bool) -> Q:
    way = "lt" if is_down else "gt"
    further = Q(**{f"pk__{way}": position.key})
    if position.rank is None:
        return further
    beyond = Q(**{f"{path}__{way}": position.rank}) | (Q(**{path: position.rank}) & further)
    # The bound says nothing new, but with it both databases start at the right place in the
    # index instead of reading up to it: 0.8 ms instead of 22 at a million rows.
    return Q(**{f"{path}__{way}e": position.rank}) & beyond


def _may_be_null(model: type[Model], path: str) -> bool:
    here: Any = model
    for name in path.split("__"):
        try:
            field = here._meta.pk if name == "pk" else here._meta.get_field(name)
        except FieldDoesNotExist:
            return True  # an annotation: nothing is known about it
        if field.null:
            return True
        here = field.related_model
    return False


def _seal(row: Any, order: Order, *, is_backwards: bool) -> str:
    """Encrypted, not only signed: the value a row is ordered by must not stand in an address."""
    rank = getattr(row, RANK)
    mark = [
        row._meta.label,
        order.path,
        order.is_descending,
        is_backwards,
        None if rank is None else str(rank),
        str(row.pk),
    ]
    return _cipher().encrypt(json.dumps(mark).encode()).decode()


def _open(mark: str, ranked: Rows, order: Order) -> Position | None:
    if not mark:
        return None
    try:
        label, *of, is_backwards, rank, key = json.loads(_cipher().decrypt(mark.encode()))
        if [label, *of] != [ranked.model._meta.label, order.path, order.is_descending]:
            return None
        field = ranked.query.annotations[RANK].output_field
        return Position(
            rank=None if rank is None else field.to_python(rank),
            key=ranked.model._meta.pk.to_python(key),
            is_backwards=is_backwards,
        )
    except (InvalidToken, ValidationError, ValueError):
        return None


@cache
def _cipher() -> Fernet:
    digest = salted_hmac("tumar.ui.lists.keyset", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
