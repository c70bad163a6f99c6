"""Search tokens for what is sealed: keyed, one key per purpose, cut short on purpose."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from django.conf import settings

from tumar.vault.keyring import ring


@cache
def _key(purpose: str) -> bytes:
    return ring().index_key(purpose)


def token(purpose: str, text: str, bits: int | None = None) -> int:
    """A number that stands for `text`, cut short so that several people share it.

    What a token finds must be opened and compared. Equal texts give equal tokens: that much a
    blind index always leaks. Tokens of different length never equal each other, so that an
    index may hold several lengths and be asked for all of them.

    Args:
        bits: how much of the hash to keep; at most, and if not given, `TUMAR_INDEX_BITS`.
    """
    kept = settings.TUMAR_INDEX_BITS if bits is None else min(bits, settings.TUMAR_INDEX_BITS)
    digest = hmac.digest(_key(purpose), text.encode(), hashlib.sha256)
    return 1 << kept | int.from_bytes(digest[:8], "big") >> (64 - kept)
