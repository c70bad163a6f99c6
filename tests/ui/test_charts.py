"""Charts: the drawing and the table say the same, and what is withheld is nowhere."""

import re
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tumar.ui.charts import (
    Bars,
    Chart,
    Columns,
    Lines,
    Pyramid,
    Series,
    Shares,
    Withheld,
    draw,
)
from tumar.ui.charts.columns import ticks

YEARS = ["2021", "2022", "2023"]
ONE = [Series("People", [120, Withheld(), 60])]
TWO = [Series("Women", [120, Withheld(), 60]), Series("Men", [30, 45, None])]


def made(kind: type[Chart], series: list[Series]) -> Chart:
    return kind(title="Title", categories=YEARS, series=series, source="Our own")


CHARTS = [
    made(Bars, ONE),
    made(Bars, TWO),
    made(Columns, TWO),
    Columns(title="T", categories=YEARS, series=TWO, source="Our own", is_stacked=True),
    made(Lines, TWO),
    made(Pyramid, TWO),
    made(Shares, ONE),
]


def page(chart: Chart, direction: str = "ltr") -> str:
    context = Context({"figure": chart, "direction": direction})
    return Template("{% load ui %}{% chart figure %}").render(context)


def widths(marks: str) -> list[float]:
    return [float(w) for w in re.findall(r'width="([\d.]+)%" height="[\d.]+" class="mark', marks)]


@pytest.mark.parametrize("chart", CHARTS)
def test_every_amount_is_in_the_table_and_the_source_under_it(chart: Chart) -> None:
    text = page(chart)

    for _category, amounts in chart.table:
        for amount in amounts:
            assert f"<bdi>{amount.replace('<', '&lt;')}</bdi>" in text
    assert "Source: Our own" in text


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_named_and_described(chart: Chart) -> None:
    text = page(chart)

    assert 'role="img"' in text
    named = re.search(r'aria-labelledby="(\S+) (\S+)"', text)
    assert named is not None
    assert all(f'id="{key}"' in text for key in named.groups())


@pytest.mark.parametrize("chart", CHARTS)
def test_a_withheld_count_is_one_hatched_mark_of_a_fixed_size(chart: Chart) -> None:
    marks = draw(chart, is_mirrored=False).marks

    assert marks.count('class="withheld"') == 1
    assert marks.count('fill="url(#') == 1


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_in_a_chart_breaks_the_policy_on_styles(chart: Chart) -> None:
    assert "style=" not in page(chart)


def test_bars_are_as_long_as_their_amounts() -> None:
    first, second = widths(draw(made(Bars, ONE), is_mirrored=False).marks)

    assert first / second == pytest.approx(120 / 60, rel=0.01)


def test_shares_of_a_whole_are_in_proportion() -> None:
    first, second = widths(draw(made(Shares, ONE), is_mirrored=False).marks)

    assert (first + 0.3) / (second + 0.3) == pytest.approx(2, rel=0.01)


def test_columns_are_as_high_as_their_amounts() -> None:
    marks = draw(made(Columns, TWO), is_mirrored=False).marks
    heights = [float(h) for h in re.findall(r'height="([\d.]+)" class="mark', marks)]

    assert sorted(heights)[-1] / sorted(heights)[0] == pytest.approx(120 / 30, rel=0.01)


def test_a_line_has_a_gap_where_nothing_is_known() -> None:
    marks = draw(made(Lines, TWO), is_mirrored=False).marks

    assert marks.count("<circle") == 4
    assert marks.count('class="stroke series-1"') == 0
    assert marks.count('class="stroke series-2"') == 1


@pytest.mark.parametrize("chart", CHARTS)
def test_read_from_the_right_every_mark_is_mirrored(chart: Chart) -> None:
    plain = draw(chart, is_mirrored=False).marks
    mirrored = draw(chart, is_mirrored=True).marks
    place = re.compile(r'<rect x="([-\d.]+)%" y="[\d.]+" width="([\d.]+)%"')

    for (x, width), (other, same) in zip(
        place.findall(plain), place.findall(mirrored), strict=True
    ):
        assert width == same
        assert float(x) + float(width) + float(other) == pytest.approx(100, abs=0.05)


def test_the_language_decides_the_direction() -> None:
    with translation.override("ar"):
        text = Template("{% load ui %}{% chart figure %}").render(Context({"figure": CHARTS[0]}))

    assert 'x="100%"' in text


def test_hostile_words_stay_words() -> None:
    chart = Bars(
        title="<script>", categories=['"><script>'], series=[Series("<b>", [1])], source="<i>"
    )

    assert "<script>" not in page(chart)


def test_a_chart_without_amounts_still_draws() -> None:
    for kind in (Bars, Columns, Lines):
        chart = kind(title="T", categories=["a"], series=[Series("s", [None])], source="s")
        assert "–" in page(chart)


@pytest.mark.parametrize(
    ("kind", "series"),
    [(Bars, [Series("s", [1, 2])]), (Pyramid, ONE), (Shares, TWO), (Lines, [ONE[0]] * 7)],
)
def test_a_chart_that_cannot_be_read_is_refused(kind: type[Chart], series: list[Series]) -> None:
    with pytest.raises(ValueError, match=r"series|sides"):
        made(kind, series)


@given(st.floats(min_value=0.1, max_value=1e9))
def test_ticks_reach_the_largest_amount_in_few_even_steps(most: float) -> None:
    scale = ticks(most)

    steps = {round(after - before, 6) for before, after in pairwise(scale)}
    assert scale[-1] >= most
    assert 2 <= len(scale) <= 10
    assert len(steps) == 1
