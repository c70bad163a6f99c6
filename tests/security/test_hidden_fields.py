"""T16: as each role, on every page, in every file and every answer of the API: what was not shared
with the reader's organisation is nowhere."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.security.store import hits
from tests.security.visiting import body, everything, program, readable, signed_in
from tests.security.voices import Canaries
from tests.security.walk import Walk
from tests.security.world import GROUP_OF, Story, a_token, refer_with
from tumar.access.models import Membership
from tumar.reference.codelists import code_list

GROUPS = ("identity", "contact", "location", "narrative", "legal", "health")
ABOUT_THE_REFERRAL = {"reason_service", "reason_identification", "feedback"}
FORM, COUNTRY = "lab.construction", "PRY"  # of the event, which is part of the narrative


def seen(member: Membership, story: Story) -> str:
    """Everything one member can be shown, as text."""
    told = [readable(answer) for _place, answer in everything(member, story)]
    return "\n".join([*told, *downloads(member)])


def downloads(member: Membership) -> Iterable[str]:
    """The files a member can ask for by a form."""
    client = signed_in(member)
    for kind in ("csv", "xlsx"):
        asked = {"kind": kind, "purpose": "referral", "with_identity": "on"}
        answer = client.post("/protection/exchange/export/", asked)
        if answer.status_code == 200:
            assert "attachment" in answer.headers["Content-Disposition"]
            yield readable(answer)


def shown(text: str, canaries: Canaries, *slots: str) -> list[str]:
    return hits(text.encode(), canaries.of(*slots))


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_a_partner_sees_the_group_it_was_given_and_no_other(
    group: str, by: dict[str, Membership], story: Story, canaries: Canaries
) -> None:
    refer_with(by, story, "partner", group)

    text = seen(by["partner"], story)

    assert story.case.ref in text
    hidden = [slot for slot, belongs in GROUP_OF.items() if belongs != group]
    assert {slot: found for slot in hidden if (found := shown(text, canaries, slot))} == {}


@pytest.mark.parametrize("group", ["identity", "narrative", "legal", "health"])
def test_what_was_shared_is_really_shown(
    group: str, by: dict[str, Membership], story: Story, canaries: Canaries
) -> None:
    """Else a page that shows nothing at all would pass the test above."""
    refer_with(by, story, "partner", group)
    slots = [s for s, belongs in GROUP_OF.items() if belongs == group and s != "screening_note"]

    text = seen(by["partner"], story)

    assert [slot for slot in slots if not shown(text, canaries, slot)] == []


@pytest.mark.parametrize("group", ["identity", "contact"])
def test_codes_of_what_was_not_shared_are_not_shown_either(
    group: str, by: dict[str, Membership], story: Story
) -> None:
    refer_with(by, story, "partner", group)
    client = signed_in(by["partner"])
    api = program(a_token(by["partner"]))
    texts = [
        readable(client.get(story.case.get_absolute_url())),
        readable(client.get("/protection/cases/")),
        readable(api.get(f"/api/v1/cases/{story.case.ref}")),
        readable(api.get("/api/v1/cases")),
    ]
    labels = [
        FORM,
        code_list("exploitation_forms").label(FORM),
        code_list("countries").label(COUNTRY),
        code_list("decision_statuses").label("presumed"),
        '"decision": "presumed"',
    ]

    for text in texts:
        assert story.case.ref in text
        assert [label for label in labels if label in text] == []


@pytest.mark.parametrize("who", ["dpo", "administrator", "analyst", "outsider"])
def test_a_role_without_cases_is_shown_nothing_of_hers(who: str, walk: Walk) -> None:
    text = walk.of(who)

    assert len(text) > 1000
    assert hits(text.encode(), walk.canaries) == []


def test_a_screener_sees_the_screening_and_nothing_of_the_case(walk: Walk) -> None:
    text = walk.of("screener")

    hidden = walk.canaries.spoken.keys() - {"screening_note", *ABOUT_THE_REFERRAL}
    assert {slot: found for slot in hidden if (found := shown(text, walk.canaries, slot))} == {}


def test_before_it_accepts_a_recipient_sees_the_preview_only(walk: Walk) -> None:
    text = walk.of("coordinator")

    hidden = walk.canaries.spoken.keys() - ABOUT_THE_REFERRAL
    assert {slot: found for slot in hidden if (found := shown(text, walk.canaries, slot))} == {}


def test_a_photo_is_a_part_of_the_identity(by: dict[str, Membership], story: Story) -> None:
    refer_with(by, story, "partner", "narrative")

    answer = signed_in(by["partner"]).get(f"/people/persons/{story.person.pseudonym}/photo/")

    assert answer.status_code in {403, 404}
    assert b"JFIF" not in body(answer)


@pytest.mark.parametrize("kind", ["contacts", "address"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_part_that_was_not_shared_can_be_neither_read_nor_written_over(
    method: str, kind: str, by: dict[str, Membership], story: Story, canaries: Canaries
) -> None:
    refer_with(by, story, "partner", "identity")
    path = f"/people/persons/{story.person.pseudonym}/edit/{kind}/"

    answer = getattr(signed_in(by["partner"]), method)(path, {"version": "1"})

    assert answer.status_code == 403
    assert shown(readable(answer), canaries, "phone", "address") == []
    assert set(story.person.parts.values_list("version", flat=True)) == {1}
