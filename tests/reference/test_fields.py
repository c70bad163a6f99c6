import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Value

from tumar.reference.fields import CodeField, CodesField, UnknownCode
from tumar.reference.models import Organisation, Service


@pytest.fixture
def shelter(db: None) -> Organisation:
    return Organisation.objects.create(
        key="shelter", name="A shelter", kind="shelter", country="KGZ", takes_referrals=True
    )


@pytest.mark.parametrize("field", [CodeField("sexes", "sex"), CodesField("languages", blank=True)])
def test_a_migration_remembers_the_list_and_not_its_codes(field: CodeField | CodesField) -> None:
    _, path, args, options = field.deconstruct()
    again = type(field)(*args, **options)

    assert path == f"tumar.reference.fields.{type(field).__name__}"
    assert options["code_list"] == field.code_list_key
    assert "choices" not in options
    assert again.deconstruct()[1:] == (path, args, options)


def test_a_list_that_does_not_exist_stops_the_start() -> None:
    field = CodeField("colours")
    field.set_attributes_from_name("colour")

    assert [problem.id for problem in field.check()] == ["reference.E001"]


def test_a_code_is_checked_against_its_list() -> None:
    field = CodeField("sexes")

    assert field.clean("female", None) == "female"
    with pytest.raises(ValidationError, match="not a code of the list"):
        field.clean("queen", None)


def test_empty_is_accepted_only_where_blank_allows_it() -> None:
    assert CodeField("sexes", blank=True).clean("", None) == ""
    with pytest.raises(ValidationError):
        CodeField("sexes").clean("", None)


@pytest.mark.parametrize("value", [["kir", "klingon"], ["kir", "kir"], "kir", [1]])
def test_several_codes_are_each_checked_and_given_once(value: object) -> None:
    with pytest.raises(ValidationError):
        CodesField("languages").clean(value, None)


def test_a_code_outside_the_list_is_never_stored(shelter: Organisation) -> None:
    shelter.kind = "castle"

    with pytest.raises(UnknownCode, match="organisation_kinds") as refused:
        shelter.save()
    assert "castle" not in str(refused.value)


def test_a_bulk_update_cannot_store_one_either(shelter: Organisation) -> None:
    with pytest.raises(UnknownCode):
        Organisation.objects.update(country="Narnia")


@pytest.mark.parametrize("languages", [["klingon"], "kir", ["kir", "kir"], None])
def test_a_list_of_codes_is_checked_before_it_is_stored(
    shelter: Organisation, languages: object
) -> None:
    with pytest.raises(UnknownCode):
        Service.objects.create(organisation=shelter, service="cash", languages=languages)


def test_a_database_expression_may_set_either_field(shelter: Organisation) -> None:
    Service.objects.create(organisation=shelter, service="cash", languages=["kir"])

    Service.objects.update(service=Value("transport"), languages=F("languages"))

    service = Service.objects.get()
    assert (service.service, service.languages) == ("transport", ["kir"])


def test_labels_are_read_from_the_record(shelter: Organisation) -> None:
    service = Service(organisation=shelter, service="cash", languages=["kir", "sgn"])

    assert service.get_service_display() == "Cash assistance"
    assert service.get_languages_display() == ["Kyrgyz", "Sign language"]
    assert service.get_area_display() == ""
