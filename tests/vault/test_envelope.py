"""Sealed values: open where they belong, and nowhere and never otherwise (T04, T05, T07)."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from tumar.vault.envelope import NONCE, TAG, CannotOpen, seal, subkey, unseal

KEY = AESGCM(bytes(range(32)))
PLACE = b"people_identitypart|content|1|2"
SEALS = 200_000  # a sample of the million in the threat model; a repeat is a bug, not bad luck


@given(st.binary(max_size=2000), st.binary(max_size=80))
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: bytes) -> None:
    assert unseal(KEY, seal(KEY, plain, place), place) == plain


@given(st.binary(max_size=200), st.binary(max_size=40), st.binary(max_size=40))
def test_a_value_opens_in_no_other_place(plain: bytes, place: bytes, other: bytes) -> None:
    envelope = seal(KEY, plain, place)

    if other != place:
        with pytest.raises(CannotOpen):
            unseal(KEY, envelope, other)


def test_each_flipped_byte_is_noticed() -> None:
    envelope = seal(KEY, "Айнура".encode(), PLACE)

    for position in range(len(envelope)):
        for bit in range(8):
            broken = bytearray(envelope)
            broken[position] ^= 1 << bit
            with pytest.raises(CannotOpen):
                unseal(KEY, bytes(broken), PLACE)


def test_every_truncation_and_extension_is_noticed() -> None:
    envelope = seal(KEY, b"a name", PLACE)

    for length in range(len(envelope)):
        with pytest.raises(CannotOpen):
            unseal(KEY, envelope[:length], PLACE)
    with pytest.raises(CannotOpen):
        unseal(KEY, envelope + b"\x00", PLACE)


@pytest.mark.parametrize("version", [b"\x00", b"\x02", b"\xff", b"a"])
def test_another_version_is_no_way_round_the_check(version: bytes) -> None:
    envelope = seal(KEY, b"a name", PLACE)

    with pytest.raises(CannotOpen):
        unseal(KEY, version + envelope[1:], PLACE)


@given(st.binary(max_size=200))
def test_whatever_is_no_envelope_is_an_error_and_never_plain_text(stranger: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(KEY, stranger, PLACE)


def test_another_key_does_not_open() -> None:
    with pytest.raises(CannotOpen):
        unseal(AESGCM(os.urandom(32)), seal(KEY, b"a name", PLACE), PLACE)


def test_the_same_value_never_looks_the_same() -> None:
    assert seal(KEY, b"a name", PLACE) != seal(KEY, b"a name", PLACE)


@pytest.mark.slow
def test_no_nonce_is_used_twice() -> None:
    nonces = {seal(KEY, b"", PLACE)[1 : 1 + NONCE] for _ in range(SEALS)}

    assert len(nonces) == SEALS


def test_an_envelope_shows_nothing_but_its_length() -> None:
    assert len(seal(KEY, b"x" * 40, PLACE)) == 1 + NONCE + 40 + TAG


def test_a_subkey_for_one_purpose_is_no_other() -> None:
    root = bytes(32)

    assert len({subkey(root, purpose) for purpose in ("record", "identity", "files", "wrap")}) == 4
