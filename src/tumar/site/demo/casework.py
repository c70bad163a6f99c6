"""Her case: notes, needs, plan, services, tasks, decisions and what was done to her."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tumar.people.models import Person
from tumar.protection.models import (
    Case,
    Goal,
    Need,
    Note,
    Plan,
    Screening,
    ServiceEpisode,
    StatusDecision,
    Task,
    TipEvent,
)
from tumar.protection.queries.facts import age_band
from tumar.reference.models import Organisation
from tumar.site.demo import words
from tumar.site.demo.scene import Scene
from tumar.site.demo.stories import Story
from tumar.vault.models import DataKey

LAW = "Act on trafficking in persons (example), art. 17"
STATUS = {"new": "intake", "identified": "open", "assisted": "open", "follow_up": "follow_up"}
DUE_IN = (-4, -1, 0, 0, 1, 2, 3, 5, 7, 10, 14, 21, 28)  # days from today
CLOSED_BECAUSE = ("goals_met", "goals_met", "returned_home", "lost_contact", "beneficiary_withdrew")
LADDER = {
    "identified": ("presumed", "identified"),
    "not_identified": ("presumed", "not_identified"),
    "under_review": ("presumed", "under_review"),
}
SERVICES = (
    ("shelter_long", "shelter-north"),
    ("mhpss", "hotline"),
    ("medical_acute", "shelter-north"),
    ("legal_representation", "shelter-south"),
    ("documentation", "migration-service"),
    ("vocational", "shelter-south"),
    ("material_aid", "shelter-north"),
)
SERVICE_STATES = ("offered", "accepted", "scheduled", "in_progress", "completed", "refused")
MEANS = ("deception", "fraud", "coercion", "abuse_of_vulnerability", "threat_of_force")
CONTROL = (
    "debt_bondage",
    "takes_earnings",
    "threats",
    "false_promises",
    "restricts_movement",
    "excessive_hours",
    "withholds_documents",
    "psychological_abuse",
)


def a_case(
    scene: Scene,
    key: DataKey,
    person: Person,
    screening: Screening | None,
    story: Story,
    lead: Organisation,
    opened: datetime,
) -> Case:
    closed = None if story.closed_days_ago is None else scene.ago(story.closed_days_ago)
    case = Case(
        id=scene.id(),
        ref=f"kg-{opened:%y}-{scene.code(5).lower()}",
        data_key=key,
        person=person,
        screening=screening,
        lead=lead,
        worker=None
        if story.stage == "new" and scene.chance.random() < 0.4
        else scene.worker(story.lead),
        status="closed" if closed else STATUS[story.stage],
        decision=story.decision,
        risk=story.risk,
        safety=scene.chance.choice(words.SAFETY),
        sex=story.identity.sex,
        age_band=age_band((story.age, story.age)),
        citizenship=story.way.citizenship,
        form=story.form,
        exploited_in=story.way.exploited_in,
        opened_at=opened,
        closed_at=closed,
        closure_reason="" if closed is None else scene.chance.choice(CLOSED_BECAUSE),
    )
    scene.rows.add(case)
    return case


def support(scene: Scene, case: Case, story: Story) -> None:
    chance = scene.chance
    for kind, text in chance.sample(words.NOTES, chance.randint(1, 6)):
        a_note(scene, case, story, kind, text)
    for domain, detail in chance.sample(words.NEEDS, chance.randint(1, 4)):
        scene.rows.add(
            Need(
                id=scene.id(),
                case=case,
                data_key=case.data_key,
                domain=domain,
                detail=detail,
                urgency=chance.choice(("today", "soon", "routine")),
                noted_at=case.opened_at,
                met_at=case.closed_at,
            )
        )
    if story.stage in {"new", "identified"}:
        tasks(scene, case, story)
        return
    a_plan(scene, case, story)
    services(scene, case, story)
    tasks(scene, case, story)


def a_note(scene: Scene, case: Case, story: Story, kind: str, text: str) -> None:
    at = scene.within(case)
    scene.rows.add(
        Note(
            id=scene.id(),
            case=case,
            data_key=case.data_key,
            kind=kind,
            text=text,
            author=scene.worker(story.lead),
            organisation=case.lead,
            happened_on=at.date(),
            written_at=at,
        )
    )


def a_plan(scene: Scene, case: Case, story: Story) -> None:
    chance = scene.chance
    made = case.opened_at + timedelta(days=chance.randint(3, 28))
    review = None if case.closed_at else scene.today + timedelta(days=chance.randint(-2, 75))
    scene.rows.add(
        Plan(
            id=scene.id(),
            case=case,
            data_key=case.data_key,
            agreed_with_person=True,
            objectives=chance.choice(words.OBJECTIVES),
            review_on=review,
            changed_at=made,
            changed_by=scene.worker(story.lead).pk,
        )
    )
    scene.due(case, review)
    for domain, text in chance.sample(words.GOALS, chance.randint(1, 3)):
        is_over = case.closed_at is not None
        state = "met" if is_over else chance.choice(("planned", "in_progress", "met"))
        due = None if is_over else scene.today + timedelta(days=chance.randint(2, 90))
        scene.rows.add(
            Goal(
                id=scene.id(),
                case=case,
                data_key=case.data_key,
                domain=domain,
                text=text,
                state=state,
                due_on=due,
                made_at=made,
            )
        )
        scene.due(case, None if state == "met" else due)


def services(scene: Scene, case: Case, story: Story) -> None:
    for service, key in scene.chance.sample(SERVICES, scene.chance.randint(1, 3)):
        state = "completed" if case.closed_at else scene.chance.choice(SERVICE_STATES)
        scene.rows.add(
            ServiceEpisode(
                case=case,
                service=service,
                provider=scene.country.organisations[key],
                state=state,
                offered_at=scene.within(case),
                changed_at=scene.within(case),
            )
        )


def tasks(scene: Scene, case: Case, story: Story) -> None:
    chance = scene.chance
    for text in chance.sample(words.TASKS, chance.randint(1, 2)):
        due = scene.today + timedelta(days=chance.choice(DUE_IN))
        done = case.closed_at or (scene.within(case) if chance.random() < 0.35 else None)
        scene.rows.add(
            Task(
                id=scene.id(),
                case=case,
                data_key=case.data_key,
                organisation=case.lead,
                assignee=case.worker,
                text=text,
                due_on=due,
                made_at=case.opened_at,
                done_at=done,
            )
        )
        scene.due(case, None if done else due)


def identification(scene: Scene, case: Case, story: Story) -> None:
    chance = scene.chance
    ladder = LADDER.get(story.decision, (story.decision,))
    for step, status in enumerate(status for status in ladder if status != "none"):
        is_authority = status in {"identified", "not_identified"}
        body = scene.country.organisations["migration-service"] if is_authority else case.lead
        on = min(case.opened_at.date() + timedelta(days=2 + 12 * step), scene.today)
        scene.rows.add(
            StatusDecision(
                id=scene.id(),
                case=case,
                data_key=case.data_key,
                status=status,
                body=body,
                body_kind="government" if is_authority else "ngo",
                legal_reference=LAW,
                reasons="Signs observed in recruitment and at destination; see the file.",
                decided_on=on,
                recorded_at=datetime.combine(on, time(15), scene.at.tzinfo),
                recorded_by=scene.worker(story.lead).pk,
            )
        )
    if story.stage != "new":
        scene.rows.add(
            TipEvent(
                id=scene.id(),
                case=case,
                data_key=case.data_key,
                acts=["recruitment", "transportation", "harbouring"],
                means=chance.sample(MEANS, 2),
                control=chance.sample(CONTROL, 4),
                forms=[story.form],
                sector=story.sector,
                recruited_in=story.way.citizenship,
                exploited_in=story.way.exploited_in,
                began=f"{case.opened_at - timedelta(days=chance.randint(90, 900)):%Y-%m}",
                ended=f"{case.opened_at:%Y-%m}",
                account=chance.choice(words.ACCOUNTS),
                changed_at=case.opened_at,
                changed_by=scene.worker(story.lead).pk,
            )
        )
