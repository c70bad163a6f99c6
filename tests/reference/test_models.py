import pytest
from django.db import IntegrityError

from tumar.reference.models import Organisation, Service

pytestmark = pytest.mark.django_db


def _organisation(
    key: str, *, takes_referrals: bool = True, is_active: bool = True
) -> Organisation:
    return Organisation.objects.create(
        key=key,
        name=key.title(),
        kind="ngo",
        country="KGZ",
        takes_referrals=takes_referrals,
        is_active=is_active,
    )


def test_only_active_organisations_that_agreed_take_referrals() -> None:
    shelter = _organisation("shelter")
    _organisation("court", takes_referrals=False)
    _organisation("closed", is_active=False)

    assert list(Organisation.objects.taking_referrals()) == [shelter]


def test_organisations_are_found_by_what_they_offer() -> None:
    shelter, clinic = _organisation("shelter"), _organisation("clinic")
    Service.objects.create(organisation=shelter, service="shelter_emergency")
    Service.objects.create(organisation=clinic, service="medical_acute")

    found = Organisation.objects.taking_referrals().offering("medical_acute")

    assert list(found) == [clinic]


def test_an_organisation_offering_a_service_in_two_areas_is_found_once() -> None:
    clinic = _organisation("clinic")
    for area in ("KG05000000000", "KG02000000000"):
        Service.objects.create(organisation=clinic, service="medical_acute", area=area)

    assert Organisation.objects.offering("medical_acute").count() == 1


def test_the_directory_leaves_out_organisations_that_closed() -> None:
    closed = _organisation("closed", is_active=False)
    Service.objects.create(organisation=closed, service="cash")

    assert not Service.objects.offering("cash").exists()


def test_a_service_is_entered_once_per_area() -> None:
    clinic = _organisation("clinic")
    Service.objects.create(organisation=clinic, service="srh")

    with pytest.raises(IntegrityError):
        Service.objects.create(organisation=clinic, service="srh")


def test_the_youngest_age_may_not_pass_the_oldest() -> None:
    with pytest.raises(IntegrityError):
        Service.objects.create(
            organisation=_organisation("clinic"), service="srh", youngest=18, oldest=17
        )


def test_an_entry_names_the_organisation_and_the_service() -> None:
    clinic = _organisation("clinic")

    assert str(clinic) == "Clinic"
    assert str(Service(organisation=clinic, service="cash")) == "Clinic: Cash assistance"
