"""What is released hides what is small, in every view that can be made of it."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tumar.evidence.rules.release import ALL_OTHERS, HIDDEN, SMALL, Protection, over_span, protect

Cell = tuple[int, str]

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from([0, 2021, 2022, 2023]),
        st.sampled_from(["female", "male", "other", ""]),
        st.sampled_from(["KGZ", "UZB", "TJK", "RUS", ""]),
    ),
    min_size=1,
    max_size=120,
)


def counts(people: list[tuple[int, str, str]]) -> dict[str, Counter[Cell]]:
    return {
        "sex": Counter((year, sex) for year, sex, _land in people),
        "citizenship": Counter((year, land) for year, _sex, land in people),
    }


def released(people: list[tuple[int, str, str]]) -> Protection:
    return protect(counts(people), fixed={"sex": ["female", "male", "other"]})


def test_a_count_of_five_is_shown_and_one_of_four_is_not() -> None:
    people = [(2023, "female", "KGZ")] * 9 + [(2023, "male", "KGZ")] * 5
    people += [(2023, "", "KGZ")] * 4

    sex = released(people).tables["sex"]

    assert sex.codes == ["female", "male", ""]
    assert sex.totals == [9, HIDDEN, SMALL]


def test_a_year_with_few_people_is_joined_to_its_neighbour() -> None:
    people = [(2021, "female", "KGZ")] * 20 + [(2022, "female", "KGZ")] * 3
    people += [(2023, "female", "KGZ")] * 20

    shown = released(people)

    assert shown.periods == [(2021, 2022), (2023,)]
    assert shown.period_totals == [23, 20]


def test_nobody_counted_is_nothing_to_show() -> None:
    assert protect({}, fixed={}) == Protection([], [], 0, {})


def test_fewer_than_five_people_in_all_show_no_number() -> None:
    shown = released([(2023, "female", "KGZ")] * 4)

    assert numbers(shown) == []


def test_rare_codes_are_told_apart_over_all_years_only() -> None:
    people = [
        (year, "female", f"C{n:02}")
        for year in (2022, 2023)
        for n in range(20)
        for _ in range(10 + n)
    ]

    land = released(people).tables["citizenship"]

    assert land.codes[-1] == ALL_OTHERS
    assert len(land.codes) == 16
    assert land.totals[-1] == 2 * sum(range(10, 15))
    assert land.others["C04"] == 28


def test_codes_small_in_most_years_do_not_hide_the_large_ones_beside_them() -> None:
    people = [
        (year, sex, "KGZ")
        for year in (2021, 2022, 2023)
        for sex, many in {"female": 40, "male": 20, "other": 3, "": 4}.items()
        for _ in range(many)
    ]

    sex = released(people).tables["sex"]

    assert sex.codes == ["female", "male", ALL_OTHERS]
    assert sex.cells == [[40, 20, 7]] * 3
    assert sex.others == {"": 12, "other": 9}


def test_a_span_with_something_hidden_is_hidden() -> None:
    assert over_span([7, 8]) == 15
    assert over_span([7, SMALL]) == HIDDEN
    assert over_span([SMALL]) == SMALL


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_no_number_under_five_is_ever_shown(people: list[tuple[int, str, str]]) -> None:
    assert all(number >= 5 for number in numbers(released(people)))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_every_number_shown_is_true(people: list[tuple[int, str, str]]) -> None:
    shown = released(people)

    for name, cells in counts(people).items():
        table = shown.tables[name]
        for column, code in enumerate(table.codes):
            for place, period in enumerate(shown.periods):
                amount = table.cells[place][column]
                codes = list(table.others) if code == ALL_OTHERS else [code]
                if isinstance(amount, int):
                    assert amount == sum(cells[year, each] for year in period for each in codes)


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_one_hidden_cell_never_stands_alone_among_shown_ones(
    people: list[tuple[int, str, str]],
) -> None:
    shown = released(people)

    for table in shown.tables.values():
        for place, row in enumerate(table.cells):
            if isinstance(shown.period_totals[place], int):
                assert sum(not isinstance(amount, int) for amount in row) != 1
        for column, total in enumerate(table.totals):
            hidden = [row[column] for row in table.cells if not isinstance(row[column], int)]
            if isinstance(total, int):
                assert len(hidden) != 1


def numbers(shown: Protection) -> list[int]:
    amounts = [shown.total, *shown.period_totals]
    for table in shown.tables.values():
        amounts += [*table.totals, *table.others.values(), *(a for row in table.cells for a in row)]
    return [amount for amount in amounts if isinstance(amount, int)]
