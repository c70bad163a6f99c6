"""One sealed value: AES-256-GCM with associated data, in a versioned envelope.

Layout: one byte of version, twelve of nonce, then ciphertext with its tag. Anything that is not
exactly that, or was sealed for another place, raises `CannotOpen`; there is no plain fallback.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

VERSION = b"\x01"
NONCE = 12
TAG = 16


class CannotOpen(Exception):
    """A sealed value is not what was sealed here: moved, altered, truncated, or the key is gone."""


def seal(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    """Seal `plain` for one place; a fresh nonce each time, so equal values look different."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + key.encrypt(nonce, plain, VERSION + place)


def unseal(key: AESGCM, envelope: bytes, place: bytes) -> bytes:
    """Open what `seal` made for the same key and place.

    Raises:
        CannotOpen: anything else.
    """
    if envelope[:1] != VERSION or len(envelope) < 1 + NONCE + TAG:
        raise CannotOpen("a sealed value has an unknown form")
    try:
        return key.decrypt(envelope[1 : 1 + NONCE], envelope[1 + NONCE :], VERSION + place)
    except InvalidTag as broken:
        raise CannotOpen("a sealed value was moved or altered") from broken


def subkey(root: bytes, purpose: str) -> bytes:
    """Derive a 256-bit key for one purpose, so that no key serves two.

    Source: HKDF-Expand, RFC 5869; `root` is uniformly random, so no extract step is needed.
    """
    return HKDFExpand(algorithm=hashes.SHA256(), length=32, info=purpose.encode()).derive(root)
