"""The colours, computed from the style sheet itself: legible in both themes (WCAG 2.2 AA)."""

import re
from math import cos, radians, sin
from pathlib import Path

import pytest

import tumar.ui

TOKENS = (Path(tumar.ui.__file__).parent / "static/ui/css/tokens.css").read_text()
TEXT, CONTROL = 4.5, 3.0  # success criteria 1.4.3 and 1.4.11

TONES = ["danger", "warn", "ok", "info", "brand"]
READ = [
    *((ink, ground) for ink in ("ink", "ink-soft") for ground in ("paper", "surface", "sunken")),
    *((ink, f"{tone}-soft") for ink in ("ink", "brand") for tone in TONES),
    *((tone, f"{tone}-soft") for tone in TONES),
    *((tone, ground) for tone in TONES for ground in ("paper", "surface", "sunken")),
    ("ink-soft", "brand-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-danger", "danger"),
    ("on-accent", "accent"),
    ("paper", "ink"),
    ("rail-ink", "rail"),
    ("rail-ink-soft", "rail"),
    ("rail-ink", "rail-raised"),
]
SEEN = [
    *(("line-strong", ground) for ground in ("paper", "surface", "sunken")),
    *((f"series-{n}", "surface") for n in range(1, 7)),
    *((tone, "surface") for tone in TONES),
    ("accent", "rail"),
    ("accent", "rail-raised"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(oklch\([^)]*\))", block))


def block_after(selector: str) -> str:
    start = TOKENS.index(selector)
    return TOKENS[start : TOKENS.index("}", start)]


LIGHT = tokens(block_after("  :root {"))
DARK_ASKED = tokens(block_after(':root:not([data-theme="light"])'))
DARK_CHOSEN = tokens(block_after(':root[data-theme="dark"]'))
THEMES = {"light": LIGHT, "dark": {**LIGHT, **DARK_CHOSEN}}


def linear(colour: str) -> tuple[float, ...]:
    """oklch to linear sRGB (Ottosson, 2020)."""
    lightness, chroma, hue = (float(n) for n in re.findall(r"[\d.]+", colour)[:3])
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return tuple(min(max(part, 0.0), 1.0) for part in rgb)


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("oklch(0 0 0)", "oklch(1 0 0)") == pytest.approx(21, abs=0.01)


def test_the_dark_set_asked_for_and_the_one_chosen_are_the_same() -> None:
    assert DARK_ASKED == DARK_CHOSEN
    assert len(DARK_CHOSEN) > 20


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_text_can_be_read(theme: str, ink: str, ground: str) -> None:
    assert contrast(THEMES[theme][ink], THEMES[theme][ground]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("mark", "ground"), SEEN)
def test_controls_and_marks_can_be_seen(theme: str, mark: str, ground: str) -> None:
    # The focus ring is two rings, saffron and ink: one of them stands out on any ground.
    assert contrast(THEMES[theme][mark], THEMES[theme][ground]) >= CONTROL
