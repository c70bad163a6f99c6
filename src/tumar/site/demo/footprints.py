"""Who looked, in the weeks before the demonstration begins: the log is never empty."""

from __future__ import annotations

from datetime import timedelta

from tumar.audit.models import Line
from tumar.people.policy import Act as PeopleAct
from tumar.protection.models import Case
from tumar.protection.policy import Act
from tumar.site.demo.scene import Scene
from tumar.site.demo.stories import Story

WEEKS = 6
LOOKS = (Act.LOOK, Act.LOOK, Act.LOOK, PeopleAct.OPEN, Act.NOTE)


def footprints(scene: Scene, case: Case, story: Story) -> None:
    """Some looks and notes of the lead's workers at an open case."""
    if case.closed_at is not None:
        return
    for act in scene.chance.sample(LOOKS, scene.chance.randint(1, 4)):
        at = max(case.opened_at, scene.at - timedelta(hours=scene.chance.randint(1, WEEKS * 168)))
        scene.rows.add(
            Line(
                kind="act" if act is Act.NOTE else "look",
                event=act,
                at=at,
                user_id=scene.worker(story.lead).pk,
                organisation_id=case.lead_id,
                subject=Case._meta.label_lower,
                subject_id=str(case.pk),
                person=case.person_id,
            )
        )
