"""The demonstration country: invented persons, organisations marked as examples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random

from tumar import audit
from tumar.access import SYSTEM
from tumar.evidence.commands import rebuild_case_tallies
from tumar.people.commands.grants import ALL_GROUPS
from tumar.people.commands.identity import tokens_for
from tumar.people.models import SearchToken
from tumar.people.queries.search import index_bits
from tumar.protection.models import Case
from tumar.reference.models import Organisation
from tumar.site.demo.casework import a_case, identification, support
from tumar.site.demo.country import found
from tumar.site.demo.footprints import footprints
from tumar.site.demo.persons import (
    a_grant,
    a_person,
    a_screening,
    consents,
    her_identity,
    unfinished,
)
from tumar.site.demo.scene import Scene
from tumar.site.demo.sharing import on_desk, referrals, settle
from tumar.site.demo.stories import Story, invented_story
from tumar.vault.models import DataKey

SEED = 2017
CASES = 400
BEGUN_TODAY = (("demo-screener", "border-guard"), ("demo-caseworker", "shelter-north"))
AT_ONCE = 50  # cases written between two steps of the progress bar


def load(
    *,
    at: datetime,
    seed: int = SEED,
    cases: int = CASES,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Make the whole country in one event, so that a crash leaves none of it.

    The same seed and moment give the same country, but for keys and nonces.

    Args:
        progress: is told how many of how many cases are made.
    """
    chance = Random(seed)  # noqa: S311  # a story, not a secret
    with audit.record(SYSTEM, "site.demo.load", on=Organisation, at=at) as event:
        scene = Scene(chance, found(chance, at), at)
        for done in range(0, cases, AT_ONCE):
            stories = [invented_story(chance, at.date()) for _ in range(min(AT_ONCE, cases - done))]
            tell(scene, stories)
            progress(min(done + AT_ONCE, cases), cases)
        for username, key in BEGUN_TODAY:
            unfinished(scene, username, key)
        scene.rows.write()
        rebuild_case_tallies(actor=SYSTEM, at=at)  # else the statistics page would be empty
        event.note(seed=seed, cases=cases)


def tell(scene: Scene, stories: list[Story]) -> list[Case]:
    """Write these stories as cases with everything around them. Inside an event only."""
    told = [(_case_of(scene, story), story) for story in stories]
    settle(scene)
    scene.rows.write()
    bits = index_bits()
    SearchToken.objects.bulk_create(
        [token for case, story in told for token in tokens_for(case.person, story.identity, bits)],
        batch_size=1000,
    )
    return [case for case, _story in told]


def _case_of(scene: Scene, story: Story) -> Case:
    opened = scene.ago(story.opened_days_ago)
    key = DataKey.fresh(at=opened)
    scene.rows.add(key)
    person = a_person(scene, key, opened)
    her_identity(scene, person, story, opened)
    lead = scene.country.organisations[story.lead]
    screening = a_screening(scene, key, person, story, opened)
    case = a_case(scene, key, person, screening, story, lead, opened)
    a_grant(scene, person, lead, "lead", ALL_GROUPS, opened)
    consents(scene, key, person, lead, opened)
    support(scene, case, story)
    identification(scene, case, story)
    referrals(scene, case, story)
    on_desk(scene, case, lead, "lead", "lead", ALL_GROUPS)
    footprints(scene, case, story)
    return case
