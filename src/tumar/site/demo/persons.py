"""Who she is, her answers, and who may know of her."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.models import Consent, Grant, IdentityPart, Person
from tumar.people.rules import EXPLAINED
from tumar.people.rules.pseudonyms import COLOURS, THINGS
from tumar.protection.models import Screening
from tumar.protection.rules import RULE_VERSION, score
from tumar.reference.indicators import indicator_set
from tumar.reference.models import Organisation
from tumar.site.demo.scene import Scene
from tumar.site.demo.stories import Story
from tumar.vault.models import DataKey


def a_person(scene: Scene, key: DataKey, opened: datetime) -> Person:
    person = Person(
        id=scene.id(),
        data_key=key,
        made_at=opened,
        pseudonym="P-" + scene.code(8),
        code_name=f"{scene.chance.choice(COLOURS)} {scene.chance.choice(THINGS)}",
    )
    scene.rows.add(person)
    return person


def her_identity(scene: Scene, person: Person, story: Story, opened: datetime) -> None:
    for kind, content in story.identity.parts().items():
        scene.rows.add(
            IdentityPart(
                id=scene.id(),
                person=person,
                data_key=person.data_key,
                kind=kind,
                content=content,
                changed_at=opened,
                changed_by=scene.worker(story.lead).pk,
            )
        )


def a_screening(
    scene: Scene, key: DataKey, person: Person, story: Story, opened: datetime
) -> Screening | None:
    if scene.chance.random() < 0.25:
        return None
    profile = ("child" if story.age < 18 else "adult") + (
        "_sexual" if story.form.startswith("sex") else "_labour"
    )
    signs = indicator_set("delphi")
    answers = {
        sign.id: scene.chance.choices(
            ("observed", "not_observed", "unknown", "not_asked", "refused"),
            weights=(24, 30, 8, 36, 2),
        )[0]
        for sign in signs
    }
    outcome = score(signs, profile, answers, act_recorded=True)
    begun = opened - timedelta(hours=scene.chance.randint(2, 30))
    screening = Screening(
        id=scene.id(),
        ref="s-" + scene.code(8).lower(),
        data_key=key,
        person=person,
        organisation=scene.country.organisations[story.screened_by],
        screener=scene.worker(story.screened_by).pk,
        profile=profile,
        place=scene.chance.choice(("border", "police_station", "workplace", "hotline")),
        language=story.identity.languages[0],
        state="finished",
        answers=answers,
        urgent=["no_shelter_tonight"] if scene.chance.random() < 0.4 else [],
        acts=["recruitment", "transportation"],
        is_urgent=story.risk == "critical",
        result=outcome.result,
        positive=outcome.positive,
        rule_version=RULE_VERSION,
        started_at=begun,
        finished_at=begun + timedelta(minutes=scene.chance.randint(9, 40)),
    )
    scene.rows.add(screening)
    return screening


def unfinished(scene: Scene, username: str, key: str) -> None:
    """A screening that was begun today and waits to be gone on with."""
    data_key = DataKey.fresh(at=scene.at)
    scene.rows.add(data_key)
    scene.rows.add(
        Screening(
            id=scene.id(),
            ref="s-" + scene.code(8).lower(),
            data_key=data_key,
            organisation=scene.country.organisations[key],
            screener=scene.country.users[username].pk,
            profile="adult_labour",
            place="border" if key == "border-guard" else "ngo_office",
            language="kir",
            answers={"DR01": "observed", "DR02": "not_asked"},
            started_at=scene.at - timedelta(minutes=scene.chance.randint(20, 200)),
        )
    )


def consents(scene: Scene, key: DataKey, person: Person, lead: Organisation, at: datetime) -> None:
    for purpose in ("case_management", "national_statistics"):
        state = (
            "given" if purpose == "case_management" or scene.chance.random() < 0.8 else "refused"
        )
        an_answer(scene, key, person, lead, None, purpose, state, at)


def an_answer(
    scene: Scene,
    key: DataKey,
    person: Person,
    lead: Organisation,
    to: Organisation | None,
    purpose: str,
    state: str,
    at: datetime,
) -> Consent:
    answer = Consent(
        id=scene.id(),
        person=person,
        data_key=key,
        asked_by=lead,
        purpose=purpose,
        recipient=to,
        groups=sorted(ALL_GROUPS),
        state=state,
        given_by="self",
        method=scene.chance.choice(("written", "oral_witnessed")),
        language="",
        explained=sorted(EXPLAINED),
        given_at=at,
        ended_at=scene.at if state == "withdrawn" else None,
    )
    scene.rows.add(answer)
    return answer


def a_grant(
    scene: Scene, person: Person, to: Organisation, ground: str, groups: Iterable[str], at: datetime
) -> None:
    scene.rows.add(
        Grant(person=person, organisation=to, ground=ground, groups=sorted(groups), granted_at=at)
    )
