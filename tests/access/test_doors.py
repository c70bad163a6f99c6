"""The door: who is let in, as whom, for how long, and what a refusal leaves behind."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, path

from tests.factories import LATER, MembershipFactory
from tumar import audit
from tumar.access import SYSTEM, NotAllowed, Role, sessions
from tumar.access.doors import DoorMiddleware, door_of, open_to
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.site.addresses import Address, every_address_has_a_door


def test_a_stranger_is_sent_to_sign_in_and_back_to_where_they_wanted(client: Client) -> None:
    answer = client.get("/account/")

    assert answer.headers["Location"] == "/accounts/login/?next=/account/"


def test_a_part_of_a_page_asked_after_the_session_ended_loads_the_whole_sign_in_page(
    client: Client, db: None
) -> None:
    answer = client.get("/account/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_a_role_the_door_does_not_name_is_refused_and_that_is_on_record(
    browser: Client, caseworker: Membership
) -> None:
    answer = browser.get("/users/")

    assert answer.status_code == 403
    line = Line.objects.latest("pk")
    assert (line.kind, line.user_id, line.facts) == (
        "denial", caseworker.user_id, {"page": "users", "status": 403},
    )  # fmt: skip


def test_somebody_without_an_organisation_is_told_so(
    browser: Client, caseworker: Membership
) -> None:
    with audit.record(SYSTEM, "factory", on=caseworker, at=LATER):
        caseworker.ended_at = LATER
        caseworker.save()

    answer = browser.get("/")

    assert answer.status_code == 403
    assert "belong to no organisation" in answer.content.decode()


def test_a_disabled_user_is_out_at_the_next_request(
    browser: Client, caseworker: Membership
) -> None:
    caseworker.user.is_active = False
    caseworker.user.save()

    assert browser.get("/").headers["Location"].startswith("/accounts/login/")


def test_one_acts_for_one_organisation_at_a_time(browser: Client, caseworker: Membership) -> None:
    elsewhere = MembershipFactory.create(user=caseworker.user, role=Role.ADMINISTRATOR)
    assert browser.get("/users/").status_code == 403

    browser.post("/account/organisation/", {"organisation": elsewhere.organisation_id})

    assert browser.get("/users/").status_code == 200
    assert browser.get("/protection/cases/").status_code == 403


def test_nobody_acts_for_an_organisation_that_is_not_theirs(
    browser: Client, outsider: Membership
) -> None:
    answer = browser.post("/account/organisation/", {"organisation": outsider.organisation_id})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("key", "ago", "stays"),
    [
        (sessions.SEEN, timedelta(minutes=14), True),
        (sessions.SEEN, timedelta(minutes=16), False),
        (sessions.BEGAN, timedelta(hours=11), True),
        (sessions.BEGAN, timedelta(hours=13), False),
    ],
)
def test_a_session_ends_when_nobody_uses_it_and_after_a_day_of_work(
    key: str, ago: timedelta, stays: bool, browser: Client
) -> None:
    browser.get("/")
    session = browser.session
    session[key] -= ago.total_seconds()
    session.save()

    answer = browser.get("/")

    assert (answer.status_code == 200) is stays


def test_a_session_in_use_is_written_once_a_minute_at_most(
    browser: Client,
) -> None:
    browser.get("/account/")
    seen = browser.session[sessions.SEEN]

    browser.get("/account/")

    assert browser.session[sessions.SEEN] == seen


def test_the_door_survives_other_decorators_and_names_roles() -> None:
    view = open_to(Role.DPO)(lambda request: HttpResponse())

    assert door_of(view) == {"dpo"}


def test_a_view_without_a_door_opens_to_nobody(rf: RequestFactory) -> None:
    with pytest.raises(NotAllowed):
        DoorMiddleware(lambda request: HttpResponse()).process_view(
            rf.get("/"), lambda request: HttpResponse(), (), {}
        )


def test_an_address_without_a_door_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    bare: URLPattern = path("bare/", lambda request: HttpResponse())
    monkeypatch.setattr(
        "tumar.site.addresses.addresses", lambda: [Address("bare/", "bare", bare.callback)]
    )

    assert [problem.id for problem in every_address_has_a_door()] == ["tumar.E001"]


def test_every_address_of_the_house_passes_the_check(db: None) -> None:
    call_command("check", "--tag", "urls")

    assert settings.ROOT_URLCONF == "tumar.site.urls"
