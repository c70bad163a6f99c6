"""When something goes wrong: a sentence and a number, the same number in the log, nothing else."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from tumar.site.views import errors

INSIDE = ("Traceback", "django", "Django", "tumar/", ".py", "settings", "sqlite", "psycopg")
SECRET = "Айнура Токтосунова"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_it(*_args: Any, **_more: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr("tumar.site.views.home.sections_for", break_it)


def test_our_own_mistake_shows_a_number_that_is_in_the_log(
    browser: Client, broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    browser.raise_request_exception = False

    answer = browser.get("/")

    page = answer.content.decode()
    reference = answer.content.decode().split('<b class="number">')[1].split("</b>")[0]
    assert answer.status_code == 500
    assert len(reference) == 8
    assert any(reference in record.getMessage() for record in caplog.records)
    assert not [word for word in (*INSIDE, SECRET) if word in page]


def test_the_line_in_the_log_does_not_repeat_what_was_refused(
    browser: Client, broken: None, caplog: pytest.LogCaptureFixture
) -> None:
    from tumar.site.logs import OneLine

    browser.raise_request_exception = False
    browser.get("/")

    lines = [OneLine().format(record) for record in caplog.records]
    assert any("RuntimeError" in line for line in lines)
    assert not any(SECRET in line for line in lines)


@pytest.mark.parametrize(
    ("handler", "status"), [("bad_request", 400), ("forbidden", 403), ("not_found", 404)]
)
def test_a_refusal_has_a_number_and_nothing_of_the_inside(
    handler: str, status: int, rf: RequestFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    answer = getattr(errors, handler)(rf.get("/"), SuspiciousOperation())

    page = answer.content.decode()
    reference = page.split('<b class="number">')[1].split("</b>")[0]
    assert answer.status_code == status
    assert any(reference in record.getMessage() for record in caplog.records)
    assert not [word for word in INSIDE if word in page.split("<body")[1]]


def test_a_refusal_says_why_in_words_for_the_reader(browser: Client) -> None:
    answer = browser.get("/users/")

    assert "Your role does not open this page." in answer.content.decode()


def test_a_wrong_host_gets_no_page_of_ours(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_form_without_its_mark_is_refused_and_saves_nothing(caseworker: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(caseworker.user)

    answer = client.post("/account/tokens/", {"label": "x"})

    assert answer.status_code == 403
    assert "grown old" in answer.content.decode()


def test_an_error_page_that_breaks_itself_still_answers(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(*_args: Any, **_more: Any) -> str:
        raise RuntimeError

    monkeypatch.setattr(errors, "render_to_string", break_it)

    answer = errors.not_found(rf.get("/"), Exception())

    assert answer.status_code == 404
    assert b"This did not work." in answer.content


def test_methods_that_no_page_knows_are_refused(browser: Client) -> None:
    assert {browser.generic(method, "/").status_code for method in ("PUT", "DELETE")} == {405}
