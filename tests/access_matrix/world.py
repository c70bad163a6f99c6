"""Three organisations with one member of each role, and one of everything an address may name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from tests import factories
from tests.factories import actor_of
from tumar import audit
from tumar.access import SYSTEM, Role
from tumar.access.commands import SCOPES, make_token
from tumar.access.models import ApiToken, Membership
from tumar.evidence.models import Batch
from tumar.protection import commands
from tumar.protection.models import Case, ImportBatch, Referral, Screening
from tumar.reference.models import Organisation

OWN, REFERRED, OTHER = "own", "referred", "other"
RELATIONS = (OWN, REFERRED, OTHER)
STRANGER = "stranger"
NOW = datetime.now(UTC)  # noqa: TID251  # the views the walk asks read the clock too


@dataclass
class World:
    """Everything the walk may name. What is led by `own` is known to `referred`, not to `other`."""

    organisations: dict[str, Organisation]
    members: dict[tuple[str, Role], Membership]
    case: Case
    closed: Case
    parts: dict[str, Any]
    accepted: Referral
    waiting: Referral
    screenings: dict[str, Screening]
    batch: Batch
    sessions: dict[tuple[str, Role], str] = field(default_factory=dict)
    tokens: dict[tuple[str, Role], str] = field(default_factory=dict)

    def member(self, role: Role, relation: str = OWN) -> Membership:
        return self.members[relation, role]


def build() -> World:
    """Make the world. Inside a transaction that is rolled back."""
    organisations = {
        OWN: factories.OrganisationFactory.create(key="own", kind="ngo"),
        REFERRED: factories.OrganisationFactory.create(key="referred", kind="ngo"),
        OTHER: factories.OrganisationFactory.create(key="other", kind="ngo"),
    }
    members = {
        (relation, role): factories.MembershipFactory.create(
            organisation=organisation, role=role.value
        )
        for relation, organisation in organisations.items()
        for role in Role
    }
    worker, chief = members[OWN, Role.CASEWORKER], members[OWN, Role.SUPERVISOR]
    case = factories.a_case(worker, urgently=False)
    accepted = factories.a_referral(
        worker, case, organisations[REFERRED],
        groups=["identity", "contact", "narrative", "legal"], at=NOW,
    )  # fmt: skip
    commands.accept_referral(
        actor=actor_of(members[REFERRED, Role.CASEWORKER]), referral=accepted, at=NOW
    )
    waiting = factories.a_referral(
        worker, case, organisations[REFERRED], kind="identification", services=[], at=NOW
    )
    closed = factories.a_case(worker)
    commands.close_case(actor=actor_of(chief), case=closed, reason="goals_met", at=NOW)
    parts = {**_parts(worker, case), "consent": accepted.consent}
    world = World(
        organisations=organisations,
        members=members,
        case=case,
        closed=closed,
        parts=parts,
        accepted=accepted,
        waiting=waiting,
        screenings=_screenings(members[OWN, Role.SCREENER]),
        batch=_batch(members[OWN, Role.ANALYST]),
    )
    _sign_in(world)
    return world


def _parts(worker: Membership, case: Case) -> dict[str, Any]:
    actor, day = actor_of(worker), date(2026, 1, 5)
    return {
        "note": commands.write_note(
            actor=actor, case=case, text="seen", kind="contact", happened_on=day, at=NOW
        ),
        "need": commands.add_need(
            actor=actor, case=case, domain="shelter", urgency="soon", detail="", at=NOW
        ),
        "goal": commands.add_goal(
            actor=actor, case=case, domain="shelter", text="a flat", due_on=None, at=NOW
        ),
        "service": commands.offer_service(
            actor=actor, case=case, service="shelter_emergency", provider=worker.organisation,
            starts_on=None, at=NOW,
        ),
        "task": commands.add_task(
            actor=actor, case=case, text="phone", due_on=day, assignee=None, at=NOW
        ),
    }  # fmt: skip


def _screenings(screener: Membership) -> dict[str, Screening]:
    actor = actor_of(screener)
    draft, stopped, finished = (factories.a_screening(screener, at=NOW) for _ in range(3))
    commands.stop_screening(actor=actor, screening=stopped, at=NOW)
    commands.finish_screening(actor=actor, screening=finished, at=NOW)
    return {"draft": draft, "stopped": stopped, "finished": finished}


def _batch(analyst: Membership) -> Batch:
    with audit.record(SYSTEM, "factory", on=Batch, at=NOW):
        return Batch.objects.create(
            sha256="0" * 64, layout="ctdc63", title="Example file", keep="good", rows_read=0,
            imported_at=NOW, imported_by=analyst.user_id,
        )  # fmt: skip


def _sign_in(world: World) -> None:
    for key, membership in world.members.items():
        client = Client()
        client.force_login(membership.user)
        world.sessions[key] = client.cookies[settings.SESSION_COOKIE_NAME].value
        world.tokens[key] = make_token(
            actor=actor_of(membership), user=membership.user, label="matrix", scopes=SCOPES,
            expires_at=NOW + timedelta(days=1), at=NOW,
        )  # fmt: skip


Arguments = Callable[[World], dict[str, Any]]

# What an address names, by the beginning of its route; the first that fits counts.
BY_ROUTE: list[tuple[str, Arguments]] = [
    ("protection/cases/begin/", lambda w: {"pseudonym": w.case.person.pseudonym}),
    ("protection/cases/<slug:ref>/reopen/", lambda w: {"ref": w.closed.ref}),
    ("protection/cases/<slug:ref>/notes/", lambda w: _of(w, "note")),
    ("protection/cases/<slug:ref>/needs/", lambda w: _of(w, "need")),
    ("protection/cases/<slug:ref>/goals/", lambda w: _of(w, "goal")),
    ("protection/cases/<slug:ref>/services/", lambda w: _of(w, "service")),
    ("protection/cases/<slug:ref>/tasks/", lambda w: _of(w, "task")),
    ("protection/cases/<slug:ref>/", lambda w: {"ref": w.case.ref}),
    ("protection/referrals/<slug:ref>/begin/", lambda w: {"ref": w.accepted.ref}),
    ("protection/referrals/<slug:ref>/complete/", lambda w: {"ref": w.accepted.ref}),
    ("protection/referrals/<slug:ref>/", lambda w: {"ref": w.waiting.ref}),
    ("protection/screening/<slug:ref>/resume/", lambda w: _screening(w, "stopped")),
    ("protection/screening/<slug:ref>/refer", lambda w: _screening(w, "finished")),
    ("protection/screening/<slug:ref>/", lambda w: _screening(w, "draft")),
    ("protection/exchange/imports/<int:pk>/", lambda w: {"pk": _import(w).pk}),
    ("people/persons/<slug:pseudonym>/consents/<uuid:pk>/", lambda w: _person(w, "consent")),
    ("people/persons/<slug:pseudonym>/", lambda w: _person(w)),
    ("statistics/download/", lambda w: {"kind": "csv"}),
    ("statistics/import/<int:number>/", lambda w: {"number": w.batch.pk}),
    ("users/<int:pk>/", lambda w: _user(w)),
    ("account/tokens/<int:pk>/", lambda w: {"pk": _token(w).pk}),
    ("welcome/", lambda w: {"token": "nothing"}),
    ("reference-admin/reference/organisation/", lambda w: {"object_id": w.organisations[OWN].pk}),
    ("reference-admin/reference/service/", lambda w: {"object_id": _directory_entry(w).pk}),
    ("reference-admin/", lambda w: {"app_label": "reference"}),
    ("api/v1/cases/<slug:ref>", lambda w: {"ref": w.case.ref}),
    ("api/v1/referrals/<slug:ref>/complete", lambda w: {"ref": w.accepted.ref}),
    ("api/v1/referrals/<slug:ref>", lambda w: {"ref": w.waiting.ref, "step": "receive"}),
    ("api/v1/screenings/<slug:ref>", lambda w: {**_screening(w, "draft"), "step": "stop"}),
    ("api/v1/reference/codelists/", lambda w: {"key": "sexes"}),
    ("api/v1/reference/indicators/", lambda w: {"key": "delphi"}),
    ("ui/", lambda w: {}),
]


def _of(world: World, part: str) -> dict[str, Any]:
    return {"ref": world.case.ref, "pk": world.parts[part].pk}


def _screening(world: World, state: str) -> dict[str, Any]:
    return {"ref": world.screenings[state].ref, "sign": "dr01", "dimension": "deceptive"}


def _person(world: World, part: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"pseudonym": world.case.person.pseudonym, "kind": "names"}
    return {**found, "pk": world.parts[part].pk} if part else found


def _user(world: World) -> dict[str, Any]:
    membership = world.member(Role.CASEWORKER)
    return {"pk": membership.user_id, "membership": membership.pk}


def _token(world: World) -> ApiToken:
    return ApiToken.objects.get(user=world.member(Role.CASEWORKER).user_id)


def _import(world: World) -> ImportBatch:
    own = ImportBatch.objects.filter(organisation=world.organisations[OWN])
    with audit.record(SYSTEM, "factory", on=ImportBatch, at=NOW):
        return own.first() or ImportBatch.objects.create(
            organisation=world.organisations[OWN], kind="csv", keep="good", rows_read=0,
            imported_at=NOW, imported_by=0,
        )  # fmt: skip


def _directory_entry(world: World) -> Any:
    entry, _made = world.organisations[OWN].services.get_or_create(service="shelter_emergency")
    return entry
