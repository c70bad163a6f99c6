"""The page of import and export, through the browser's requests."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import a_case, a_person, an_answer
from tests.protection.exchange_files import A_ROW, bring_in, csv_of, only_case, rows_of, xlsx_of
from tumar.access.models import Membership
from tumar.people.rules import Name
from tumar.protection.models import Case, ImportBatch

pytestmark = pytest.mark.django_db

PAGE, IMPORT, EXPORT = (
    reverse(f"protection:{name}") for name in ("exchange", "import-cases", "export-cases")
)


def upload(browser: Client, content: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("cases.csv", content)
    return browser.post(IMPORT, {"file": file, "keep": "none", **fields})


def test_a_file_is_taken_in_and_the_new_cases_are_shown(
    browser: Client, caseworker: Membership
) -> None:
    answer = upload(browser, csv_of(A_ROW))

    case = only_case(caseworker)
    page = browser.get(answer["Location"]).content.decode()
    assert "1 rows read: 1 added" in page
    assert case.get_absolute_url() in page
    assert case.ref.upper() in page
    assert "Гүлнара" not in page


def test_bad_rows_are_shown_by_row_column_and_reason_only(browser: Client) -> None:
    answer = upload(browser, csv_of({**A_ROW, "prs_Gender": "KANARIE"}))

    page = browser.get(answer["Location"]).content.decode()
    assert "Nothing was kept: 1 of 1 rows are bad." in page
    assert "prs_Gender" in page
    assert "Not one of the words HTCDS 2.0 has for this column." in page
    assert "KANARIE" not in page
    assert not Case.objects.exists()


def test_a_refused_upload_keeps_what_was_chosen_and_says_what_to_do(browser: Client) -> None:
    answer = upload(browser, b"\xff\xfe\x00", keep="good", ignore_unknown="on")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Save it again as “CSV UTF-8”" in page
    chosen = set(re.findall(r'<input[^>]*name="(\w+)"[^>]*\bchecked', page))
    assert {"keep", "ignore_unknown"} <= chosen
    assert re.search(r'<input[^>]*value="good"[^>]*\bchecked', page)
    assert not ImportBatch.objects.exists()


def test_hostile_headings_are_neither_run_nor_repeated(browser: Client) -> None:
    heading = "<script>alert(1)</script>"

    page = upload(browser, csv_of({**A_ROW, heading: "x"})).content.decode()

    assert "not in HTCDS 2.0: P." in page
    assert "alert(1)" not in page


def test_a_file_above_ten_megabytes_is_refused_in_words(browser: Client) -> None:
    page = upload(browser, b"prs_FirstName\n" + b"x" * (11 * 1024 * 1024)).content.decode()

    assert "The file is larger than 10 MB. Divide it into several." in page


def test_more_rows_than_a_page_has_time_for_are_refused_in_words(browser: Client) -> None:
    page = upload(browser, b"prs_FirstName\n" + b"a\n" * 1001).content.decode()

    assert "more than 1,000 rows" in page
    assert not ImportBatch.objects.exists()


def test_no_upload_touches_the_disk(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def touched(*_args: object, **_how: object) -> None:
        raise AssertionError("an upload was put on the disk")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", touched)
    long = {**A_ROW, "cco_CaseComment": "x" * 9000}
    rows = [{**long, "prs_FirstName": f"N{number}", "prs_Gender": "?"} for number in range(400)]

    answer = upload(browser, csv_of(*rows))

    assert answer.status_code == 302
    assert ImportBatch.objects.get().rows_refused == 400


def test_an_upload_needs_the_token_of_the_page(caseworker: Membership) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(caseworker.user)

    assert upload(strict, csv_of(A_ROW)).status_code == 403
    assert not Case.objects.exists()

    strict.get(PAGE)
    name = next(name for name in strict.cookies if name.endswith("csrf"))
    token = strict.cookies[name].value
    assert upload(strict, csv_of(A_ROW), csrfmiddlewaretoken=token).status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_cases_are_downloaded_and_the_next_page_says_how_many(
    browser: Client, case: Case, kind: str
) -> None:
    answer = browser.post(EXPORT, {"purpose": "donor_reporting", "kind": kind})

    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert rows_of(answer.content)[0]["prs_FirstName"] == ""
    assert "1 case written. No identities." in browser.get(PAGE).content.decode()


def test_without_a_reason_nothing_is_written(browser: Client, case: Case) -> None:
    answer = browser.post(
        EXPORT, {"kind": "csv", "purpose": "", "since": "2025-02-01", "until": "2025-01-01"}
    )

    page = answer.content.decode()
    assert answer["Content-Type"].startswith("text/html")
    assert "This day lies before the first" in page
    assert 'value="2025-02-01"' in page


def test_a_supervisor_is_asked_about_identities_and_a_case_worker_is_not(
    browser: Client, supervisor: Membership
) -> None:
    person = a_person(supervisor, names=(Name("Жамиля"),))
    an_answer(supervisor, person, None, purpose="international_sharing")
    a_case(supervisor, person=person)
    wish = {"purpose": "referral", "kind": "csv", "with_identity": "on"}

    assert "with_identity" not in browser.get(PAGE).content.decode()
    assert rows_of(browser.post(EXPORT, wish).content)[0]["prs_FirstName"] == ""

    browser.force_login(supervisor.user)
    assert "with_identity" in browser.get(PAGE).content.decode()
    assert rows_of(browser.post(EXPORT, wish).content)[0]["prs_FirstName"] == "Жамиля"


def test_an_outsider_does_not_find_anothers_import(
    client: Client, caseworker: Membership, outsider: Membership
) -> None:
    batch = bring_in(caseworker, csv_of(A_ROW)).batch
    client.force_login(outsider.user)

    assert client.get(batch.get_absolute_url()).status_code == 404
    assert batch.get_absolute_url() not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("member", ["screener", "coordinator"])
def test_other_roles_find_the_door_closed(
    client: Client, member: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(member).user)

    assert client.get(PAGE).status_code == 403
    assert client.post(EXPORT, {"purpose": "referral", "kind": "csv"}).status_code == 403
    assert upload(client, xlsx_of(A_ROW)).status_code == 403


def test_the_list_htmx_asks_for_is_the_one_on_the_page(
    browser: Client, caseworker: Membership
) -> None:
    bring_in(caseworker, csv_of(A_ROW))

    part = browser.get(PAGE, headers={"HX-Request": "true"}).content.decode()

    assert "".join(part.split()) in "".join(browser.get(PAGE).content.decode().split())


def test_the_page_costs_the_same_with_one_import_and_with_twenty(
    browser: Client, caseworker: Membership, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        bring_in(caseworker, csv_of({**A_ROW, "prs_FirstName": f"N{number}"}))

    with django_assert_max_num_queries(10):
        browser.get(PAGE)
    with django_assert_max_num_queries(10):
        browser.get(ImportBatch.objects.latest("pk").get_absolute_url())
