"""Users, roles and one-time links: who may make them, and what they may never do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import LATER, THEN, MembershipFactory, OrganisationFactory, actor_of
from tumar.access import SYSTEM, NotAllowed, Role
from tumar.access.commands import (
    InvitationOver,
    UserExists,
    add_colleague,
    disable_user,
    end_role,
    grant_role,
    invite,
    invite_first_administrator,
    use_invitation,
)
from tumar.access.models import Membership, User
from tumar.access.queries import actor_of_user, invited_by
from tumar.audit.models import Line
from tumar.reference.models import Organisation

PASSWORD = "four words of my own"


@pytest.fixture
def administrator(shelter: Organisation) -> Membership:
    return MembershipFactory.create(organisation=shelter, role=Role.ADMINISTRATOR)


def test_a_new_colleague_gets_a_role_and_a_link_that_works_once(
    administrator: Membership, shelter: Organisation
) -> None:
    user, token = add_colleague(
        actor=actor_of(administrator), username="aigul", full_name="Aigul", organisation=shelter,
        role=Role.CASEWORKER, at=THEN,
    )  # fmt: skip

    assert use_invitation(token=token, password=PASSWORD, at=LATER) == user
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert actor_of_user(user).roles == {Role.CASEWORKER}
    with pytest.raises(InvitationOver):
        use_invitation(token=token, password=PASSWORD, at=LATER)


def test_a_name_that_is_taken_leaves_nothing_behind(
    administrator: Membership, shelter: Organisation
) -> None:
    before = (User.objects.count(), Membership.objects.count())

    with pytest.raises(UserExists):
        add_colleague(
            actor=actor_of(administrator), username=administrator.user.username.upper(),
            full_name="Twice", organisation=shelter, role=Role.ANALYST, at=THEN,
        )  # fmt: skip

    assert (User.objects.count(), Membership.objects.count()) == before


def test_a_link_dies_with_time_with_a_newer_link_and_with_the_account(
    administrator: Membership, caseworker: Membership, shelter: Organisation
) -> None:
    def link() -> str:
        return invite(
            actor=actor_of(administrator), user=caseworker.user, organisation=shelter, at=THEN
        )

    first, second = link(), link()

    assert invited_by(first, THEN) is None
    assert invited_by(second, THEN) == caseworker.user
    assert invited_by(second, THEN + timedelta(hours=73)) is None
    disable_user(actor=actor_of(administrator), user=caseworker.user, organisation=shelter, at=THEN)
    assert invited_by(second, THEN) is None


def test_no_link_is_made_for_somebody_who_works_elsewhere(
    administrator: Membership, caseworker: Membership, shelter: Organisation, outsider: Membership
) -> None:
    MembershipFactory.create(user=caseworker.user)  # in another organisation as well

    for user in (caseworker.user, outsider.user):
        with pytest.raises(NotAllowed):
            invite(actor=actor_of(administrator), user=user, organisation=shelter, at=THEN)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_gives_roles(role: Role, shelter: Organisation) -> None:
    somebody = MembershipFactory.create(organisation=shelter, role=role)
    colleague = MembershipFactory.create(organisation=shelter)

    with pytest.raises(NotAllowed):
        grant_role(
            actor=actor_of(somebody), user=colleague.user, organisation=shelter,
            role=Role.ANALYST, at=THEN,
        )  # fmt: skip


def test_an_administrator_gives_no_role_to_themselves_and_none_elsewhere(
    administrator: Membership, shelter: Organisation, caseworker: Membership
) -> None:
    actor = actor_of(administrator)
    elsewhere = OrganisationFactory.create()

    for user, organisation in ((administrator.user, shelter), (caseworker.user, elsewhere)):
        with pytest.raises(NotAllowed):
            grant_role(
                actor=actor, user=user, organisation=organisation, role=Role.CASEWORKER, at=THEN
            )


def test_an_administrator_cannot_end_their_own_role(administrator: Membership) -> None:
    with pytest.raises(NotAllowed):
        end_role(actor=actor_of(administrator), membership=administrator, at=LATER)


def test_disabling_ends_everything_here_but_nothing_elsewhere(
    administrator: Membership, caseworker: Membership, shelter: Organisation
) -> None:
    elsewhere = MembershipFactory.create(user=caseworker.user)

    disable_user(
        actor=actor_of(administrator), user=caseworker.user, organisation=shelter, at=LATER
    )

    user = User.objects.get(pk=caseworker.user_id)
    assert user.is_active
    assert actor_of_user(user).organisation_id == elsewhere.organisation_id


def test_a_disabled_account_comes_back_only_with_a_new_link(
    administrator: Membership, caseworker: Membership, shelter: Organisation
) -> None:
    actor, user = actor_of(administrator), caseworker.user
    disable_user(actor=actor, user=user, organisation=shelter, at=LATER)

    grant_role(actor=actor, user=user, organisation=shelter, role=Role.CASEWORKER, at=LATER)

    user.refresh_from_db()
    assert user.is_active
    assert not user.has_usable_password()


def test_the_first_administrator_comes_from_a_link_and_has_no_password(
    shelter: Organisation,
) -> None:
    token = invite_first_administrator(organisation=shelter, at=THEN)

    user = invited_by(token, THEN)
    assert user is not None
    assert not user.has_usable_password()
    assert actor_of_user(user).roles == {Role.ADMINISTRATOR}


def test_every_step_is_on_record_and_names_nobody(
    administrator: Membership, shelter: Organisation
) -> None:
    before = Line.objects.count()

    add_colleague(
        actor=actor_of(administrator), username="aigul", full_name="Aigul", organisation=shelter,
        role=Role.ANALYST, at=THEN,
    )  # fmt: skip

    lines = Line.objects.order_by("pk")[before:]
    assert {line.event for line in lines} == {
        "access.user.add", "access.role.grant", "access.user.invite",
    }  # fmt: skip
    assert not any("aigul" in str(line.facts).casefold() for line in lines)


def test_the_house_itself_may_do_all_this(shelter: Organisation, caseworker: Membership) -> None:
    membership = grant_role(
        actor=SYSTEM, user=caseworker.user, organisation=shelter, role=Role.DPO, at=THEN
    )

    assert membership.role == "dpo"
