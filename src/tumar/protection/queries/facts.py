"""The few facts of an identity a case keeps readable: bands and codes, to list and count."""

from datetime import date

from tumar.people.models import Part, Person
from tumar.people.queries import identity_of
from tumar.people.rules import Identity
from tumar.reference.codelists import code_list


def counted_facts(person: Person, on: date) -> dict[str, str]:
    """Sex, age band on a day, and first citizenship; never a date, a name or a document."""
    return facts_of(identity_of(person, only=(Part.BIRTH, Part.BACKGROUND)), on)


def facts_of(identity: Identity, on: date) -> dict[str, str]:
    """As `counted_facts`, for an identity that is open already."""
    age = identity.age_on(on)
    return {
        "sex": identity.sex,
        "age_band": age_band(age) if age else "",
        "citizenship": identity.citizenships[0] if identity.citizenships else "",
    }


def age_band(age: tuple[int, int]) -> str:
    """The band that holds the middle of a range of ages, in years.

    Args:
        age: youngest and oldest, in years. Where the range straddles 18, the younger end counts:
            minority is presumed in doubt.

    Source:
        Bands: Counter-Trafficking Data Collaborative, 2021.
    """
    youngest, oldest = age
    years = youngest if youngest < 18 <= oldest else (youngest + oldest) // 2
    for band in code_list("age_bands").codes.values():
        if years <= int(band.extra["to_age"] or 999):
            return band.code
    return ""
