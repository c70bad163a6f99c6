"""What is generated in `docs/` says what the code says."""

from pathlib import Path

import pytest

from tumar.site.docs import generators, settings_page, stale, write
from tumar.site.environment import VARIABLES


def test_generated_pages_are_current() -> None:
    assert stale() == []


@pytest.mark.parametrize("name", VARIABLES)
def test_every_setting_is_documented_with_its_meaning(name: str) -> None:
    row = f"| `{name}` | {VARIABLES[name].meaning} | {VARIABLES[name].default} |"

    assert row in settings_page()


def test_a_page_that_was_edited_by_hand_is_found_and_mended(tmp_path: Path) -> None:
    write(tmp_path)
    page = tmp_path / "docs/reference/settings.md"
    page.write_text("by hand")

    assert stale(tmp_path) == ["docs/reference/settings.md"]
    assert write(tmp_path) == ["docs/reference/settings.md"]
    assert page.read_text() == generators()["docs/reference/settings.md"]()
