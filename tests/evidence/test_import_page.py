"""Uploading a file, and reading what became of it."""

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.evidence.factories import a_file, a_row, take_in
from tests.factories import MembershipFactory
from tumar.access import Role
from tumar.evidence import forms
from tumar.evidence.models import Batch, Record

PAGE = "evidence:import"


@pytest.fixture
def desk(db: None, client: Client) -> Client:
    client.force_login(MembershipFactory.create(role=Role.COORDINATOR).user)
    return client


def upload(desk: Client, content: bytes, **fields: str) -> HttpResponse:
    file = SimpleUploadedFile("records.csv", content, "text/csv")
    return desk.post(reverse(PAGE), {"file": file, "keep": "none", **fields}, follow=True)


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_upload_is_imported_and_told(desk: Client) -> None:
    answer = upload(desk, gzip.compress(a_file([a_row()] * 2).getvalue()), title="Hotline archive")

    assert "2 rows read: 2 added, 0 there already, 0 refused." in text_of(answer)
    assert Batch.objects.get().title == "Hotline archive"


def test_bad_rows_are_shown_and_can_be_downloaded(desk: Client) -> None:
    answer = upload(desk, a_file([a_row(), a_row(ageBroad="old")]).getvalue(), keep="good")

    page = text_of(answer)
    assert "ageBroad" in page
    assert "Not one of the age bands" in page
    file = desk.get(reverse("evidence:bad_rows", args=[Batch.objects.get().pk]))
    assert '3,ageBroad,"Not one of the age bands' in file.content.decode("utf-8-sig")
    assert "old" not in file.content.decode()


def test_a_file_that_cannot_be_read_is_refused_in_the_form(desk: Client) -> None:
    answer = upload(desk, b"PK\x03\x04", title="Hotline archive")

    page = text_of(answer)
    assert "This is a ZIP or Excel file" in page
    assert 'value="Hotline archive"' in page
    assert not Batch.objects.exists()


def test_no_file_is_asked_for_again(desk: Client) -> None:
    assert "Please fill this in" in text_of(desk.post(reverse(PAGE), {"keep": "none"}))


def test_a_file_too_large_for_the_page_is_refused(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 10)

    assert "larger than 100 MB" in text_of(upload(desk, a_file([a_row()]).getvalue()))


def test_an_unknown_choice_is_refused(desk: Client) -> None:
    upload(desk, a_file([a_row()]).getvalue(), keep="everything")

    assert not Record.objects.exists()


def test_the_history_lists_imports(desk: Client) -> None:
    take_in([a_row()])

    page = text_of(desk.get(reverse(PAGE)))

    assert reverse("evidence:batch", args=[Batch.objects.get().pk]) in page
    assert "1 Mar 2025, 09:00" in page
    assert "Lines(" not in page


def test_an_import_that_is_not_there_is_not_found(desk: Client) -> None:
    assert desk.get(reverse("evidence:batch", args=[99])).status_code == 404


@pytest.mark.parametrize("role", sorted({*Role} - {Role.ANALYST, Role.COORDINATOR}))
def test_the_pages_open_to_nobody_else(db: None, client: Client, role: Role) -> None:
    batch = take_in([a_row()]).batch
    client.force_login(MembershipFactory.create(role=role).user)

    for url in (
        reverse(PAGE),
        reverse("evidence:batch", args=[batch.pk]),
        reverse("evidence:bad_rows", args=[batch.pk]),
    ):
        assert client.get(url).status_code == 403
