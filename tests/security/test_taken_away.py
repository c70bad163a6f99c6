"""T17: a right that was taken away is gone from the next request on, in an open page and for an
API token alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import actor_of
from tests.security.visiting import program, signed_in
from tests.security.world import AT, Story, a_token, refer_with
from tumar.access.commands import disable_user, end_role, end_token
from tumar.access.models import ApiToken, Membership
from tumar.people.commands import narrow_consent, withdraw_consent
from tumar.people.models import Consent
from tumar.protection import commands
from tumar.protection.models import Note, Referral


class Holder:
    """A partner with the page of a case open in a browser, and a program with a token."""

    def __init__(self, member: Membership, story: Story) -> None:
        self.client: Client = signed_in(member)
        self.api: Client = program(a_token(member))
        self.story = story
        self.page = story.case.get_absolute_url()
        self.identity = f"/people/persons/{story.person.pseudonym}/"
        assert self.answers() == [200, 200, 200, 200, 201]

    def answers(self) -> list[int]:
        """Look by page, read by API, open the identity, and write by both."""
        note = {"text": "said", "kind": "contact", "happened_on": "2026-01-05"}
        api = f"/api/v1/cases/{self.story.case.ref}"
        asked: list[Any] = [
            self.client.get(self.page),
            self.api.get(api),
            self.client.get(self.identity),
            self.client.post(f"{self.page}notes/", note, follow=True),
            self.api.post(f"{api}/notes", note, content_type="application/json"),
        ]
        return [answer.status_code for answer in asked]


@pytest.fixture
def referral(by: dict[str, Membership], story: Story) -> Referral:
    return refer_with(by, story, "partner", "identity", "narrative")


@pytest.fixture
def holder(by: dict[str, Membership], story: Story, referral: Referral) -> Holder:
    return Holder(by["partner"], story)


GONE = [404, 404, 404, 404, 404]


def nothing_was_written(holder: Holder) -> bool:
    """The two notes of the beginning are all there are of the partner."""
    ours = Note.objects.filter(case=holder.story.case, text__isnull=False)
    return ours.exclude(organisation=holder.story.case.lead).count() == 2


def test_a_referral_that_is_withdrawn(
    by: dict[str, Membership], holder: Holder, referral: Referral
) -> None:
    commands.cancel_referral(actor=actor_of(by["worker"]), referral=referral, at=AT)

    assert holder.answers() == GONE
    assert nothing_was_written(holder)


def test_a_referral_that_is_completed(
    by: dict[str, Membership], holder: Holder, referral: Referral
) -> None:
    commands.complete_referral(actor=actor_of(by["partner"]), referral=referral, feedback="", at=AT)

    assert holder.answers() == GONE
    assert nothing_was_written(holder)


def test_a_consent_that_is_withdrawn(
    by: dict[str, Membership], holder: Holder, referral: Referral
) -> None:
    consent = Consent.objects.get(pk=referral.consent_id)
    withdraw_consent(actor=actor_of(by["worker"]), consent=consent, at=AT)

    assert holder.answers() == GONE
    assert nothing_was_written(holder)


def test_a_consent_that_is_narrowed_takes_the_group_away_at_once(
    by: dict[str, Membership], holder: Holder, referral: Referral
) -> None:
    consent = Consent.objects.get(pk=referral.consent_id)
    narrow_consent(actor=actor_of(by["worker"]), consent=consent, groups=["identity"], at=AT)

    after = holder.answers()

    assert 200 not in after[3:]
    assert 201 not in after
    assert nothing_was_written(holder)


def test_a_membership_that_ended(by: dict[str, Membership], holder: Holder) -> None:
    boss = Membership.objects.get(pk=by["administrator"].pk)
    boss.organisation_id = by["partner"].organisation_id
    end_role(actor=actor_of(boss), membership=by["partner"], at=AT)

    assert set(holder.answers()) <= {401, 403, 404}
    assert nothing_was_written(holder)


def test_a_user_who_was_disabled(by: dict[str, Membership], holder: Holder) -> None:
    boss = Membership.objects.get(pk=by["administrator"].pk)
    boss.organisation_id = by["partner"].organisation_id
    disable_user(
        actor=actor_of(boss), user=by["partner"].user, organisation=by["partner"].organisation,
        at=AT,
    )  # fmt: skip

    look, read, identity, _write, write = holder.answers()
    assert (look, identity) == (302, 302)  # to the door
    assert (read, write) == (401, 401)
    assert nothing_was_written(holder)


def test_a_token_that_was_ended(by: dict[str, Membership], holder: Holder) -> None:
    token = ApiToken.objects.get(user=by["partner"].user_id)
    end_token(actor=actor_of(by["partner"]), token=token, at=AT)

    assert holder.answers()[1::3] == [401, 401]


def test_an_organisation_that_is_no_longer_active(
    by: dict[str, Membership], holder: Holder
) -> None:
    by["partner"].organisation.is_active = False
    by["partner"].organisation.save()

    assert set(holder.answers()) <= {401, 403, 404}
    assert nothing_was_written(holder)
