"""Templates and styles: small, without anything inline, and right in both directions."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

import tumar.ui

UI = Path(tumar.ui.__file__).parent
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
STATIC = UI / "static" / "ui"
STYLES = sorted((STATIC / "css").glob("*.css"))
PAGES = {"page.html", "plain.html", "list.html", "dock.html", "choose_theme.html", "500.html"}
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-4.min.js"
BUDGET = 150_000  # bytes: the first page over a bad line


def name(path: Path) -> str:
    return str(path.relative_to(UI))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_page_has_at_most_eighty_lines_and_a_component_thirty(path: Path) -> None:
    is_page = path.name in PAGES or path.parent.name == "gallery"

    assert len(path.read_text().splitlines()) <= (80 if is_page else 30)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_inline(path: Path) -> None:
    text = path.read_text()

    assert not re.search(
        r"\sstyle\s*=|<style|\son(?:click|load|error|submit|change|input|key\w+|focus|blur)\s*=|javascript:",
        text,
    )
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_is_asked_of_another_host(path: Path) -> None:
    assert not re.search(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", path.read_text())


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_know_no_left_and_right(path: Path) -> None:
    side = "left|right|top|bottom"
    sided = rf"(?<![\w-])({side}|width|height|(margin|padding|border)-({side}))\s*:"
    in_queries = re.sub(r"@media[^{]*", "", path.read_text())

    assert not re.findall(sided, in_queries)


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_styles_do_not_use_what_old_phones_lack(path: Path) -> None:
    assert not re.search(r"light-dark\(\w|color-mix\(", path.read_text())


def test_every_icon_named_is_in_the_sprite() -> None:
    known = set(re.findall(r'symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    sources = [*TEMPLATES, *UI.rglob("*.py")]
    named = {
        icon
        for path in sources
        for icon in re.findall(r'(?:\{% icon |\bicon=)"([a-z0-9-]+)"', path.read_text())
    }

    assert named <= known


def test_the_licences_of_what_we_did_not_make_are_there() -> None:
    text = (STATIC / "LICENSES.txt").read_text()

    assert all(word in text for word in ("Tabler", "MIT", "Noto", "Open Font License", "htmx"))


@pytest.mark.parametrize(
    ("language", "fonts"),
    [
        ("en", ["latin"]),
        ("ky", ["latin", "cyrillic", "cyrillic-ext"]),
        ("ar", ["latin", "arabic"]),
    ],
)
def test_a_first_page_weighs_at_most_150_kb(language: str, fonts: list[str]) -> None:
    code = [*STYLES, *(STATIC / "js").glob("*.js"), STATIC / "icons.svg", STATIC / "mark.svg", HTMX]
    packed = sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in code)
    letters = sum((STATIC / "fonts" / f"noto-sans-{font}.woff2").stat().st_size for font in fonts)

    assert packed + letters <= BUDGET, f"{packed} of code and icons, {letters} of fonts"
