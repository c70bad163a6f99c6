"""The key folder: made once, checked at start, and useless in other hands."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories import THEN
from tumar.vault.envelope import CannotOpen
from tumar.vault.keyring import (
    FolderKeyRing,
    KeysMissing,
    KeysWrong,
    Wrapped,
    make_folder,
    ring,
)
from tumar.vault.models import DataKey, KeySign
from tumar.vault.signs import check_signs, leave_signs

PLACE = b"vault_datakey|wrapped|1"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Any:
    settings.TUMAR_KEYS = tmp_path / "keys"
    make_folder(settings.TUMAR_KEYS)
    ring.cache_clear()
    yield settings.TUMAR_KEYS
    ring.cache_clear()


def test_a_key_comes_back_from_its_wrapping(folder: Path) -> None:
    wrapped = ring().wrap(b"k" * 32, PLACE)

    assert b"k" * 32 not in wrapped.blob
    assert ring().unwrap(wrapped, PLACE) == b"k" * 32


def test_a_wrapped_key_opens_in_no_other_place(folder: Path) -> None:
    wrapped = ring().wrap(b"k" * 32, PLACE)

    with pytest.raises(CannotOpen):
        ring().unwrap(wrapped, PLACE + b"2")


def test_a_key_wrapped_by_a_root_key_that_is_gone_does_not_open(folder: Path) -> None:
    wrapped = ring().wrap(b"k" * 32, PLACE)

    with pytest.raises(CannotOpen, match="not on this key ring"):
        ring().unwrap(Wrapped("r9", wrapped.blob), PLACE)


def test_the_folder_and_its_keys_are_for_their_owner_only(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())


def test_keys_are_never_overwritten(folder: Path) -> None:
    before = (folder / "r1.key").read_text()

    with pytest.raises(KeysWrong, match="never overwritten"):
        make_folder(folder)

    assert (folder / "r1.key").read_text() == before


def test_without_a_folder_the_message_says_where_it_was_looked_for(
    folder: Path, settings: Any
) -> None:
    settings.TUMAR_KEYS = folder / "elsewhere"

    with pytest.raises(KeysMissing, match="elsewhere"):
        ring()


def test_a_folder_open_to_others_is_refused_with_what_to_do(folder: Path) -> None:
    folder.chmod(0o750)

    with pytest.raises(KeysWrong, match="chmod 700"):
        ring()


@pytest.mark.parametrize(
    ("name", "content", "problem", "words"),
    [
        ("r1.key", None, KeysMissing, "r1"),
        ("index.key", None, KeysMissing, "index.key"),
        ("r1.key", "not hexadecimal", KeysWrong, "is not a key"),
        ("r1.key", "abcd", KeysWrong, "256 bits"),
        ("ring.json", "{}", KeysWrong, "cannot be read"),
        ("ring.json", '{"current": "r7"}', KeysMissing, "r7"),
    ],
)
def test_a_damaged_folder_is_refused_and_the_message_names_the_file(
    folder: Path, name: str, content: str | None, problem: type[Exception], words: str
) -> None:
    path = folder / name
    path.unlink()
    if content is not None:
        path.write_text(content)

    with pytest.raises(problem, match=words):
        FolderKeyRing(folder)


def test_an_older_root_key_still_opens_after_a_newer_one_wraps(folder: Path) -> None:
    old = ring().wrap(b"k" * 32, PLACE)
    (folder / "r2.key").write_text("ab" * 32)
    (folder / "ring.json").write_text('{"current": "r2"}')

    newer = FolderKeyRing(folder)

    assert newer.wrap(b"k" * 32, PLACE).key_id == "r2"
    assert newer.unwrap(old, PLACE) == b"k" * 32


def test_a_fingerprint_is_no_key(folder: Path) -> None:
    shown = ring().fingerprints()

    assert set(shown) == {"r1", "index"}
    assert shown["r1"] not in (folder / "r1.key").read_text()


def test_keys_for_different_searches_differ(folder: Path) -> None:
    assert ring().index_key("name") != ring().index_key("phone")


def test_a_database_knows_its_own_keys(folder: Path, db: None) -> None:
    leave_signs()

    check_signs()

    assert {sign.name for sign in KeySign.objects.all()} == {"r1", "index"}


def test_the_keys_of_another_installation_are_refused(folder: Path, db: None) -> None:
    leave_signs()
    (folder / "r1.key").write_text("ab" * 32)
    ring.cache_clear()

    with pytest.raises(KeysWrong, match="not the one this database"):
        check_signs()


def test_a_key_this_database_needs_is_missed(folder: Path, db: None) -> None:
    leave_signs()
    KeySign.objects.create(name="r0", fingerprint="0" * 16)

    with pytest.raises(KeysMissing, match="r0"):
        check_signs()


def test_a_data_key_is_wrapped_before_it_is_stored(db: None) -> None:
    key = DataKey.objects.mint(at=THEN)

    stored = DataKey.objects.get(pk=key.pk)
    assert stored.root == "r1"
    assert stored._key == key._key
    assert key._key not in bytes(stored.wrapped)
