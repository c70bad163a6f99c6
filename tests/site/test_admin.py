"""Pages of administrators: colleagues, and the directory of organisations and services."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from tests.factories import MembershipFactory, OrganisationFactory
from tumar.access import Role
from tumar.access.models import Membership, User
from tumar.audit.models import Line
from tumar.reference.models import Organisation, Service
from tumar.site.directory import directory

NEW = {"full_name": "Жаңы кесиптеш", "username": "new.one", "role": "caseworker"}


@pytest.fixture
def chief(shelter: Organisation) -> Membership:
    return MembershipFactory.create(organisation=shelter, role=Role.ADMINISTRATOR)


@pytest.fixture
def office(chief: Membership, client: Client) -> Client:
    client.force_login(chief.user)
    return client


def test_a_colleague_is_added_and_their_link_is_shown_once(office: Client) -> None:
    page = office.post("/users/new/", NEW).content.decode()

    link = "/welcome/" + page.split("/welcome/")[1].split("<")[0]
    user = User.objects.get(username="new.one")
    assert Client().get(link).status_code == 200
    assert "/welcome/" not in office.get(f"/users/{user.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("username", "A Name", "small letters"),
        ("username", "x" * 41, "small letters"),
        ("role", "king", "valid choice"),
        ("full_name", "x" * 201, "shorten"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_why(
    field: str, value: str, said: str, office: Client
) -> None:
    page = office.post("/users/new/", {**NEW, field: value}).content.decode()

    assert said in page
    assert "Жаңы кесиптеш" in page or field == "full_name"
    assert not User.objects.filter(username="new.one").exists()


def test_a_user_name_that_is_taken_is_said(office: Client, chief: Membership) -> None:
    page = office.post("/users/new/", {**NEW, "username": chief.user.username}).content.decode()

    assert "is taken" in page


def test_roles_are_given_and_ended(office: Client, caseworker: Membership) -> None:
    at = f"/users/{caseworker.user_id}/"

    office.post(f"{at}roles/", {"role": "supervisor"})
    office.post(f"{at}roles/{caseworker.pk}/end/")

    held = Membership.objects.filter(user=caseworker.user_id).active()
    assert list(held.values_list("role", flat=True)) == ["supervisor"]


def test_an_administrator_may_not_press_what_the_rules_forbid(
    office: Client, chief: Membership
) -> None:
    at = f"/users/{chief.user_id}/"
    page = office.get(at).content.decode()

    assert "Nobody may give themselves a role." in page
    assert office.post(f"{at}roles/", {"role": "caseworker"}).status_code == 403
    assert office.post(f"{at}disable/").status_code == 403


def test_users_of_other_organisations_do_not_exist_here(
    office: Client, outsider: Membership
) -> None:
    at = f"/users/{outsider.user_id}/"

    answers = [office.get(at), office.post(f"{at}link/"), office.post(f"{at}disable/"),
               office.post(f"{at}roles/", {"role": "dpo"})]  # fmt: skip

    assert {answer.status_code for answer in answers} == {404}
    assert outsider.user.full_name not in office.get("/users/").content.decode()


def test_a_role_of_somebody_else_is_not_ended_through_a_colleague(
    office: Client, caseworker: Membership, outsider: Membership
) -> None:
    answer = office.post(f"/users/{caseworker.user_id}/roles/{outsider.pk}/end/")

    assert answer.status_code == 404


def test_disabling_ends_the_session_somebody_has_open(
    office: Client, caseworker: Membership
) -> None:
    theirs = Client()
    theirs.force_login(caseworker.user)
    assert theirs.get("/account/").status_code == 200

    office.post(f"/users/{caseworker.user_id}/disable/")

    assert theirs.get("/account/").status_code == 302


@pytest.mark.parametrize("people", [1, 50])
def test_the_list_of_users_costs_the_same_for_one_and_for_fifty(
    people: int, office: Client, shelter: Organisation, django_assert_max_num_queries: object
) -> None:
    MembershipFactory.create_batch(people, organisation=shelter)

    with django_assert_max_num_queries(8):  # type: ignore[operator]
        office.get("/users/")


# The directory


def entry(organisation: Organisation, **but: object) -> dict[str, object]:
    return {"name": organisation.name, "country": "KGZ", "area": "", "phone": "", **but}


def test_only_organisations_and_services_are_in_the_directory() -> None:
    assert set(directory._registry) == {Organisation, Service}
    assert not set(admin.site._registry) & set(apps.get_models())


def test_an_administrator_keeps_the_own_entry_and_that_is_on_record(
    office: Client, shelter: Organisation
) -> None:
    at = f"/reference-admin/reference/organisation/{shelter.pk}/change/"

    office.post(at, entry(shelter, phone="+996 312 111111", is_active="on"))

    shelter.refresh_from_db()
    assert shelter.phone == "+996 312 111111"
    line = Line.objects.filter(event="access.directory.keep").get()
    assert line.facts["row"] == shelter.pk
    assert "phone" in line.facts["fields"]
    assert "111111" not in str(line.facts)


def test_the_entry_of_another_organisation_is_not_open_to_change(
    office: Client, shelter: Organisation
) -> None:
    other = OrganisationFactory.create(name="Elsewhere")

    office.post(
        f"/reference-admin/reference/organisation/{other.pk}/change/",
        entry(other, name="Renamed"),
    )

    other.refresh_from_db()
    assert other.name == "Elsewhere"


def test_an_administrator_of_an_ngo_does_not_make_it_a_ministry(
    office: Client, shelter: Organisation
) -> None:
    office.post(
        f"/reference-admin/reference/organisation/{shelter.pk}/change/",
        entry(shelter, kind="central_government", key="x", is_active="on"),
    )

    shelter.refresh_from_db()
    assert (shelter.kind, shelter.key) == ("ngo", "shelter")


def test_a_service_is_added_only_to_the_own_organisation(
    office: Client, shelter: Organisation
) -> None:
    other = OrganisationFactory.create()

    for organisation in (other, shelter):
        office.post(
            "/reference-admin/reference/service/add/",
            {"organisation": organisation.pk, "service": "shelter_emergency",
             "languages": ["kir"]},
        )  # fmt: skip

    assert [(s.organisation, s.languages) for s in Service.objects.all()] == [(shelter, ["kir"])]


def test_a_national_authority_keeps_every_entry(client: Client, shelter: Organisation) -> None:
    service = OrganisationFactory.create(kind="immigration_service")
    national = MembershipFactory.create(organisation=service, role=Role.ADMINISTRATOR)
    client.force_login(national.user)

    client.post(
        f"/reference-admin/reference/organisation/{shelter.pk}/change/",
        entry(shelter, kind="ngo", key="shelter", name="Renamed shelter", is_active="on"),
    )

    shelter.refresh_from_db()
    assert shelter.name == "Renamed shelter"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_directory_is_closed_to_everybody_else(
    role: Role, client: Client, shelter: Organisation
) -> None:
    client.force_login(MembershipFactory.create(organisation=shelter, role=role).user)

    assert client.get("/reference-admin/").status_code == 403


def test_nothing_of_the_directory_is_ever_deleted(office: Client, shelter: Organisation) -> None:
    at = f"/reference-admin/reference/organisation/{shelter.pk}/delete/"

    assert office.post(at, {"post": "yes"}).status_code == 404
    office.post(
        "/reference-admin/reference/organisation/",
        {"action": "delete_selected", "_selected_action": [shelter.pk], "post": "yes"},
    )
    assert Organisation.objects.filter(pk=shelter.pk).exists()
