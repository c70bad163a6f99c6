"""Records in and out through the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.evidence.factories import a_file, a_row
from tests.site.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.once]  # real processes

Copied = Callable[[], Installation]


@pytest.fixture
def here(copied: Copied) -> Installation:
    return copied()


def written(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "ctdc.csv"
    file.write_bytes(a_file(rows).read())
    return file


def test_the_same_file_twice_adds_nothing(here: Installation, tmp_path: Path) -> None:
    file = written(tmp_path, a_row(), a_row(gender="Male"))

    first, second = (here.tumar("import", "ctdc", file) for _ in range(2))

    assert (first.code, first.out) == (
        0,
        "2 rows read: 2 added, 0 there already, 0 refused.\n",
    )
    assert second.out == "2 rows read: 0 added, 2 there already, 0 refused.\n"


def test_a_bad_row_is_told_by_place_and_keeps_all_out(here: Installation, tmp_path: Path) -> None:
    file = written(tmp_path, a_row(), a_row(gender="Invented"))

    done = here.tumar("import", "ctdc", file)

    assert done.code == 1
    assert "gender" in done.out
    assert "Invented" not in done.out + done.err
    assert "Nothing was kept: 1 of 2 rows are bad." in done.err


def test_only_the_good_rows_are_kept_when_asked(here: Installation, tmp_path: Path) -> None:
    file = written(tmp_path, a_row(), a_row(gender="Invented"))

    done = here.tumar("import", "ctdc", file, "--only-good")

    assert done.code == 0
    assert "1 added" in done.out


def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    here: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00")

    done = here.tumar("import", "ctdc", file)

    assert done.code == 1
    assert "Traceback" not in done.err
    assert "reference" not in done.err


def test_statistics_are_written_once(here: Installation, tmp_path: Path) -> None:
    here.tumar("import", "ctdc", written(tmp_path, *[a_row() for _ in range(30)]))
    file = tmp_path / "statistics.csv"

    first, second = (here.tumar("export", "statistics", file) for _ in range(2))

    assert (first.code, second.code) == (0, 1)
    assert "30" in file.read_text()
    assert "nothing was overwritten" in second.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--as=nobody", "--purpose=research"], "Nobody signs in under this name."),
        (["--as=nobody", "--purpose=fun"], "The purpose must be one of case_management"),
    ],
)
def test_cases_leave_only_in_somebodys_name_and_for_a_purpose(
    installation: Installation, tmp_path: Path, words: list[str], sentence: str
) -> None:
    done = installation.tumar("export", "htcds", tmp_path / "cases.xlsx", *words)

    assert done.code == 1
    assert done.err.startswith(sentence)
    assert not (tmp_path / "cases.xlsx").exists()


def test_an_administrator_may_not_export_cases(installation: Installation, tmp_path: Path) -> None:
    words = ["--as=administrator", "--purpose=research"]

    done = installation.tumar("export", "htcds", tmp_path / "cases.xlsx", *words)

    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "reference" not in done.err
