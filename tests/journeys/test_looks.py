"""The same pages from right to left and in the dark, on a telephone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from tests.journeys.conftest import NewWindow
from tests.journeys.windows import AT, DESK, PHONE, Window
from tests.plumbing.chromium import Picture
from tumar.protection.models import Case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls("tests.journeys.addresses"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("country"),
]

# How a picture of it is called: nothing is said of what is usual.
SIZES: list[tuple[list[str], dict[str, int]]] = [([], DESK), (["phone"], PHONE)]
IN_THE_DOCUMENTS = {"list", "case", "case-dark", "list-arabic", "case-arabic-phone"}


def a_telling_case() -> Case:
    """An open case of the shelter with a bit of everything on its page."""
    rich = Case.objects.open().filter(
        lead__key="shelter-north", sex="female", age_band__in=("18_20", "21_23", "24_26", "27_29")
    )
    found = rich.filter(due_on__lte=AT.date()).order_by("-risk", "ref").first()
    assert found is not None
    return found


def pages() -> dict[str, str]:
    return {
        "list": "/protection/cases/",
        "case": a_telling_case().get_absolute_url(),
        "screening": "/protection/screenings/new/",
    }


def speak(window: Window, language: str) -> None:
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "url": window.url, "value": language}
    window.page.context.add_cookies([cookie])


@pytest.mark.parametrize(
    ("look", "language", "how"),
    [
        ([], "en", {}),
        (["arabic"], "ar", {}),
        (["dark"], "en", {"color_scheme": "dark"}),
    ],
)
def test_every_page_fits_and_can_be_read(
    new_window: NewWindow, picture: Picture, look: list[str], language: str, how: dict[str, Any]
) -> None:
    for size_name, size in SIZES:
        window = new_window(size=size, **how)
        window.enter("demo-caseworker")
        speak(window, language)
        for name, path in pages().items():
            assert window.visit(path) == 200
            direction = window.page.locator("html").get_attribute("dir")
            assert direction == ("rtl" if language == "ar" else "ltr")
            window.look()
            if (called := "-".join([name, *look, *size_name])) in IN_THE_DOCUMENTS:
                if name == "case":
                    window.stretch()
                picture(window.page, called)


def test_what_is_counted_and_what_is_on_record(new_window: NewWindow, picture: Picture) -> None:
    analyst, officer = new_window(), new_window()
    analyst.enter("demo-analyst")
    assert analyst.visit("/statistics/") == 200
    analyst.look()
    assert "Persons by year" in analyst.said
    analyst.stretch()
    picture(analyst.page, "statistics")

    officer.enter("demo-dpo")
    assert officer.visit("/log/") == 200
    officer.look()
    assert "Opened the page of a case" in officer.said
    picture(officer.page, "log")
