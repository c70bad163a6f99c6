"""One invented person's story: who, from where, by which way, into what, and how far help is.

Pure: the same chance gives the same story. Nothing here is taken from anyone's life.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tumar.people.rules import Address, Contact, Document, Identity, Name
from tumar.reference.dates import PartialDate
from tumar.site.demo.names import invented_name, romanised

YEARS = 3
DAYS = YEARS * 365
THIS_WEEK = 0.03  # share of cases opened in the last days


@dataclass(frozen=True, slots=True)
class Way:
    """A way people are led: from where, to where, into which forms, and how many of 100."""

    citizenship: str
    exploited_in: str
    forms: tuple[tuple[str, str], ...]
    share: int
    women: float


WAYS = (
    Way(
        "KGZ",
        "RUS",
        (("lab.construction", "F"), ("lab.trade", "G"), ("lab.manufacturing", "C")),
        24,
        0.3,
    ),
    Way("KGZ", "KAZ", (("lab.agriculture", "A"), ("lab.construction", "F")), 14, 0.35),
    Way(
        "KGZ",
        "TUR",
        (("lab.manufacturing", "C"), ("lab.hospitality", "I"), ("sex.prostitution", "")),
        14,
        0.75,
    ),
    Way("KGZ", "ARE", (("sex.prostitution", ""), ("lab.domestic", "T")), 9, 0.95),
    Way(
        "KGZ",
        "KGZ",
        (("begging", ""), ("lab.domestic", "T"), ("sex.prostitution", ""), ("marriage.forced", "")),
        16,
        0.75,
    ),
    Way("UZB", "KGZ", (("lab.agriculture", "A"), ("sex.prostitution", "")), 8, 0.5),
    Way("TJK", "KGZ", (("lab.mining", "B"), ("lab.construction", "F")), 5, 0.1),
    Way("PAK", "KGZ", (("lab.manufacturing", "C"), ("debt_bondage", "")), 4, 0.1),
    Way("BGD", "KGZ", (("lab.manufacturing", "C"),), 3, 0.1),
    Way("PHL", "KGZ", (("lab.domestic", "T"),), 2, 0.9),
    Way("SYR", "KGZ", (("lab.services", "N"),), 1, 0.4),
)

LANGUAGE = {
    "KGZ": "kir",
    "UZB": "uzb",
    "TJK": "tgk",
    "PAK": "urd",
    "BGD": "ben",
    "PHL": "eng",
    "SYR": "ara",
}
STAGES = ("new", "identified", "assisted", "follow_up", "closed")


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the demonstration needs to know of one case. Days count back from today."""

    identity: Identity
    age: int
    way: Way
    form: str
    sector: str
    stage: str
    opened_days_ago: int
    closed_days_ago: int | None
    lead: str
    screened_by: str
    risk: str
    decision: str


def invented_story(chance: Random, today: date) -> Story:
    """One story; ages, ways and stages in plausible shares."""
    way = chance.choices(WAYS, weights=[way.share for way in WAYS])[0]
    form, sector = chance.choice(way.forms)
    women = 0.95 if form.startswith(("sex", "marriage", "lab.domestic")) else way.women
    sex = "female" if chance.random() < women else "male"
    age = _age(chance, form)
    is_new = chance.random() < THIS_WEEK
    opened = chance.randint(0, 6) if is_new else int(chance.triangular(0, DAYS, 90))
    stage = _stage(chance, opened)
    closed = chance.randint(1, opened - 30) if stage == "closed" else None
    lead = (
        "child-protection"
        if age < 18
        else chance.choice(("shelter-north",) * 3 + ("shelter-south",) * 2)
    )
    return Story(
        identity=invented_identity(chance, way.citizenship, sex, age, today),
        age=age,
        way=way,
        form=form,
        sector=sector,
        stage=stage,
        opened_days_ago=opened,
        closed_days_ago=closed,
        lead=lead,
        screened_by=chance.choice(("border-guard", "police", "labour-inspectorate", "hotline")),
        risk=chance.choices(("low", "medium", "high", "critical"), weights=(25, 45, 24, 6))[0],
        decision=_decision(chance, stage),
    )


def invented_identity(
    chance: Random, citizenship: str, sex: str, age: int, today: date
) -> Identity:
    """Names in their own script, a birth date as exact as people know it, ways to reach her."""
    name = invented_name(chance, citizenship, sex)
    latin = romanised(name)
    spellings = (Name(latin, "other_spelling"),) if latin and chance.random() < 0.6 else ()
    language = LANGUAGE[citizenship]
    return Identity(
        names=(Name(name), *spellings),
        born=_born(chance, age, today),
        sex=sex,
        citizenships=(citizenship,),
        languages=(language, "rus") if chance.random() < 0.5 else (language,),
        interpreter="" if citizenship == "KGZ" else language,
        documents=_documents(chance, citizenship),
        contacts=_contacts(chance),
        addresses=(Address("current", citizenship, text=chance.choice(STREETS)),),
    )


STREETS = (
    "Example street 14, flat 3",
    "Мисал көчөсү 7",
    "Village of Example, house 22",
    "у родственников, ул. Примерная 5",
)
SAFE_TIMES: Sequence[tuple[str, str, str]] = (
    ("yes", "", ""),
    ("yes", "mornings only", "apricots"),
    ("no", "never by telephone; write first", ""),
    ("no", "not after 18:00, the family does not know", "the library book"),
    ("unknown", "", ""),
)


def _age(chance: Random, form: str) -> int:
    if form in {"begging", "marriage.forced"} or chance.random() < 0.08:
        return chance.randint(7, 17)
    return min(62, max(18, round(chance.gauss(29, 8))))


def _stage(chance: Random, opened: int) -> str:
    if opened < 14:
        return chance.choice(("new", "new", "identified"))
    if opened < 120:
        return chance.choices(STAGES[1:], weights=(20, 60, 12, 8 if opened > 40 else 0))[0]
    return chance.choices(STAGES[1:], weights=(3, 12, 15, 70))[0]


def _decision(chance: Random, stage: str) -> str:
    if stage == "new":
        return chance.choice(("none", "none", "potential"))
    if stage == "identified":
        return chance.choice(("presumed", "presumed", "under_review"))
    return chance.choices(("presumed", "identified", "not_identified"), weights=(25, 67, 8))[0]


def _born(chance: Random, age: int, today: date) -> PartialDate:
    day = today - timedelta(days=age * 365 + age // 4 + chance.randint(1, 360))
    known = chance.random()
    if known < 0.72:
        return PartialDate.of(day)
    if known < 0.86:
        return PartialDate.parse(f"{day:%Y-%m}")
    return PartialDate.parse(f"{day:%Y}~")


def _documents(chance: Random, citizenship: str) -> tuple[Document, ...]:
    if chance.random() < 0.3:
        return ()  # taken from her, or never had one
    series = {"KGZ": "AC", "UZB": "FA", "TJK": "A"}.get(citizenship, "P")
    return (Document("passport", f"{series}{chance.randint(1_000_000, 9_999_999)}", citizenship),)


def _contacts(chance: Random) -> tuple[Contact, ...]:
    safe, when, word = chance.choice(SAFE_TIMES)
    number = f"+996000{chance.randint(100_000, 999_999)}"  # no operator has 000
    return (Contact(chance.choice(("phone", "whatsapp")), number, safe, when, word),)
