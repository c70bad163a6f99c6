"""Data keys, wrapped; sealed files; and the sign by which a database knows its key ring."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import cached_property
from typing import Self
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models import Q

from tumar.vault.envelope import CannotOpen, subkey
from tumar.vault.keyring import KEY_BYTES, Wrapped, ring


class DataKeyManager(models.Manager["DataKey"]):
    def mint(self, *, at: datetime) -> DataKey:
        """Make a fresh key, wrapped by the ring's current root key."""
        made = self.model.fresh(at=at)
        made.save(force_insert=True)
        return made


class DataKey(models.Model):
    """The key of one person, or of one screening before she is known, wrapped by the ring.

    Destroying it is erasing everything sealed under it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    root = models.CharField(max_length=20)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    objects = DataKeyManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="data_key_lives_or_is_destroyed",
                condition=Q(wrapped=None, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"

    @classmethod
    def fresh(cls, *, at: datetime) -> Self:
        """A new key that is not stored yet, for making many at once."""
        made = cls(made_at=at)
        made.root, made.wrapped = ring().wrap(secrets.token_bytes(KEY_BYTES), _place(made.pk))
        return made

    @cached_property
    def _key(self) -> bytes:
        if self.wrapped is None:
            raise CannotOpen("the key was destroyed")
        return ring().unwrap(Wrapped(self.root, bytes(self.wrapped)), _place(self.pk))

    @cached_property
    def record(self) -> AESGCM:
        """Opens what rooms wrote about a person's case: notes, plans, reasons."""
        return AESGCM(subkey(self._key, "record"))

    @cached_property
    def identity(self) -> AESGCM:
        """Opens who the person is. Only `people` may ask (an import contract sees to it)."""
        return AESGCM(subkey(self._key, "identity"))

    @cached_property
    def files(self) -> bytes:
        """The root of the keys of this person's files."""
        return subkey(self._key, "files")


def _place(pk: UUID) -> bytes:
    return b"vault_datakey|wrapped|" + pk.bytes


class Sealed(models.Model):
    """A row with sealed columns. Its id is known before it is stored, so it can be bound to."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class StoredFile(models.Model):
    """A sealed file on disk. The name is sealed too; on disk it is only a number."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+")
    sealed_name = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    chunks = models.IntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"file {self.pk}"


class KeySign(models.Model):
    """The fingerprint of a key this database was sealed with: a wrong folder is seen at start."""

    name = models.CharField(max_length=20, primary_key=True)
    fingerprint = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.name
