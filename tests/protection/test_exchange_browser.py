"""The page of import and export in a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from tests.protection.exchange_files import A_ROW, csv_of, xlsx_of
from tumar.access.models import Membership

Windows = Callable[..., BrowserContext]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def opened(live_server: Any, new_context: Windows, supervisor: Membership) -> Callable[..., Page]:
    """A window of a supervisor who has signed in, on the page of import and export."""

    def open_one(*, language: str = "en", **arguments: Any) -> Page:
        client = Client()
        client.force_login(supervisor.user)
        context = new_context(**arguments)
        sign = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
        words = {"name": settings.LANGUAGE_COOKIE_NAME, "url": live_server.url}
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{**sign, "value": session}, {**words, "value": language}])
        page = context.new_page()
        page.goto(live_server.url + reverse("protection:exchange"))
        return page

    return open_one


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 360])
def test_a_file_goes_in_and_comes_out(
    opened: Callable[..., Page], axe: Axe, tmp_path: Path, width: int, scheme: str
) -> None:
    page = opened(viewport={"width": width, "height": 900}, color_scheme=scheme)
    bad, good = tmp_path / "bad.csv", tmp_path / "good.xlsx"
    bad.write_bytes(csv_of({**A_ROW, "prs_Gender": "?"}, A_ROW))
    good.write_bytes(xlsx_of(A_ROW))
    assert axe(page) == []

    page.get_by_label("File", exact=True).set_input_files(bad)
    page.get_by_role("button", name="Check and import").click()
    expect(page.get_by_text("Nothing was kept: 1 of 2 rows are bad.")).to_be_visible()
    assert axe(page) == []

    page.goto(page.url.split("/imports/")[0] + "/")
    page.get_by_label("File", exact=True).set_input_files(good)
    page.get_by_role("button", name="Check and import").click()
    expect(page.get_by_text("1 rows read: 1 added")).to_be_visible()
    assert axe(page) == []

    page.goto(page.url.split("/imports/")[0] + "/")
    page.get_by_label("What it is for").select_option("referral")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.django_db(transaction=True)
def test_nothing_overflows_from_right_to_left_on_a_phone(opened: Callable[..., Page]) -> None:
    page = opened(language="ar", viewport={"width": 360, "height": 740})

    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
