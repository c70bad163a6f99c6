"""T52 and R10: error pages give a sentence and a number, and nothing of the inside; an address
nobody has decided about is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, clear_url_caches, path

from tests.security.visiting import program, signed_in
from tests.security.world import Story, a_token
from tumar.access.doors import open_to_signed_in, open_to_strangers
from tumar.access.models import Membership
from tumar.site import urls as house

REFERENCE = re.compile(r"\b[0-9a-f]{8}\b")
SECRET = "Жылдызбүбү-QX7391846"  # in the words of an error, where it must stay
INSIDE = re.compile(
    r"traceback|django|python|tumar\.\w|site-packages|/work/|/usr/|/root/|/home/|\.py\b|sqlite|"
    r"postgres|psycopg|select |line \d+|exception|\w+Error\b|granian|version \d|\bninja\b|pydantic|"
    r"settings|does ?not ?exist|csrf token from|<form[^>]+traceback|" + SECRET,
    re.IGNORECASE,
)
handler400, handler403, handler404, handler500 = (
    house.handler400, house.handler403, house.handler404, house.handler500,
)  # fmt: skip


@open_to_strangers
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


@open_to_signed_in
def broken_inside(request: HttpRequest) -> HttpResponse:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error
    return HttpResponse()


def undecided(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SECRET)


urlpatterns: list[URLPattern | URLResolver] = [
    path("broken/", broken, name="broken"),
    path("broken/inside/", broken_inside, name="broken-inside"),
    path("undecided/", undecided, name="undecided"),
    *house.urlpatterns,
]


@pytest.fixture
def spoiled() -> Iterator[None]:
    """The house with three addresses it should not have."""
    with override_settings(ROOT_URLCONF=__name__):
        clear_url_caches()
        yield
    clear_url_caches()


def says_nothing(response: Any) -> None:
    """No inside in text or headers; a reference number where it is our page."""
    text = response.content.decode()
    # Links to our own pages are no secret: only what a reader reads and the comments count.
    shown = re.sub(r'(?:href|src|action|content|value|data-\w+)="[^"]*"', "", text)
    assert not (found := INSIDE.search(shown)), found
    assert "Server" not in response.headers
    assert "X-Powered-By" not in response.headers
    assert not [n for n, value in response.headers.items() if SECRET in value]


def test_debugging_is_off() -> None:
    assert settings.DEBUG is False


@pytest.mark.usefixtures("spoiled")
@pytest.mark.parametrize("who", ["", "worker", "administrator"])
def test_every_error_says_a_sentence_and_a_number(who: str, by: dict[str, Membership]) -> None:
    client = signed_in(by[who]) if who else Client(raise_request_exception=False)
    asked = {
        "/no/such/place/": 404,
        "/protection/cases/kg-25-zzzzz/": 404 if who == "worker" else 403 if who else 302,
        "/broken/": 500,
        "/broken/inside/": 500 if who else 302,
        "/undecided/": 403,
        "/%ff%fe": 404,
        "/welcome/none/": 410,
    }

    for address, status in asked.items():
        answer = client.get(address)
        assert answer.status_code == status, address
        says_nothing(answer)
        if status in {403, 404, 500}:
            assert REFERENCE.search(answer.content.decode()), address


@pytest.mark.usefixtures("spoiled")
def test_an_error_inside_a_view_is_logged_without_its_words(
    by: dict[str, Membership], caplog: pytest.LogCaptureFixture
) -> None:
    from tumar.site.logs import OneLine

    answer = signed_in(by["worker"]).get("/broken/inside/")

    written = [OneLine().format(record) for record in caplog.records]
    number = REFERENCE.search(answer.content.decode())
    assert number
    assert any(number[0] in line and "KeyError" in line for line in written)
    assert not any(SECRET in line for line in written)


def test_what_cannot_be_read_is_a_bad_request(by: dict[str, Membership]) -> None:
    client = signed_in(by["worker"])
    answers = [
        client.get("/", headers={"host": "evil.invalid"}),
        client.post("/search/", {f"f{n}": "x" for n in range(2100)}),
        client.post("/search/", b"x" * 3_000_000, content_type="application/x-www-form-urlencoded"),
    ]

    for answer in answers:
        assert answer.status_code in {400, 413}
        says_nothing(answer)


def test_a_form_without_its_token_is_refused_in_words(by: dict[str, Membership]) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(by["worker"].user)

    answer = client.post("/search/", {"text": "x"})

    assert answer.status_code == 403
    says_nothing(answer)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_another_method_is_not_allowed_and_says_no_more(
    method: str, by: dict[str, Membership], story: Story
) -> None:
    client = signed_in(by["worker"])
    for address in ("/", "/search/", story.case.get_absolute_url(), "/leave/"):
        answer = getattr(client, method)(address)
        assert answer.status_code in {403, 405}, address
        says_nothing(answer)


def test_problems_of_the_api_say_no_more(by: dict[str, Membership], story: Story) -> None:
    api = program(a_token(by["worker"]))
    path_of_case = f"/api/v1/cases/{story.case.ref}"
    answers = [
        Client().get(path_of_case),
        api.get("/api/v1/cases/none"),
        api.post(f"{path_of_case}/notes", b"{", content_type="application/json"),
        api.post(f"{path_of_case}/notes", {"text": SECRET}, content_type="application/json"),
        api.post(f"{path_of_case}/tasks", {"text": [SECRET]}, content_type="application/json"),
    ]

    assert [answer.status_code for answer in answers] == [401, 404, 400, 422, 422]
    for answer in answers:
        says_nothing(answer)
        assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "address",
    [
        "/static/%2e%2e/settings.py", "/static/../manage.py", "/manage.py", "/.git/config",
        "/tumar.sqlite3", "/var/keys/", "/static/ui/js/leave.js.map", "/static/", "/server-status",
        "/admin/", "/__debug__/", "/api/v1/docs",
    ],
)  # fmt: skip
def test_nothing_of_the_house_itself_is_served(address: str, db: None) -> None:
    answer = Client(raise_request_exception=False).get(address)

    assert answer.status_code in {301, 302, 400, 403, 404}
    says_nothing(answer)


def test_no_source_maps_and_no_comments_from_the_workshop_are_shipped() -> None:
    static = Path(house.__file__).parents[1] / "ui" / "static"
    scripts = [file for file in static.rglob("*") if file.suffix in {".js", ".css"}]

    assert scripts
    assert [f.name for f in static.rglob("*.map")] == []
    assert [f.name for f in scripts if "sourceMappingURL" in f.read_text()] == []


@pytest.mark.usefixtures("spoiled")
def test_an_address_without_a_door_is_refused_to_everybody(by: dict[str, Membership]) -> None:
    for who in ("worker", "chief", "administrator", "dpo", "coordinator"):
        for method in ("get", "post", "put"):
            answer = getattr(signed_in(by[who]), method)("/undecided/")
            assert answer.status_code == 403
            assert SECRET not in answer.content.decode()
    assert Client().get("/undecided/").status_code == 403


@pytest.mark.usefixtures("spoiled")
def test_an_address_without_a_door_stops_the_start() -> None:
    found = [problem for problem in run_checks(tags=["urls"]) if problem.id == "tumar.E001"]

    assert ["undecided/" in problem.msg for problem in found] == [True]


def test_the_server_does_not_put_its_own_name_on_answers(db: None) -> None:
    """A server adds its name where the application has written none."""
    from tumar.site.wsgi import application

    sent: list[tuple[str, str]] = []
    environ = RequestFactory().get("/accounts/login/").environ

    list(application(environ, lambda _status, headers, *_more: sent.extend(headers)))

    assert [value for name, value in sent if name.lower() == "server"] == ["web"]
