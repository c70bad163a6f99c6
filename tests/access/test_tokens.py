"""Keys for programs do less than their user, and end when they should."""

from datetime import timedelta

import pytest

from tests.factories import LATER, THEN, MembershipFactory, actor_of
from tumar.access import NotAllowed, Role
from tumar.access.commands import UnknownScope, end_role, end_token, make_token
from tumar.access.models import ApiToken, Membership
from tumar.access.queries import actor_of_token


def make(by: Membership, **but: object) -> str:
    plain: dict[str, object] = {
        "actor": actor_of(by), "user": by.user, "label": "report", "scopes": ["cases:read"],
        "expires_at": THEN + timedelta(days=7), "at": THEN,
    }  # fmt: skip
    return make_token(**{**plain, **but})  # type: ignore[arg-type]


def test_a_token_stands_for_its_user_narrowed_to_its_scopes(caseworker: Membership) -> None:
    actor = actor_of_token(make(caseworker), LATER)

    assert actor is not None
    assert (actor.user_id, actor.roles) == (caseworker.user_id, {Role.CASEWORKER})
    assert actor.scopes == {"cases:read"}


def test_a_token_is_never_stored(caseworker: Membership) -> None:
    token = make(caseworker)

    assert token not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("days", [8, 400])
def test_a_token_ends_on_its_day_and_never_later_than_a_year(
    days: int, caseworker: Membership
) -> None:
    token = make(caseworker, expires_at=THEN + timedelta(days=min(days, 10_000)))

    assert actor_of_token(token, THEN + timedelta(days=min(days, 365) + 1)) is None


def test_a_token_dies_when_it_is_ended_or_its_user_has_no_role_left(
    caseworker: Membership, shelter: object
) -> None:
    ended, orphan = make(caseworker), make(caseworker)
    end_token(actor=actor_of(caseworker), token=ApiToken.objects.order_by("pk")[0], at=THEN)
    chief = MembershipFactory.create(organisation=shelter, role=Role.ADMINISTRATOR)

    assert actor_of_token(ended, LATER) is None
    assert actor_of_token(orphan, LATER) is not None
    end_role(actor=actor_of(chief), membership=caseworker, at=THEN)
    assert actor_of_token(orphan, LATER) is None


def test_nobody_makes_or_ends_a_token_of_somebody_else(
    caseworker: Membership, outsider: Membership
) -> None:
    make(caseworker)

    with pytest.raises(NotAllowed):
        make(caseworker, actor=actor_of(outsider))
    with pytest.raises(NotAllowed):
        end_token(actor=actor_of(outsider), token=ApiToken.objects.get(), at=LATER)


def test_a_scope_that_does_not_exist_is_refused(caseworker: Membership) -> None:
    with pytest.raises(UnknownScope):
        make(caseworker, scopes=["everything"])
