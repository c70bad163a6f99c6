"""Lists: the order holds from page to page, both ways, and costs the same everywhere."""

import re
from operator import attrgetter

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from tests.ui.conftest import Asks
from tumar.reference.models import Service
from tumar.ui.lists import Column, Filter, Listing, keyset, listing
from tumar.ui.lists.keyset import Order
from tumar.ui.parts import Badge, Link

pytestmark = pytest.mark.urls("tests.ui.addresses")
ORDERS = [
    f"{sign}{path}"
    for path in ("pk", "service", "capacity", "checked_on", "organisation__name")
    for sign in ("", "-")
]
SERVICES = Listing(
    title="Services",
    columns=[
        Column(
            "Organisation", attrgetter("organisation.name"), order="organisation__name", link=True
        ),
        Column("Service", lambda row: Badge(row.service), order="service"),
        Column("Capacity", attrgetter("capacity"), order="-capacity", number=True),
    ],
    empty="No services yet.",
    empty_hint="Add the first one.",
    empty_action=Link("Add", "/add/"),
    filters=[
        Filter(
            "shelter",
            "Shelters",
            lambda rows: rows.filter(service="shelter_emergency"),
            group="kind",
        ),
        Filter(
            "legal", "Legal aid", lambda rows: rows.filter(service="shelter_long"), group="kind"
        ),
        Filter("known", "Capacity known", lambda rows: rows.exclude(capacity=None)),
    ],
    link=lambda row: f"/services/{row.pk}/",
    per_page=10,
)


def rows() -> QuerySet[Service]:
    return Service.objects.select_related("organisation")


def whole(order: str) -> list[int]:
    """Every key in the order promised: nulls last, ties by key in the order's own direction."""
    path, down = order.removeprefix("-"), order.startswith("-")
    ranked = [(_rank(service, path), service.pk) for service in rows()]
    present = sorted((pair for pair in ranked if pair[0] is not None), reverse=down)
    absent = sorted((pair for pair in ranked if pair[0] is None), key=lambda p: p[1], reverse=down)
    return [key for _, key in present + absent]


def _rank(service: Service, path: str) -> object:
    return attrgetter(path.replace("__", "."))(service)


def walk(order: str, size: int) -> tuple[list[list[int]], str]:
    """All pages forwards, and the mark back from the last."""
    pages, mark, page = [], "", None
    while page is None or mark:
        page = keyset.read(rows(), Order.of(order), size, mark)
        pages.append([row.pk for row in page.rows])
        mark = page.after
    return pages, page.before


@pytest.mark.parametrize("size", [1, 7, 19, 57, 100])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_forwards_are_the_whole_in_order(
    services: list[Service], order: str, size: int
) -> None:
    pages, _ = walk(order, size)

    assert [key for page in pages for key in page] == whole(order)


@pytest.mark.parametrize("size", [1, 7, 19])
@pytest.mark.parametrize("order", ORDERS)
def test_pages_backwards_are_the_same_pages(services: list[Service], order: str, size: int) -> None:
    forwards, mark = walk(order, size)

    backwards = [forwards[-1]]
    while mark:
        page = keyset.read(rows(), Order.of(order), size, mark)
        backwards.insert(0, [row.pk for row in page.rows])
        mark = page.before

    assert backwards == forwards


def test_a_mark_says_nothing_about_the_row(services: list[Service]) -> None:
    page = keyset.read(rows(), Order.of("organisation__name"), 5)
    other = keyset.read(rows(), Order.of("organisation__name"), 5)

    assert "Organisation" not in page.after
    assert page.after != other.after


@pytest.mark.parametrize("mark", ["x", "gAAAAAB", "../..", "' or 1=1 --", "ю"])
def test_a_forged_mark_shows_the_first_page(services: list[Service], mark: str) -> None:
    page = keyset.read(rows(), Order.of("service"), 5, mark)

    assert [row.pk for row in page.rows] == whole("service")[:5]


def test_a_mark_of_another_order_shows_the_first_page(services: list[Service]) -> None:
    mark = keyset.read(rows(), Order.of("service"), 5).after

    page = keyset.read(rows(), Order.of("capacity"), 5, mark)

    assert [row.pk for row in page.rows] == whole("capacity")[:5]


def test_a_page_back_is_whole_though_rows_before_it_have_gone(services: list[Service]) -> None:
    first = keyset.read(rows(), Order.of("pk"), 5)
    second = keyset.read(rows(), Order.of("pk"), 5, first.after)
    Service.objects.filter(pk=first.rows[0].pk).delete()

    page = keyset.read(rows(), Order.of("pk"), 5, second.before)

    assert [row.pk for row in page.rows] == whole("pk")[:5]


@pytest.mark.parametrize(("order", "queries"), [("service", 1), ("pk", 1), ("-capacity", 1)])
def test_a_page_costs_one_query(
    services: list[Service],
    django_assert_num_queries: DjangoAssertNumQueries,
    order: str,
    queries: int,
) -> None:
    mark = keyset.read(rows(), Order.of(order), 5).after

    with django_assert_num_queries(queries):
        keyset.read(rows(), Order.of(order), 5, mark)


def test_nothing_is_counted_and_the_bound_is_there(
    services: list[Service], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mark = keyset.read(rows(), Order.of("service"), 5).after

    with django_assert_num_queries(1) as seen:
        keyset.read(rows(), Order.of("service"), 5, mark)

    sql = seen.captured_queries[0]["sql"]
    assert "COUNT(" not in sql
    assert "OFFSET" not in sql
    assert '"service" >= ' in sql


def test_the_page_holds_rows_links_and_the_way_on(services: list[Service], asks: Asks) -> None:
    text = listing(asks(), SERVICES, rows()).render().content.decode()

    assert text.count('class="row-link"') == 10
    assert 'aria-sort="ascending"' in text
    assert 'id="next"' in text
    assert 'id="previous"' not in text


def test_htmx_gets_the_part_that_stands_in_the_page(services: list[Service], asks: Asks) -> None:
    page = listing(asks("?order=-capacity"), SERVICES, rows()).render().content.decode()
    part = listing(asks("?order=-capacity", htmx=True), SERVICES, rows()).render().content.decode()

    assert part.strip().startswith('<div id="list">')
    assert "<html" not in part
    # The marks are sealed anew each time, so they are left out of the comparison.
    assert without_marks(part).strip() in without_marks(page)


def without_marks(text: str) -> str:
    return re.sub(r"at=[\w%-]+", "at=", text)


def test_an_order_nobody_offers_is_not_followed(services: list[Service], asks: Asks) -> None:
    text = listing(asks("?order=organisation__phone"), SERVICES, rows()).render().content.decode()

    assert "organisation__phone" not in text


def test_filters_of_one_group_replace_each_other_and_others_add_up(
    services: list[Service], asks: Asks
) -> None:
    seen: list[Service] = []

    listing(asks("?show=shelter&show=legal&show=known"), SERVICES, rows(), on_rows=seen.extend)

    assert {service.service for service in seen} == {"shelter_long"}
    assert None not in {service.capacity for service in seen}


def test_the_rows_shown_are_told_so_that_a_look_can_be_recorded(
    services: list[Service], asks: Asks
) -> None:
    seen: list[Service] = []

    listing(asks(), SERVICES, rows(), on_rows=seen.extend)

    assert [service.pk for service in seen] == whole("organisation__name")[:10]


def test_an_empty_list_says_what_to_do(asks: Asks, db: None) -> None:
    text = listing(asks(), SERVICES, rows()).render().content.decode()

    assert "No services yet." in text
    assert "Add the first one." in text
    assert 'href="/add/"' in text


def test_a_list_emptied_by_filters_offers_all(services: list[Service], asks: Asks) -> None:
    nothing = Filter("none", "None", lambda rows: rows.none())
    what = Listing(title="x", columns=SERVICES.columns, empty="e", filters=[nothing])

    text = listing(asks("?show=none"), what, rows()).render().content.decode()

    assert "Show all" in text


@pytest.mark.parametrize("count", [1, 50])
def test_a_list_costs_the_same_with_one_row_and_with_fifty(
    services: list[Service],
    asks: Asks,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    few = rows().filter(pk__in=[service.pk for service in services[:count]])
    request = asks(htmx=True)

    with django_assert_num_queries(1):
        listing(request, SERVICES, few).render()
