"""From a registered person to a case, through the page."""

from django.test import Client
from django.urls import reverse

from tests.factories import a_case, a_person, a_screening
from tumar.access.models import Membership
from tumar.protection.models import Case


def test_a_case_begins_with_the_screening_it_came_from(
    browser: Client, caseworker: Membership
) -> None:
    person, screening = a_person(caseworker), a_screening(caseworker)
    url = reverse("protection:begin-case", args=[person.pseudonym])

    page = browser.get(f"{url}?screening={screening.ref}").content.decode()
    sent = {"kind": "tip", "risk": "high", "safety": "Text only.", "screening": screening.ref}
    answer = browser.post(url, sent)

    case = Case.objects.get()
    assert f'value="{screening.ref}"' in page
    assert answer.headers["Location"] == case.get_absolute_url()
    assert (case.person, case.screening, case.risk) == (person, screening, "high")
    assert case.safety == "Text only."
    screening.refresh_from_db()
    assert screening.person == person


def test_an_open_case_of_the_same_person_is_shown_first(
    browser: Client, caseworker: Membership
) -> None:
    case = a_case(caseworker)

    page = browser.get(reverse("protection:begin-case", args=[case.person.pseudonym]))

    assert case.get_absolute_url() in page.content.decode()


def test_for_a_person_out_of_scope_there_is_no_such_page(
    browser: Client, outsider: Membership
) -> None:
    person = a_person(outsider)

    assert browser.get(reverse("protection:begin-case", args=[person.pseudonym])).status_code == 404


def test_a_refused_form_keeps_what_was_typed(browser: Client, caseworker: Membership) -> None:
    person = a_person(caseworker)
    url = reverse("protection:begin-case", args=[person.pseudonym])

    page = browser.post(url, {"kind": "gossip", "risk": "high", "safety": "Write first."})

    assert "Write first." in page.content.decode()
    assert not Case.objects.exists()
