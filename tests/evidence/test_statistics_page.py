"""The page of statistics and its downloads: one truth, nothing small, no formulas."""

import csv
import io
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.evidence.factories import a_decided_case, a_file, a_row, take_in
from tests.factories import LATER, THEN, MembershipFactory, actor_of
from tumar.access import SYSTEM, NotAllowed, Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.evidence.commands import rebuild_case_tallies
from tumar.evidence.exchange import export_statistics, import_ctdc
from tumar.evidence.exchange.statistics import HEADER, NothingCounted, plain_text
from tumar.evidence.models import Counting
from tumar.evidence.queries import Filters, statistics

PAGE = "evidence:statistics"


def some_people() -> list[dict[str, str]]:
    """61 people: 41 women, 17 men and 3 others; among them 3 Namibians and 4 from Chad."""
    people = [a_row()] * 30 + [a_row(yearOfRegistration="2018")] * 11
    people += [a_row(gender="Male", isSexualExploit="1")] * 17
    people += [a_row(gender="Transgender/NonConforming", citizenship="NA")] * 3
    return people + [a_row(citizenship="TD")] * 4


@pytest.fixture
def analyst(db: None) -> Membership:
    return MembershipFactory.create(role=Role.ANALYST)


@pytest.fixture
def desk(analyst: Membership, client: Client) -> Client:
    client.force_login(analyst.user)
    return client


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def rows_of(content: bytes) -> list[dict[str, str]]:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    start = lines.index(list(HEADER))
    return [dict(zip(HEADER, line, strict=True)) for line in lines[start + 1 :]]


def test_without_anything_counted_the_page_says_what_to_do(desk: Client) -> None:
    page = text_of(desk.get(reverse(PAGE)))

    assert "Nothing has been counted yet" in page
    assert reverse("evidence:import") in page


def test_the_page_shows_the_total_with_its_rule_and_source(desk: Client) -> None:
    take_in(some_people())

    page = text_of(desk.get(reverse(PAGE)))

    assert ">65<" in page
    assert "Each imported record is counted as one person" in page
    assert "CTDC global, k-anonymised, 2021" in page
    assert "Counts under 5 are not shown" in page


@pytest.mark.parametrize("role", sorted(Role))
def test_everybody_signed_in_reads_the_statistics(db: None, client: Client, role: Role) -> None:
    take_in(some_people())
    client.force_login(MembershipFactory.create(role=role).user)

    assert ">65<" in text_of(client.get(reverse(PAGE)))


def test_strangers_are_sent_to_the_door(db: None, client: Client) -> None:
    for name in (PAGE, "evidence:import"):
        assert client.get(reverse(name)).status_code == 302


def small_numbers(page: str) -> list[str]:
    """Whole numbers from 0 to 4 that stand as words, in cells or in drawings."""
    return re.findall(r">\s*([0-4])\s*<", page)


def test_no_small_number_is_on_the_page(desk: Client) -> None:
    take_in(some_people())

    for query in ("", "?since=2018&until=2018", "?since=2019", "?until=2018"):
        page = text_of(desk.get(reverse(PAGE) + query))
        drawn = re.sub(r'<text[^>]*class="soft-text"[^>]*text-anchor="end".*?</text>', "", page)
        figures = re.sub(r'<option.*?</option>|<text[^>]*dx="-8".*?</text>', "", drawn)
        assert small_numbers(figures) == []
        assert "Namibia" not in query


def test_a_small_count_is_marked_and_hatched(desk: Client) -> None:
    take_in(some_people())

    page = text_of(desk.get(reverse(PAGE)))

    assert "&lt;5" in page
    assert 'class="withheld"' in page


def test_no_small_number_is_in_the_downloads(desk: Client) -> None:
    take_in(some_people())

    rows = rows_of(desk.get(reverse("evidence:download", args=["csv"])).content)
    book = load_workbook(io.BytesIO(desk.get(reverse("evidence:download", args=["xlsx"])).content))

    people = [row["people"] for row in rows]
    assert "<5" in people
    assert not {"0", "1", "2", "3", "4"} & set(people)
    numbers = [c.value for row in book.worksheets[0].iter_rows() for c in row]
    assert not {0, 1, 2, 3, 4} & {value for value in numbers if isinstance(value, int)}


def test_page_csv_and_xlsx_tell_the_same(desk: Client) -> None:
    take_in(some_people())

    found = statistics(Filters(), LATER)
    rows = rows_of(desk.get(reverse("evidence:download", args=["csv"])).content)
    book = load_workbook(io.BytesIO(desk.get(reverse("evidence:download", args=["xlsx"])).content))

    assert found is not None
    told = {(row["table"], row["code"]): row["people"] for row in rows}
    for table in found.tables:
        for line in table.lines:
            written = "" if line.amount == "hidden" else str(line.amount)
            assert told[table.key, line.code] == written
    sheet = [[str(c.value or "") for c in row] for row in book.worksheets[0].iter_rows(min_row=2)]
    assert sheet == [list(row.values()) for row in rows]


def test_the_download_carries_what_is_needed_to_read_it(desk: Client) -> None:
    take_in(some_people())

    content = desk.get(reverse("evidence:download", args=["csv"])).content.decode("utf-8-sig")

    for name in ("# Source", "# Years", "# Counting rule", "# Suppression", "# Extracted"):
        assert name in content


def test_a_download_follows_the_filters(desk: Client) -> None:
    take_in(some_people())

    url = reverse("evidence:download", args=["csv"]) + "?since=2018&until=2018"
    rows = rows_of(desk.get(url).content)

    assert rows[0]["people"] == "11"


def test_each_download_leaves_a_line(desk: Client, analyst: Membership) -> None:
    take_in(some_people())
    desk.get(reverse("evidence:download", args=["xlsx"]))

    line = Line.objects.get(event="evidence.statistics.export")
    assert (line.kind, line.user_id, line.facts["kind"]) == ("look", analyst.user_id, "xlsx")


def test_case_workers_read_but_do_not_download(browser: Client) -> None:
    take_in(some_people())

    assert browser.get(reverse("evidence:download", args=["csv"])).status_code == 403
    assert reverse("evidence:download", args=["csv"]) not in text_of(browser.get(reverse(PAGE)))


@pytest.mark.django_db
def test_the_rule_stands_behind_the_door_too(outsider: Membership) -> None:
    take_in(some_people())

    with pytest.raises(NotAllowed):
        export_statistics(actor=actor_of(outsider), path_or_file=io.BytesIO(), at=THEN)


@pytest.mark.django_db
def test_nothing_counted_is_a_sentence_not_an_empty_file() -> None:
    with pytest.raises(NothingCounted):
        export_statistics(actor=SYSTEM, path_or_file=io.BytesIO(), at=THEN)


def test_an_unknown_kind_of_file_is_not_found(desk: Client) -> None:
    assert desk.get(reverse("evidence:download", args=["exe"])).status_code == 404


def test_our_cases_and_imported_records_are_never_added_up(
    desk: Client, caseworker: Membership
) -> None:
    take_in(some_people())
    for _ in range(6):
        a_decided_case(caseworker, sex="female")
    rebuild_case_tallies(actor=SYSTEM, at=LATER)

    page = text_of(desk.get(reverse(PAGE)))

    assert "Our cases · 6" in page
    assert "Imported records · 65" in page
    assert statistics(Filters("cases"), LATER).total == 6
    assert statistics(Filters("imported"), LATER).total == 65


def test_nonsense_in_the_address_counts_as_not_asked(desk: Client) -> None:
    take_in(some_people())

    for query in ("?source=secret", "?since=x", "?since=2031", "?since=2019&until=2018"):
        assert ">65<" in text_of(desk.get(reverse(PAGE) + query))


def test_the_part_for_htmx_is_the_same_as_on_the_page(desk: Client) -> None:
    take_in(some_people())

    whole = text_of(desk.get(reverse(PAGE)))
    part = text_of(desk.get(reverse(PAGE), headers={"HX-Request": "true"}))

    assert part.strip() in whole


def test_the_page_costs_the_same_for_few_and_for_many(desk: Client) -> None:
    take_in(some_people())
    desk.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as few:
        desk.get(reverse(PAGE))
    take_in([a_row(citizenship=land) for land in ("UZ", "TJ", "RU", "KZ") for _ in range(50)])

    with CaptureQueriesContext(connection) as many:
        desk.get(reverse(PAGE))

    assert len(many) == len(few)


def test_an_analyst_has_the_cases_counted(desk: Client) -> None:
    assert desk.post(reverse("evidence:count")).status_code == 302

    assert Counting.objects.get().source == "cases"


def test_looking_at_the_page_counts_nothing(desk: Client) -> None:
    desk.get(reverse(PAGE))

    assert desk.get(reverse("evidence:count")).status_code == 405
    assert not Counting.objects.exists()


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\u200b=1", " =1", "|cmd", "%0A"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text(text: str) -> None:
    assert plain_text(text) == f"'{text}"


def test_numbers_hidden_and_plain_words_stay_as_they_are() -> None:
    for text in ("", "<5", "hidden", "Kyrgyzstan", "48 years or over"):
        assert plain_text(text) == text


def test_a_source_named_like_a_formula_calculates_nowhere(desk: Client) -> None:
    import_ctdc(
        actor=SYSTEM, path_or_file=a_file(some_people()), keep="none", at=THEN,
        title='=HYPERLINK("http://example.org")',
    )  # fmt: skip

    content = desk.get(reverse("evidence:download", args=["csv"])).content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(desk.get(reverse("evidence:download", args=["xlsx"])).content))

    cells = [cell for line in csv.reader(io.StringIO(content)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert {c.data_type for sheet in book for row in sheet.iter_rows() for c in row} <= {"s", "n"}
