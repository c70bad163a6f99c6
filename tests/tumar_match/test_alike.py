import pytest

from tumar_match.alike import jaro_winkler


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("martha", "marhta", 0.961),
        ("dwayne", "duane", 0.840),
        ("dixon", "dicksonx", 0.813),
        ("abc", "xyz", 0.0),
        ("", "abc", 0.0),
        ("abc", "abc", 1.0),
    ],
)
def test_the_published_examples_come_out(one: str, other: str, likeness: float) -> None:
    """Winkler (1990), the examples repeated in every implementation."""
    assert jaro_winkler(one, other) == pytest.approx(likeness, abs=0.0006)
