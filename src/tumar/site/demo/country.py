"""The demonstration country: eight organisations marked as examples, their services and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tumar.access import Role
from tumar.access.models import Membership, User
from tumar.reference.models import Organisation, Service


@dataclass(frozen=True, slots=True)
class Example:
    """One organisation of the demonstration and what it offers."""

    key: str
    name: str
    kind: str
    takes_referrals: bool = True
    services: tuple[tuple[str, int], ...] = ()  # service type, capacity in people
    languages: tuple[str, ...] = ("kir", "rus")
    hours: str = ""


ORGANISATIONS = (
    Example(
        "migration-service",
        "State Migration Service (example)",
        "immigration_service",
        services=(("documentation", 40), ("legal_info", 60)),
        hours="Mon–Fri 9–18",
    ),
    Example(
        "police",
        "Police, unit against trafficking (example)",
        "law_enforcement",
        services=(("security_plan", 20),),
        hours="day and night",
    ),
    Example("border-guard", "Border Guard (example)", "border_guard", takes_referrals=False),
    Example(
        "labour-inspectorate",
        "Labour Inspectorate (example)",
        "labour_inspectorate",
        services=(("legal_info", 30),),
        hours="Mon–Fri 9–17",
    ),
    Example(
        "hotline",
        "National Hotline (example)",
        "hotline",
        services=(("mhpss", 15), ("interpretation", 10)),
        languages=("kir", "rus", "eng"),
        hours="every day 8–22",
    ),
    Example(
        "shelter-north",
        "Crisis Centre “North” (example)",
        "shelter",
        services=(
            ("shelter_emergency", 12),
            ("shelter_long", 20),
            ("mhpss", 15),
            ("medical_acute", 6),
            ("material_aid", 40),
        ),
        languages=("kir", "rus", "uzb", "ara"),
        hours="day and night",
    ),
    Example(
        "shelter-south",
        "Crisis Centre “South” (example)",
        "shelter",
        services=(
            ("shelter_emergency", 8),
            ("legal_representation", 10),
            ("vocational", 15),
            ("reintegration_grant", 12),
        ),
        languages=("kir", "rus", "uzb", "tgk"),
        hours="day and night",
    ),
    Example(
        "child-protection",
        "Child Protection Department (example)",
        "child_protection",
        services=(("childcare", 10), ("education", 25), ("family_mediation", 20)),
        hours="Mon–Fri 9–18",
    ),
)

# user name, name, organisation, role. All invented.
USERS = (
    ("demo-screener", "Нурбек Алымов", "border-guard", Role.SCREENER),
    ("demo-caseworker", "Айгерим Сапарова", "shelter-north", Role.CASEWORKER),
    ("demo-caseworker-2", "Dilfuza Ergasheva", "shelter-south", Role.CASEWORKER),
    ("demo-supervisor", "Гүлнара Эсенова", "shelter-north", Role.SUPERVISOR),
    ("demo-coordinator", "Талант Бообеков", "migration-service", Role.COORDINATOR),
    ("demo-dpo", "Ирина Ким", "shelter-north", Role.DPO),
    ("demo-analyst", "Жаныл Дөөлөтова", "migration-service", Role.ANALYST),
    ("demo-administrator", "Улан Сыдыков", "migration-service", Role.ADMINISTRATOR),
    ("example-north-2", "Мээрим Орозова", "shelter-north", Role.CASEWORKER),
    ("example-north-3", "Эльдар Рысбеков", "shelter-north", Role.CASEWORKER),
    ("example-south-2", "Sardor Nazarov", "shelter-south", Role.CASEWORKER),
    ("example-south-head", "Бурул Маматова", "shelter-south", Role.SUPERVISOR),
    ("example-child-1", "Асел Бекова", "child-protection", Role.CASEWORKER),
    ("example-child-2", "Канат Жумаев", "child-protection", Role.CASEWORKER),
    ("example-child-head", "Роза Исакова", "child-protection", Role.SUPERVISOR),
    ("example-police-1", "Максат Дуйшеев", "police", Role.SCREENER),
    ("example-labour-1", "Чолпон Айдарова", "labour-inspectorate", Role.SCREENER),
    ("example-hotline-1", "Анара Тентимишева", "hotline", Role.SCREENER),
    ("example-hotline-2", "Бакыт Соорбеков", "hotline", Role.SCREENER),
    ("example-north-admin", "Вера Ли", "shelter-north", Role.ADMINISTRATOR),
)


@dataclass(frozen=True, slots=True)
class Country:
    """Who is there: organisations by key, users by user name, members by organisation key."""

    organisations: dict[str, Organisation]
    users: dict[str, User]
    workers: dict[str, list[User]] = field(default_factory=dict)


def found(chance: Random, at: datetime) -> Country:
    """Make organisations, services and users. Inside an event; users cannot sign in by password."""
    organisations = {example.key: _organisation(example) for example in ORGANISATIONS}
    Service.objects.bulk_create(
        _service(chance, example, organisations[example.key], service, capacity, at)
        for example in ORGANISATIONS
        for service, capacity in example.services
    )
    users = {username: _user(username, name) for username, name, _key, _role in USERS}
    country = Country(organisations, users)
    for username, _name, key, role in USERS:
        Membership.objects.create(
            user=users[username], organisation=organisations[key], role=role, since=at
        )
        if role in {Role.CASEWORKER, Role.SCREENER}:
            country.workers.setdefault(key, []).append(users[username])
    return country


def _organisation(example: Example) -> Organisation:
    return Organisation.objects.create(
        key=example.key,
        name=example.name,
        kind=example.kind,
        country="KGZ",
        takes_referrals=example.takes_referrals,
        confidential_address=example.kind == "shelter",
        is_example=True,
    )


def _service(
    chance: Random,
    example: Example,
    organisation: Organisation,
    service: str,
    capacity: int,
    at: datetime,
) -> Service:
    return Service(
        organisation=organisation,
        service=service,
        capacity=capacity,
        languages=list(example.languages),
        hours=example.hours,
        checked_on=at.date().replace(day=chance.randint(1, 28)) if at.day > 28 else at.date(),
    )


def _user(username: str, name: str) -> User:
    user = User(username=username, full_name=name)
    user.set_unusable_password()
    user.save()
    return user
