from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tumar_stats.circulation import Arc, Circulation
from tumar_stats.disclosure import (
    THRESHOLD,
    Cell,
    Hidden,
    Table,
    UnequalTotals,
    hide_small,
    suppress,
    suppress_together,
)

Counts = Sequence[Sequence[int]]
PRIMARY, COMPLEMENTARY = Hidden.PRIMARY, Hidden.COMPLEMENTARY
PEOPLE = st.one_of(st.integers(0, 7), st.just(THRESHOLD), st.integers(0, 40))


@st.composite
def tables(draw: st.DrawFn, most_rows: int = 3, most_columns: int = 3) -> Counts:
    rows, columns = draw(st.integers(1, most_rows)), draw(st.integers(1, most_columns))
    return draw(
        st.lists(st.lists(PEOPLE, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )


def _shown(cells: Sequence[Cell]) -> list[int | Hidden | None]:
    return [cell.hidden or cell.value for cell in cells]


def _margins(counts: Counts, table: Table) -> list[int]:
    """The totals a table prints, in its order: rows, columns, everybody."""
    rows = [sum(row) for row in counts] if table.row_totals else []
    columns = [sum(column) for column in zip(*counts, strict=True)] if table.column_totals else []
    return [*rows, *columns, sum(map(sum, counts))]


def _all(counts: Counts, table: Table) -> list[tuple[int, Cell]]:
    """Every true number of a table beside what is printed for it."""
    cells = [*chain(*table.cells), *table.row_totals, *table.column_totals, table.total]
    return list(zip([*chain(*counts), *_margins(counts, table)], cells, strict=True))


def _is_on_its_side(cell: Cell, people: int) -> bool:
    return 0 <= people < THRESHOLD if cell.hidden is PRIMARY else people >= THRESHOLD


def _neighbours(counts: Counts, table: Table) -> Iterator[list[int]]:
    """Other tables that fit what is printed and why, as changes of at most one to each number.

    If any other table fits, one of these does: the cells are flows of whole people, and every
    change of a flow is made of rounds of single people.
    """
    columns = len(counts[0])
    steps = [(-1, 0, 1) if cell.hidden else (0,) for cell in chain(*table.cells)]
    for change in product(*steps):
        changed = [change[n : n + columns] for n in range(0, len(change), columns)]
        changes = [*change, *_margins(changed, table)]
        if all(
            by == 0 or (cell.hidden and _is_on_its_side(cell, people + by))
            for by, (people, cell) in zip(changes, _all(counts, table), strict=True)
        ):
            yield changes


@settings(max_examples=150, deadline=None)
@given(tables())
def test_nobody_who_sees_the_reasons_can_pin_a_hidden_cell(counts: Counts) -> None:
    table = suppress(counts)
    hidden = {n for n, (_, cell) in enumerate(_all(counts, table)) if cell.hidden}
    loose: set[int] = set()

    for changes in _neighbours(counts, table):
        loose |= {n for n, by in enumerate(changes) if by}
        if loose >= hidden:
            break

    assert loose == hidden


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 8), min_size=2, max_size=2), min_size=2, max_size=2))
def test_nobody_who_does_not_see_them_can_narrow_a_small_cell(counts: Counts) -> None:
    table = suppress(counts)
    printed = _all(counts, table)
    fits: list[set[int]] = [set() for _ in printed]

    for numbers in _fitting(counts, table, most=8 + THRESHOLD):
        for n, people in enumerate(numbers):
            fits[n].add(people)

    for n, (_, cell) in enumerate(printed):
        if cell.hidden is PRIMARY:
            assert fits[n] >= set(range(THRESHOLD))


def _fitting(counts: Counts, table: Table, most: int) -> Iterator[list[int]]:
    """All tables of two rows and columns that fit what is printed, whatever the reasons."""
    printed = [cell.value for _, cell in _all(counts, table)]
    choices = [range(most + 1) if n is None else (n,) for n in printed[:4]]
    for a, b, c, d in product(*choices):
        numbers = [a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d]
        if _agree(printed, numbers):
            yield numbers


def _agree(printed: Sequence[int | None], numbers: Sequence[int]) -> bool:
    return all(n is None or n == m for n, m in zip(printed, numbers, strict=True))


@given(tables())
def test_what_is_shown_is_true_and_never_small(counts: Counts) -> None:
    for people, cell in _all(counts, suppress(counts)):
        assert cell.hidden or cell.value == people >= THRESHOLD
        assert (cell.hidden is PRIMARY) == (people < THRESHOLD)
        assert (cell.value is None) == (cell.hidden is not None)


@given(tables())
def test_rows_and_columns_may_change_places(counts: Counts) -> None:
    turned = [list(column) for column in zip(*counts, strict=True)]
    small = {cell.hidden is PRIMARY for _, cell in _all(counts, suppress(counts))}

    assert {cell.hidden is PRIMARY for _, cell in _all(turned, suppress(turned))} == small


def test_one_hidden_cell_of_a_row_is_joined_by_the_smallest_other() -> None:
    """3 could be read off 60 - 40 - 17."""
    table = suppress([[3, 40, 17]])

    assert _shown(table.cells[0]) == [PRIMARY, 40, COMPLEMENTARY]
    assert table.total == Cell(60)


def test_a_column_of_cells_is_one_way_too() -> None:
    table = suppress([[3], [40], [17]])

    assert _shown([cell for row in table.cells for cell in row]) == [PRIMARY, 40, COMPLEMENTARY]
    assert table.row_totals == table.column_totals == ()


def test_across_the_margins_four_cells_hide_one_another() -> None:
    """A worked example: the rectangle of least people through the small cell."""
    table = suppress([[2, 30, 11], [20, 40, 50], [9, 60, 12]])

    assert [_shown(row) for row in table.cells] == [
        [PRIMARY, 30, COMPLEMENTARY],
        [20, 40, 50],
        [COMPLEMENTARY, 60, COMPLEMENTARY],
    ]
    assert _shown(table.row_totals) == [43, 110, 81]
    assert _shown(table.column_totals) == [31, 130, 73]
    assert table.total.value == 234


def test_two_small_cells_that_make_up_a_published_sum_are_not_enough() -> None:
    """4 and 4 of 8: who knows that both are below 5 knows that both are 4."""
    table = suppress([[4, 4, 30]])

    assert _shown(table.cells[0]) == [PRIMARY, PRIMARY, COMPLEMENTARY]


def test_zero_is_hidden_unless_nobody_can_be_there() -> None:
    plain = suppress([[0, 9, 30]])
    impossible = suppress([[0, 9, 30]], structural={(0, 0)})

    assert _shown(plain.cells[0]) == [PRIMARY, COMPLEMENTARY, 30]
    assert _shown(impossible.cells[0]) == [0, 9, 30]


def test_a_total_of_places_where_nobody_can_be_is_shown() -> None:
    table = suppress([[0, 0], [20, 30]], structural={(0, 0), (0, 1)})

    assert _shown(table.row_totals) == [0, 50]
    assert _shown(table.column_totals) == [20, 30]


def test_a_table_of_few_people_shows_nothing() -> None:
    table = suppress([[1, 1], [1, 0]])

    assert all(cell.hidden is PRIMARY for _, cell in _all([[1, 1], [1, 0]], table))


def test_when_nothing_else_helps_the_total_is_hidden() -> None:
    """Shown beside 0 and 5, a total of 5 tells who sees the reasons everything."""
    table = suppress([[0, 5]])

    assert table.total.hidden is COMPLEMENTARY


def test_a_table_without_small_cells_stays_whole() -> None:
    assert not any(cell.hidden for _, cell in _all([[5, 6], [7, 8]], suppress([[5, 6], [7, 8]])))


def test_another_threshold_hides_more() -> None:
    assert _shown(suppress([[8, 9, 30]], threshold=10).cells[0])[:2] == [PRIMARY, PRIMARY]


def test_tables_of_the_same_people_show_the_total_in_all_or_in_none() -> None:
    by_sex, by_age = suppress_together([[[0, 5]], [[5], [0], [0]]])
    alone = suppress_together([[[20, 30]], [[25], [25]]])

    assert by_sex.total.hidden
    assert by_age.total.hidden
    assert [table.total.value for table in alone] == [50, 50]


def test_a_total_hidden_for_another_table_cannot_be_added_up() -> None:
    hiding, other = suppress_together([[[0, 5]], [[5, 0]]])

    assert hiding.total.hidden is COMPLEMENTARY
    assert any(cell.hidden for cell in other.cells[0])


@settings(max_examples=150, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=4), st.lists(st.integers(0, 40), max_size=3))
def test_tables_read_side_by_side_pin_nothing_either(first: list[int], cuts: list[int]) -> None:
    everybody = sum(first)
    ends = sorted({0, everybody, *(cut for cut in cuts if cut < everybody)})
    second = [high - low for low, high in pairwise(ends)] or [0]

    both = suppress_together([[first], [second]])

    printed = [
        *zip(first, both[0].cells[0], strict=True),
        *zip(second, both[1].cells[0], strict=True),
    ]
    printed.append((everybody, both[0].total))
    steps = [(-1, 0, 1) if cell.hidden else (0,) for _, cell in printed]
    loose: set[int] = set()
    for change in product(*steps):
        adds_up = sum(change[: len(first)]) == sum(change[len(first) : -1]) == change[-1]
        moved = {n for n, by in enumerate(change) if by}
        if adds_up and all(
            _is_on_its_side(printed[n][1], printed[n][0] + change[n]) for n in moved
        ):
            loose |= moved
    assert loose == {n for n, (_, cell) in enumerate(printed) if cell.hidden}


def test_no_tables_are_no_trouble() -> None:
    assert suppress_together([]) == []


def test_tables_of_different_people_are_not_released_together() -> None:
    with pytest.raises(UnequalTotals):
        suppress_together([[[20, 30]], [[20, 31]]])


def test_answers_that_do_not_add_up_hide_only_themselves() -> None:
    assert _shown(hide_small([4, 5, 0])) == [PRIMARY, 5, PRIMARY]


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [
        ([], {}, "at least one cell"),
        ([[]], {}, "at least one cell"),
        ([[1, 2], [3]], {}, "one length"),
        ([[-1]], {}, "negative"),
        ([[1]], {"threshold": 1}, "hides nobody"),
        ([[1]], {"structural": {(0, 0)}}, "nobody can be"),
    ],
)
def test_what_is_no_table_is_refused(counts: Counts, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        suppress(counts, **options)


def test_a_long_table_is_done_while_a_reader_waits() -> None:
    """As many rows as there are countries, most of them nearly empty."""
    counts = [[(7 * i) % 11, (5 * i) % 13, (3 * i) % 17] for i in range(250)]

    table = suppress(counts)

    assert len(table.cells) == 250
    assert table.total.value == sum(map(sum, counts))


def test_a_cell_that_no_one_can_free_says_so() -> None:
    """Two arcs in a round, one of them known to all."""
    people = Circulation([Arc(0, 1, 3, 1), Arc(1, 0, 3, 1, fixed=True)])

    assert people.needed_to_move({0}, 0, 1, lambda _: (0, 9)) is None
    assert people.needed_to_move({0}, 0, 7, lambda _: (0, 9)) is None
