"""Model fields whose column holds an envelope and whose attribute holds the plain value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from typing_extensions import override

from tumar.vault.envelope import seal, unseal

if TYPE_CHECKING:
    from tumar.vault.models import Sealed

    _Column = models.BinaryField[Any, Any]
else:
    _Column = models.BinaryField

V = TypeVar("V")


class PlainOnItsWay(TypeError):
    """A value that is not sealed was about to be sent to the database."""


class _Envelope(bytes):
    """Bytes as they came from the database, not opened yet."""


class _Opening(Generic[V]):
    """The attribute: opens the envelope when first asked, and remembers.

    The row's own dictionary holds the envelope until then and the plain value afterwards, so
    that Django can tell a column that is deferred from one that is only unopened.
    """

    def __init__(self, field: SealedField[V]) -> None:
        self.field = field

    @overload
    def __get__(self, row: None, owner: type) -> _Opening[V]: ...
    @overload
    def __get__(self, row: Sealed, owner: type) -> V: ...
    def __get__(self, row: Sealed | None, owner: type) -> V | _Opening[V]:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.__dict__[name] = self._fetched(row)
        if isinstance(row.__dict__[name], _Envelope):
            row.__dict__[name] = self.field.open(row, row.__dict__[name])
        plain: V = row.__dict__[name]
        return plain

    def __set__(self, row: Sealed, value: V | _Envelope) -> None:
        row.__dict__[self.field.attname] = value

    def _fetched(self, row: Sealed) -> _Envelope:
        # A deferred column. Not refresh_from_db: it would fetch the key a second time.
        rows = type(row)._base_manager.using(row._state.db).filter(pk=row.pk)
        envelope: _Envelope = rows.values_list(self.field.attname, flat=True).get()
        return envelope


class SealedField(_Column, Generic[V]):
    """A column that only the holder of the row's data key can read.

    The envelope is bound to table, column, row and data key (and, inside it, its version):
    moved to another place it does not open. It cannot be searched or sorted by, and what is not
    an envelope is not let through to the database: `update` and `bulk_update` cannot seal, for
    they do not know the row.
    """

    purpose = "record"
    empty: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    @override
    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, name, _Opening(self))

    def get_default(self) -> Any:
        # BinaryField would give bytes; the attribute holds the plain value.
        return self.default() if callable(self.default) else self.default

    def _check_str_default_value(self) -> list[checks.CheckMessage]:
        return []  # a plain default is what is meant here

    def place(self, row: Sealed) -> bytes:
        """Where a value belongs: nothing sealed for one place opens in another."""
        where = f"{row._meta.db_table}|{self.column}|{row.pk}|{row.data_key_id}"
        return where.encode()

    def open(self, row: Sealed, envelope: bytes) -> V:
        """Open an envelope of this column in `row`.

        Raises:
            CannotOpen: it was moved, altered or truncated, or its key was destroyed.
        """
        return self.from_bytes(unseal(self.key(row), envelope, self.place(row)))

    def key(self, row: Sealed) -> AESGCM:
        opened: AESGCM = getattr(row.data_key, self.purpose)
        return opened

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        row: Sealed = model_instance  # type: ignore[assignment]  # Sealed is the only owner
        value = row.__dict__[self.attname]
        if isinstance(value, _Envelope):
            return value
        return _Envelope(seal(self.key(row), self.to_bytes(value), self.place(row)))

    @override
    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, _Envelope):
            # The value stays out of the message: it is what was to be sealed.
            raise PlainOnItsWay(f"{self} takes sealed values only; save the row itself")
        return super().get_db_prep_value(value, connection, prepared)

    @override
    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self} is sealed: it cannot be searched by")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> _Envelope | None:
        return None if value is None else _Envelope(value)

    @override
    def to_python(self, value: Any) -> Any:
        return value  # BinaryField would take plain text for base64

    def value_from_object(self, obj: models.Model) -> bytes:
        value = obj.__dict__.get(self.attname)
        return bytes(value) if isinstance(value, _Envelope) else b""

    def to_bytes(self, value: V) -> bytes:
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> V:
        raise NotImplementedError


class SealedTextField(SealedField[str]):
    """Text that is sealed at rest."""

    empty = ""

    def to_bytes(self, value: str) -> bytes:
        return (value or "").encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSONField(SealedField[Any]):
    """Anything JSON can hold, sealed at rest."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)
