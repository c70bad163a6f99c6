"""The API: the same rules as the pages, behind tokens with scopes and an end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone  # noqa: TID251  # a request carries the real time

from tests.factories import a_case, a_referral, actor_of
from tumar.access.commands import SCOPES, end_token, make_token
from tumar.access.models import ApiToken, Membership
from tumar.audit.models import Line
from tumar.protection.models import Case, Note


def now() -> datetime:
    return timezone.now()


def token_of(member: Membership, *scopes: str, lasts: timedelta = timedelta(days=1)) -> str:
    return make_token(
        actor=actor_of(member),
        user=member.user,
        label="test",
        scopes=scopes or SCOPES,
        expires_at=now() + lasts,
        at=now(),
    )


class Program:
    """A client that brings a token and speaks JSON."""

    def __init__(self, token: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def send(self, path: str, content: Any = None, method: str = "post") -> Any:
        call = getattr(self.client, method)
        return call(
            f"/api/v1{path}", content or {}, content_type="application/json", headers=self.headers
        )


@pytest.fixture
def program(caseworker: Membership) -> Program:
    return Program(token_of(caseworker))


def test_without_a_token_there_is_a_problem_and_nothing_else(client: Client, db: None) -> None:
    answer = client.get("/api/v1/cases")

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_a_signed_in_browser_is_no_token(browser: Client) -> None:
    assert browser.get("/api/v1/cases").status_code == 401


def test_it_lists_the_cases_of_the_own_desk_and_no_others(
    program: Program, case: Case, outsider: Membership
) -> None:
    a_case(outsider)

    cases = program.get("/cases").json()["cases"]

    assert [line["ref"] for line in cases] == [case.ref]


def test_opening_a_case_leaves_the_same_line_as_the_page(program: Program, case: Case) -> None:
    answer = program.get(f"/cases/{case.ref}")

    assert answer.json()["code_name"] == case.person.code_name
    assert Line.objects.filter(event="protection.case.open", person=case.person_id).count() == 1


def test_no_answer_holds_a_name_or_a_number_of_hers(program: Program, case: Case) -> None:
    text = (
        program.get(f"/cases/{case.ref}").content.decode() + program.get("/cases").content.decode()
    )

    assert "Токтосунова" not in text
    assert "1234567" not in text


def test_to_an_outsider_a_case_does_not_exist(outsider: Membership, case: Case) -> None:
    answer = Program(token_of(outsider)).get(f"/cases/{case.ref}")

    assert answer.status_code == 404
    assert case.ref not in answer.content.decode()


def test_a_scope_that_is_missing_is_named(caseworker: Membership, case: Case) -> None:
    answer = Program(token_of(caseworker, "reference:read")).get(f"/cases/{case.ref}")

    assert answer.status_code == 403
    assert "cases:read" in answer.json()["detail"]


@pytest.mark.parametrize("lasts", [timedelta(seconds=-1), timedelta(0)])
def test_a_token_that_is_over_opens_nothing(caseworker: Membership, lasts: timedelta) -> None:
    assert Program(token_of(caseworker, lasts=lasts)).get("/cases").status_code == 401


def test_an_ended_token_opens_nothing(caseworker: Membership) -> None:
    token = token_of(caseworker)
    end_token(actor=actor_of(caseworker), token=ApiToken.objects.get(), at=now())

    assert Program(token).get("/cases").status_code == 401


def test_the_token_is_not_stored(caseworker: Membership) -> None:
    token = token_of(caseworker)

    assert token not in str(ApiToken.objects.values().get())


def test_a_note_is_written_and_sealed(program: Program, case: Case) -> None:
    answer = program.send(
        f"/cases/{case.ref}/notes", {"text": "slept well", "happened_on": "2025-03-02"}
    )

    assert answer.status_code == 201
    assert Note.objects.get().text == "slept well"


def test_what_is_not_asked_for_changes_nothing(program: Program, case: Case) -> None:
    program.send(
        f"/cases/{case.ref}/notes",
        {"text": "x", "happened_on": "2025-03-02", "case": "other", "author": 1, "id": 5},
    )

    assert Note.objects.get().case == case


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"text": "", "happened_on": "2025-03-02"},
        {"text": "x", "happened_on": "tomorrow"},
        {"text": "x", "happened_on": "2025-03-02", "kind": "gossip"},
        {"text": "x" * 10_001, "happened_on": "2025-03-02"},
    ],
)
def test_what_cannot_be_used_is_refused_without_repeating_it(
    program: Program, case: Case, content: dict[str, str]
) -> None:
    answer = program.send(f"/cases/{case.ref}/notes", content)

    assert answer.status_code == 422
    assert "tomorrow" not in answer.content.decode()
    assert not Note.objects.exists()


def test_a_referral_goes_from_desk_to_desk(
    program: Program, caseworker: Membership, outsider: Membership, case: Case
) -> None:
    a_referral(caseworker, case, outsider.organisation)
    theirs = Program(token_of(outsider))
    ref = theirs.get("/referrals").json()["referrals"][0]["ref"]

    accepted = theirs.send(f"/referrals/{ref}/accept")

    assert accepted.json()["state"] == "accepted"
    assert theirs.get(f"/cases/{case.ref}").status_code == 200
    assert theirs.send(f"/referrals/{ref}/accept").status_code == 403


def test_a_referral_without_a_ground_is_a_conflict(
    program: Program, case: Case, outsider: Membership
) -> None:
    answer = program.send(
        f"/cases/{case.ref}/referrals", {"to": outsider.organisation.key, "reason": "a bed"}
    )

    assert answer.status_code == 409
    assert "agreed" in answer.json()["detail"]


def test_a_screening_is_begun_answered_and_finished(screener: Membership) -> None:
    program = Program(token_of(screener))
    ref = program.send("/screenings", {"profile": "adult_labour"}).json()["ref"]
    answers = {"version": 1, "answers": {"DR01": "observed", "EX01": "not_observed"}}

    program.send(f"/screenings/{ref}/answers", answers, "put")
    stale = program.send(f"/screenings/{ref}/answers", answers, "put")
    finished = program.send(f"/screenings/{ref}/finish")

    assert (stale.status_code, stale.json()["version"]) == (409, 2)
    assert finished.json()["result"] == "signs_without_pattern"


def test_reference_data_names_its_source(program: Program) -> None:
    answer = program.get("/reference/codelists/acts").json()

    assert answer["source"]
    assert len(answer["codes"]) == 5


def test_the_description_is_there_and_complete(program: Program) -> None:
    paths = program.get("/openapi.json").json()["paths"]

    assert {"/api/v1/cases", "/api/v1/referrals", "/api/v1/screenings"} <= set(paths)
