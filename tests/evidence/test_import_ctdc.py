"""Anonymous records go in once, all of a file or none, and name no one."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from django.db import transaction

from tests.evidence.factories import a_file, a_row, take_in
from tests.factories import THEN, MembershipFactory, actor_of
from tumar.access import SYSTEM, NotAllowed, Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.evidence.commands import intake
from tumar.evidence.exchange import NotReadable, export_ctdc, import_ctdc
from tumar.evidence.models import Batch, Record, Release, Tally
from tumar.evidence.rules.layouts import layouts
from tumar.protection.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("layout", ["ctdc63", "ctdc37", "ctdc27"])
def test_a_file_of_each_layout_becomes_anonymous_records(layout: str) -> None:
    report = take_in([a_row(layout), a_row(layout, yearOfRegistration="2017")], layout)

    assert (report.batch.layout, report.batch.rows_added) == (layout, 2)
    assert Record.objects.count() == 2


def test_a_record_holds_the_codes_of_the_house() -> None:
    take_in([a_row()])

    record = Record.objects.get()
    assert (record.year, record.sex, record.age_band) == (2019, "female", "18_20")
    assert (record.citizenship, record.exploited_in) == ("KGZ", "RUS")
    assert (record.forced_labour, record.sexual, record.other) == (True, False, None)
    assert record.rest["majorityStatus"] == "Adult"


def test_forced_marriage_counts_among_other_forms() -> None:
    take_in([a_row(isOtherExploit="0", isForcedMarriage="1")])

    assert Record.objects.get().other is True


def test_imported_records_never_become_cases() -> None:
    take_in([a_row()] * 3)

    assert not Case.objects.exists()


def test_equal_rows_of_one_file_are_different_people_and_all_stay() -> None:
    report = take_in([a_row()] * 3)

    assert report.batch.rows_added == 3
    assert sorted(Record.objects.values_list("occurrence", flat=True)) == [1, 2, 3]


def test_the_same_file_twice_adds_nothing() -> None:
    rows = [a_row(), a_row(), a_row(gender="Male")]
    take_in(rows)
    before = list(Tally.objects.order_by("pk").values_list("people", flat=True))

    again = take_in(rows)

    assert (again.batch.rows_added, again.batch.rows_there) == (0, 3)
    assert Record.objects.count() == 3
    assert list(Tally.objects.order_by("pk").values_list("people", flat=True)) == before


def test_a_larger_file_adds_only_its_new_rows() -> None:
    take_in([a_row(), a_row()])

    more = take_in([a_row(gender="Male"), a_row(), a_row(), a_row()])

    assert (more.batch.rows_added, more.batch.rows_there) == (2, 2)
    assert Record.objects.filter(sex="female").count() == 3


def test_equal_rows_written_differently_are_still_the_same() -> None:
    take_in([a_row(ageBroad="9--17", citizenship="KG", isOtherExploit="")])

    again = take_in([a_row(ageBroad="09--17", citizenship="KGZ", isOtherExploit="-99")])

    assert again.batch.rows_added == 0


def test_rows_are_the_same_across_pieces_of_a_large_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "CHUNK", 2)

    first = take_in([a_row()] * 5)
    again = take_in([a_row()] * 6)

    assert (first.batch.rows_added, again.batch.rows_added) == (5, 1)


def test_order_byte_order_mark_line_ends_quotes_and_semicolons_do_not_matter() -> None:
    take_in([a_row()])
    names = list(layouts()["ctdc63"].names)[::-1]
    file = a_file([a_row()], names=names, delimiter=";", newline="\r\n", encoding="utf-8-sig")

    report = import_ctdc(actor=SYSTEM, path_or_file=file, keep="none", at=THEN)

    assert report.batch.rows_there == 1


def test_a_packed_file_is_read_from_its_path(tmp_path: Path) -> None:
    path = tmp_path / "records.csv.gz"
    path.write_bytes(gzip.compress(a_file([a_row()]).getvalue()))

    report = import_ctdc(actor=SYSTEM, path_or_file=path, keep="none", at=THEN)

    assert report.batch.rows_added == 1


def test_bad_rows_come_back_with_row_column_and_reason() -> None:
    report = take_in([a_row(), a_row(gender="?", ageBroad="old"), a_row()], keep="good")

    told = [(wrong.row, wrong.column, wrong.reason) for wrong in report.refusals]
    assert told == [(3, "gender", "gender"), (3, "ageBroad", "age")]
    assert (report.batch.rows_added, report.batch.rows_refused) == (2, 1)


def test_with_keep_none_one_bad_row_keeps_everything_out() -> None:
    report = take_in([a_row(), a_row(citizenship="??")], keep="none")

    assert (report.batch.rows_added, report.batch.rows_refused) == (0, 1)
    assert not Record.objects.exists()
    assert not Release.objects.exists()
    assert str(report) == "Nothing was kept: 1 of 2 rows are bad."


def test_what_stood_in_a_bad_cell_is_kept_nowhere() -> None:
    report = take_in([a_row(meansOfControlConcatenated="Threats;Aigul Asanova")], keep="good")

    assert "Aigul" not in str(Batch.objects.values()) + str(Line.objects.values()) + str(report)


def test_a_row_with_too_few_cells_and_one_with_broken_quotes_are_refused() -> None:
    content = a_file([a_row()]).getvalue() + b'2019,Hotline\n"2019"x,Hotline\n'

    report = import_ctdc(actor=SYSTEM, path_or_file=io.BytesIO(content), keep="good", at=THEN)

    assert [wrong.reason for wrong in report.refusals] == ["cells", "csv"]
    assert report.batch.rows_added == 1


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"\x00\x01\x02", b"\n\n", b"\xef\xbb\xbf"])
def test_something_else_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NotReadable) as refused:
        import_ctdc(actor=SYSTEM, path_or_file=io.BytesIO(content), keep="good", at=THEN)

    assert str(refused.value).endswith(".")
    assert not Batch.objects.exists()


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(NotReadable, match="no rows"):
        take_in([])


class Crash(RuntimeError):
    pass


def test_a_crash_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "CHUNK", 1)

    def crash(done: int, total: int | None) -> None:
        raise Crash

    with pytest.raises(Crash), transaction.atomic():
        import_ctdc(
            actor=SYSTEM, path_or_file=a_file([a_row()] * 3), keep="none", at=THEN, progress=crash
        )

    assert not Record.objects.exists()
    assert not Batch.objects.exists()
    assert not Line.objects.filter(event="evidence.batch.import").exists()


def test_two_imports_of_the_same_rows_at_once_add_them_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take_in([a_row()])
    monkeypatch.setattr(intake, "_occurrences", lambda keys: dict.fromkeys(keys, 0))

    with pytest.raises(intake.ImportedMeanwhile), transaction.atomic():
        take_in([a_row()])

    assert Record.objects.count() == Batch.objects.count() == 1


def test_an_import_leaves_one_line_that_counts() -> None:
    report = take_in([a_row()] * 2)

    line = Line.objects.get(event="evidence.batch.import")
    assert line.facts == {"batch": report.batch.pk, "layout": "ctdc63", "read": 2, "added": 2}


def test_progress_ends_with_all_rows() -> None:
    told: list[tuple[int, int | None]] = []

    import_ctdc(
        actor=SYSTEM, path_or_file=a_file([a_row()] * 3), keep="none", at=THEN,
        progress=lambda done, total: told.append((done, total)),
    )  # fmt: skip

    assert told[-1] == (3, 3)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COORDINATOR])
def test_analysts_and_coordinators_may_import(role: Role) -> None:
    actor = actor_of(MembershipFactory.create(role=role))

    assert take_in([a_row()], actor=actor).batch.rows_added == 1


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ANALYST, Role.COORDINATOR}))
def test_nobody_else_may_import_and_the_attempt_is_told(role: Role) -> None:
    actor = actor_of(MembershipFactory.create(role=role))

    with pytest.raises(NotAllowed):
        take_in([a_row()], actor=actor)

    assert not Record.objects.exists()
    assert Line.objects.filter(kind="denial", event="evidence.batch.import").count() == 1


def test_an_outsider_knows_of_no_import(outsider: Membership) -> None:
    take_in([a_row()])
    charlie = actor_of(outsider)

    for model in (Batch, Record, Tally):
        assert not model.objects.visible_to(charlie).exists()


@pytest.mark.parametrize("layout", ["ctdc63", "ctdc37", "ctdc27"])
def test_records_written_out_and_read_again_add_nothing(layout: str) -> None:
    rows = [a_row(layout), a_row(layout), a_row(layout, citizenship="")]
    take_in(rows, layout)
    text = io.StringIO()

    written = export_ctdc(Record.objects.all(), layouts()[layout], text)

    assert written == 3
    assert list(csv.DictReader(io.StringIO(text.getvalue()))) == rows
    again = import_ctdc(
        actor=SYSTEM, path_or_file=io.BytesIO(text.getvalue().encode()), keep="none", at=THEN
    )
    assert (again.batch.rows_added, again.batch.rows_there) == (0, 3)
