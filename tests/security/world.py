"""One person's way through the house, made by the real commands, with a voice that writes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone  # noqa: TID251  # pages carry the real time
from PIL import Image

from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    a_case,
    a_person,
    actor_of,
    an_answer,
)
from tests.security.voices import Voice
from tumar import audit
from tumar.access import SYSTEM, Role
from tumar.access.commands import make_token
from tumar.access.models import Membership
from tumar.evidence.models import Batch
from tumar.people.commands import add_photo, state_legal_ground
from tumar.people.models import Consent, Person, Photo
from tumar.people.rules import Address, Contact, Document, Name
from tumar.protection import commands
from tumar.protection.models import (
    Case,
    Goal,
    Need,
    Note,
    Plan,
    Referral,
    Screening,
    ServiceEpisode,
    StatusDecision,
    Task,
    TipEvent,
)
from tumar.reference.models import Organisation, Service
from tumar.vault.files import seal_file
from tumar.vault.models import StoredFile

AT = timezone.now() - timedelta(days=2)
TODAY = AT.date()
MEMBERS = {
    "screener": ("lead", Role.SCREENER),
    "worker": ("lead", Role.CASEWORKER),
    "chief": ("lead", Role.SUPERVISOR),
    "dpo": ("lead", Role.DPO),
    "administrator": ("lead", Role.ADMINISTRATOR),
    "analyst": ("lead", Role.ANALYST),
    "partner": ("partner", Role.CASEWORKER),
    "coordinator": ("state", Role.COORDINATOR),
    "outsider": ("elsewhere", Role.CASEWORKER),
}
# Which group of facts the words of a slot belong to; the rest goes with every referral.
GROUP_OF = {
    "name": "identity", "document": "identity",
    "phone": "contact", "when": "contact", "code_word": "contact", "contact_note": "contact",
    "address": "location",
    "note": "narrative", "correction": "narrative", "account": "narrative",
    "screening_note": "narrative",
    "decision": "legal",
    "health": "health",
}  # fmt: skip


@dataclass
class Story:
    """Everything of one person that an address may name."""

    person: Person
    screening: Screening
    draft: Screening
    case: Case
    note: Note
    correction: Note
    need: Need
    goal: Goal
    plan: Plan
    service: ServiceEpisode
    task: Task
    consent: Consent
    event: TipEvent
    decision: StatusDecision
    referral: Referral
    declined: Referral
    photo: Photo
    attachment: StoredFile


def members() -> dict[str, Membership]:
    """One member for each key of MEMBERS, in four organisations."""
    places = {
        key: OrganisationFactory.create(key=key, name=f"The {key} house")
        for key in ("lead", "partner", "state", "elsewhere")
    }
    return {
        who: MembershipFactory.create(organisation=places[place], role=role.value)
        for who, (place, role) in MEMBERS.items()
    }


def a_story(by: dict[str, Membership], voice: Voice) -> Story:
    """One person, screened, registered, accompanied and referred; every text is the voice's."""
    worker, chief = by["worker"], by["chief"]
    actor = actor_of(worker)
    person = _person(worker, voice)
    screening = _screening(worker, voice)
    case = a_case(worker, person=person, screening=screening, safety=voice.say("safety"))
    note = commands.write_note(
        actor=actor, case=case, text=voice.say("note"), kind="visit", happened_on=TODAY, at=AT
    )
    return Story(
        person=person,
        screening=screening,
        draft=_draft(worker, voice),
        case=case,
        note=note,
        correction=commands.correct_note(
            actor=actor, note=note, text=voice.say("correction"), at=AT
        ),
        **_support(worker, case, voice),
        **_identification(worker, case, voice),
        **_sharing(by, case, voice),
        photo=add_photo(actor=actor_of(chief), person=person, upload=a_picture(), at=AT),
        attachment=seal_file(
            io.BytesIO(voice.say("file").encode()), person.data_key,
            name=voice.say("file_name"), media_type="text/plain", at=AT,
        ),
    )  # fmt: skip


def refer_with(by: dict[str, Membership], story: Story, to: str, *groups: str) -> Referral:
    """Refer the case with these groups of facts and no others, and accept it."""
    there = by[to]
    an_answer(by["worker"], story.person, there.organisation, groups=list(groups), at=AT)
    referral = commands.send_referral(
        actor=actor_of(by["worker"]), case=story.case, to=there.organisation, kind="service",
        services=["legal_info"], groups=list(groups), urgency="soon", reason="asked for", at=AT,
    )  # fmt: skip
    return commands.accept_referral(actor=actor_of(there), referral=referral, at=AT)


def a_token(member: Membership, *scopes: str) -> str:
    """A token with every scope unless said otherwise."""
    from tumar.access.commands import SCOPES

    return make_token(
        actor=actor_of(member), user=member.user, label="attack", scopes=scopes or SCOPES,
        expires_at=AT + timedelta(days=30), at=AT,
    )  # fmt: skip


def a_batch(title: str = "A file") -> Batch:
    """An import of anonymous records that anybody who may import can open."""
    with audit.record(SYSTEM, "factory", on=Batch, at=AT):
        return Batch.objects.create(
            sha256="0" * 64, layout="ctdc63", title=title, keep="good", rows_read=1,
            rows_refused=1, refusals=[[2, "gender", "gender"]], imported_at=AT,
            imported_by=0,
        )  # fmt: skip


def a_service(of: Organisation, **but: Any) -> Service:
    plain = {"service": "shelter_emergency", "capacity": 3}
    return Service.objects.create(organisation=of, **{**plain, **but})


def a_picture(side: int = 64, form: str = "JPEG", **saved: Any) -> io.BytesIO:
    """A small picture of nobody."""
    target = io.BytesIO()
    Image.new("RGB", (side, side), (140, 60, 20)).save(target, form, **saved)
    target.seek(0)
    return target


def _person(worker: Membership, voice: Voice) -> Person:
    contacts = [
        Contact(
            "phone", value, safe="no", when=voice.say("when"), code_word=voice.say("code_word"),
            note=voice.say("contact_note"),
        )
        for value in voice.many("phone")
    ]  # fmt: skip
    return a_person(
        worker,
        names=tuple(Name(text) for text in voice.many("name")),
        documents=tuple(Document("passport", text) for text in voice.many("document")),
        contacts=tuple(contacts),
        addresses=(Address("safe", "KGZ", "", voice.say("address")),),
    )


def _screening(worker: Membership, voice: Voice) -> Screening:
    draft = _draft(worker, voice)
    return commands.finish_screening(actor=actor_of(worker), screening=draft, at=AT)


def _draft(worker: Membership, voice: Voice) -> Screening:
    actor = actor_of(worker)
    begun = commands.start_screening(
        actor=actor, profile="adult_labour", place="border", language="kir", at=AT
    )
    return commands.answer_screening(
        actor=actor, screening=begun, based_on=begun.version, at=AT,
        answers={"DR01": "observed", "EX01": "observed"}, urgent=["no_shelter_tonight"],
        acts=["recruitment"], note=voice.say("screening_note"),
    )  # fmt: skip


def _support(worker: Membership, case: Case, voice: Voice) -> dict[str, Any]:
    actor = actor_of(worker)
    commands.add_need(
        actor=actor, case=case, domain="shelter", urgency="soon", detail=voice.say("need"), at=AT
    )
    return {
        "need": commands.add_need(
            actor=actor, case=case, domain="medical", urgency="soon",
            detail=voice.say("health"), at=AT,
        ),
        "plan": commands.agree_plan(
            actor=actor, case=case, objectives=voice.say("plan"), agreed_with_person=True,
            review_on=TODAY, based_on=0, at=AT,
        ),
        "goal": commands.add_goal(
            actor=actor, case=case, domain="income", text=voice.say("goal"), due_on=TODAY, at=AT
        ),
        "service": commands.offer_service(
            actor=actor, case=case, service="shelter_emergency", provider=worker.organisation,
            starts_on=None, at=AT,
        ),
        "task": commands.add_task(
            actor=actor, case=case, text=voice.say("task"), due_on=TODAY, assignee=None, at=AT
        ),
    }  # fmt: skip


def _identification(worker: Membership, case: Case, voice: Voice) -> dict[str, Any]:
    actor = actor_of(worker)
    content = {
        "acts": ["recruitment"], "means": [], "control": [], "forms": ["lab.construction"],
        "sector": "", "recruited_in": "KGZ", "exploited_in": "PRY", "began": "2024", "ended": "",
        "account": voice.say("account"),
    }  # fmt: skip
    return {
        "event": commands.describe_event(
            actor=actor, case=case, content=content, based_on=0, at=AT
        ),
        "decision": commands.record_decision(
            actor=actor, case=case, status="presumed", body=worker.organisation, body_kind="ngo",
            legal_reference="Act 1, art. 2", reasons=voice.say("decision"), decided_on=TODAY,
            at=AT,
        ),
    }  # fmt: skip


def _sharing(by: dict[str, Membership], case: Case, voice: Voice) -> dict[str, Any]:
    worker = by["worker"]
    state_legal_ground(
        actor=actor_of(worker), person=case.person, purpose="research", basis="public_task",
        article="Act 3, art. 4", reason=voice.say("ground"), at=AT,
    )  # fmt: skip
    declined = _referral(by, case, voice, "coordinator")
    declined = commands.decline_referral(
        actor=actor_of(by["coordinator"]), referral=declined, reason="no_capacity",
        feedback=voice.say("feedback"), at=AT,
    )  # fmt: skip
    return {
        "consent": an_answer(
            worker, case.person, None, purpose="medical", words=voice.say("words"), at=AT
        ),
        "declined": declined,
        "referral": _referral(by, case, voice, "coordinator", kind="identification"),
    }


def _referral(
    by: dict[str, Membership], case: Case, voice: Voice, to: str, kind: str = "service"
) -> Referral:
    there = by[to].organisation
    an_answer(by["worker"], case.person, there, at=AT)
    return commands.send_referral(
        actor=actor_of(by["worker"]), case=case, to=there, kind=kind,
        services=["shelter_emergency"], groups=["identity", "legal"], urgency="soon",
        reason=voice.say(f"reason_{kind}"), at=AT,
    )  # fmt: skip
