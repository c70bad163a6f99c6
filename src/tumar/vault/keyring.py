"""The key ring: root keys that wrap the keys of persons, kept outside the database."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from tumar.vault.envelope import CannotOpen, seal, subkey, unseal

KEY_BYTES = 32


class KeysMissing(Exception):
    """There is no key folder where the settings say, or it holds no keys."""


class KeysWrong(Exception):
    """The key folder cannot be trusted: unreadable, damaged, or not this database's."""


class Wrapped(NamedTuple):
    """A data key as it is stored: which root key wrapped it, and the bytes."""

    key_id: str
    blob: bytes


class KeyRing(Protocol):
    """The one interface a key provider has to fill; the folder below is the first."""

    def wrap(self, data_key: bytes, place: bytes) -> Wrapped: ...
    def unwrap(self, wrapped: Wrapped, place: bytes) -> bytes: ...
    def index_key(self, purpose: str) -> bytes: ...
    def fingerprints(self) -> dict[str, str]: ...


class FolderKeyRing:
    """Root keys as files in a folder: `<id>.key` wraps, `index.key` makes search tokens.

    `ring.json` names the key that wraps now; all others only unwrap.
    """

    def __init__(self, folder: Path) -> None:
        self._roots = {path.stem: _read(path) for path in sorted(folder.glob("r*.key"))}
        self._index = _read(folder / "index.key")
        try:
            self._current = str(json.loads((folder / "ring.json").read_text())["current"])
        except (OSError, ValueError, KeyError) as damage:
            raise KeysWrong(f"{folder / 'ring.json'} cannot be read.") from damage
        if self._current not in self._roots:
            raise KeysMissing(f"The key {self._current} is missing from {folder}.")
        self._wrappers = {name: AESGCM(subkey(key, "wrap")) for name, key in self._roots.items()}

    def wrap(self, data_key: bytes, place: bytes) -> Wrapped:
        return Wrapped(self._current, seal(self._wrappers[self._current], data_key, place))

    def unwrap(self, wrapped: Wrapped, place: bytes) -> bytes:
        wrapper = self._wrappers.get(wrapped.key_id)
        if wrapper is None:
            raise CannotOpen(f"the root key {wrapped.key_id} is not on this key ring")
        return unseal(wrapper, wrapped.blob, place)

    def index_key(self, purpose: str) -> bytes:
        return subkey(self._index, f"index:{purpose}")

    def fingerprints(self) -> dict[str, str]:
        """What can be shown of each key: an HMAC under it, never the key."""
        keys = {**self._roots, "index": self._index}
        return {
            name: hmac.digest(key, b"tumar fingerprint", hashlib.sha256).hex()[:16]
            for name, key in keys.items()
        }


def make_folder(folder: Path) -> None:
    """Make a key folder with fresh keys, readable by its owner only.

    Raises:
        KeysWrong: the folder holds keys already; they are never overwritten.
    """
    if any(folder.glob("*.key")):
        raise KeysWrong(f"{folder} holds keys already; they are never overwritten.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in ("r1", "index"):
        _write(folder / f"{name}.key", secrets.token_bytes(KEY_BYTES).hex())
    _write(folder / "ring.json", json.dumps({"current": "r1"}))


@cache
def ring() -> KeyRing:
    """The key ring of this installation, read once per process.

    Raises:
        KeysMissing: no folder, or a key is not there.
        KeysWrong: the folder is open to others, or a file is damaged.
    """
    folder = Path(settings.TUMAR_KEYS)
    if not folder.is_dir():
        raise KeysMissing(f"There is no key folder at {folder}.")
    if folder.stat().st_mode & 0o077:
        raise KeysWrong(f"{folder} is open to other users of this machine; chmod 700 it.")
    return FolderKeyRing(folder)


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text().strip())
    except OSError as missing:
        raise KeysMissing(f"{path} is missing or cannot be read.") from missing
    except ValueError as damage:
        raise KeysWrong(f"{path} is not a key.") from damage
    if len(key) != KEY_BYTES:
        raise KeysWrong(f"{path} is not a key of 256 bits.")
    return key


def _write(path: Path, content: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(content + "\n")
