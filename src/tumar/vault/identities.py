"""The fields that say who a person is. Only the room `people` may import this module."""

from tumar.vault.fields import SealedJSONField


class SealedIdentityField(SealedJSONField):
    """A part of an identity, sealed under a key of its own: what opens a note opens no name."""

    purpose = "identity"
