"""One person from a border post to closure: four roles, two organisations and the state.

It goes through the doors of the demonstration, and takes the pictures of the tutorial.
"""

from __future__ import annotations

import pytest

from tests.journeys.conftest import NewWindow
from tests.journeys.windows import PHONE, Window
from tests.plumbing.chromium import Picture
from tumar.protection.models import Case, Referral
from tumar.reference.codelists import code_list
from tumar.reference.models import Organisation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.urls("tests.journeys.addresses"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("country"),
]

NAME = "Salima Rahimova"
SAFETY = "Her phone is read by others. Speak to her in person."
SIGNS = (
    "Misled about what the job was",
    "Misled about pay",
    "Misled about working conditions",
    "Excessive working days",
    "Little or no pay",
    "Bad living conditions",
    "Depends on the exploiter",
    "Hard to live in an unfamiliar place",
)
LAW = "Act on trafficking in persons (example), art. 17"


def key_of(organisation: str) -> str:
    return str(Organisation.objects.get(key=organisation).pk)


def find(window: Window, reference: str) -> None:
    """By the field at the top of every page."""
    window.page.get_by_role("searchbox").fill(reference)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    window.look()
    window.page.locator(f"main a[href$='/{reference}/']").first.click()
    window.page.wait_for_url(f"**/{reference}/")


def screen(window: Window, picture: Picture) -> None:
    """The border guard asks, and reads what the answers mean."""
    window.enter("demo-screener")
    window.follow("Start a screening")
    window.page.get_by_label("No, an adult").check()
    window.page.get_by_label("Work, a household").check()
    window.press("Begin with safety")
    window.page.get_by_label("Nowhere to sleep tonight").check()
    window.page.evaluate("scrollTo(0, 0)")
    picture(window.page, "first-needs")
    window.press("Tick signs on one page")
    for sign in SIGNS:
        window.page.get_by_label(sign).first.check()
    window.press("Finish and see the outcome")
    assert "Signs of deception and of exploitation were observed." in window.said
    picture(window.page, "outcome")


def hand_over(window: Window, picture: Picture) -> None:
    """The border guard asks a shelter, with her agreement, and sees what they will see."""
    window.follow("Refer now")
    window.tick("to", key_of("shelter-north"))
    window.tick("agreed", "yes")
    window.page.locator("summary", has_text="What you know of the person").click()
    window.field("name").fill(NAME)
    window.field("sex").select_option("female")
    window.field("age").fill("25")
    window.field("safety").fill(SAFETY)
    window.press("See what they will see")
    picture(window.page, "urgent-preview")
    window.press("Send now")
    assert "The referral is in the inbox" in window.said


def take_on(window: Window, picture: Picture) -> Case:
    """The case worker accepts, keeps the case, writes, and asks her."""
    referral = Referral.objects.get(case__screening__isnull=False, kind="transfer")
    window.visit("/demo/")
    window.look()
    picture(window.page, "doors")
    window.enter("demo-caseworker")
    picture(window.page, "home")
    window.visit("/protection/referrals/")
    window.look()
    picture(window.page, "inbox")
    window.visit(referral.get_absolute_url())
    window.look()
    assert NAME not in window.page.content()
    picture(window.page, "referral")
    window.press("Accept")
    window.follow("Open the case")
    assert SAFETY in window.said
    return referral.case


def accompany(window: Window, picture: Picture) -> None:
    """Whose case, a need, a plan, a note, her name, her answer."""
    window.follow("Assign")
    window.page.get_by_label("Айгерим Сапарова").check()
    window.press("Assign")
    window.follow("Need")
    window.tick("domain", "legal")
    window.tick("urgency", "soon")
    window.field("detail").fill("Seven months of wages are owed to her.")
    window.press("Note the need")
    window.follow("Write")
    window.field("objectives").fill("Safe sleep. Her wages. Then home, when she wants to.")
    window.field("agreed_with_person").check()
    window.press("Save the plan")
    window.field("text").fill("Arrived tired and calm. “I only want to sleep, and then my money.”")
    window.page.get_by_role("button", name="Add the note").click()
    window.page.locator(".timeline", has_text="I only want to sleep").wait_for()
    window.page.evaluate("scrollTo(0, 0)")
    picture(window.page, "case-begun")
    window.follow("Show identity")
    assert NAME in window.said
    picture(window.page, "identity")
    window.follow("Consent")
    window.page.get_by_role("link", name="Ask : Managing the case").click()
    window.page.wait_for_load_state()
    for group in ("identity", "contact", "legal", "narrative", "health"):
        window.tick("groups", group)
    window.tick("state", "given")
    for point in code_list("consent_checklist").codes:
        window.tick("explained", point)
    window.tick("given_by", "self")
    window.tick("method", "oral_witnessed")
    window.press("Save")
    picture(window.page, "consent")


def refer(window: Window, case: Case, kind: str, to: str, picture: Picture | None = None) -> None:
    """Need, agreement, what they see, sent."""
    window.visit(f"{case.get_absolute_url()}refer/")
    window.tick("kind", kind)
    if kind == "service":
        window.tick("services", "legal_representation")
    window.tick("to", key_of(to))
    window.field("urgency").select_option("soon")
    window.field("reason").fill("Deceived about the work; seven months of wages are owed.")
    window.press("Go on")
    window.tick("answer", "given")
    window.tick("agreed_groups", "legal")
    window.field("method").select_option("oral_witnessed")
    window.field("given_by").select_option("self")
    window.press("Write down and go on")
    window.press("See what they will see")
    assert NAME not in window.page.content()
    if picture:
        picture(window.page, "referral-preview")
    window.press("Send")


def accept(window: Window, case: Case, username: str) -> Referral:
    """The other side accepts, and opens the case as far as it was shared."""
    window.enter(username)
    referral = Referral.objects.select_related("recipient").filter(case=case).latest("made_at")
    find(window, referral.ref)
    window.press("Accept")
    window.follow("Open the case")
    return referral


def complete(window: Window, referral: Referral) -> None:
    window.visit(referral.get_absolute_url())
    window.follow("Complete, and tell how it went")
    window.field("feedback").fill("Done as asked.")
    window.press("Complete")
    assert window.visit(referral.case.get_absolute_url()) == 404


def decide(window: Window) -> None:
    window.follow("Record")
    window.tick("status", "identified")
    window.field("legal_reference").fill(LAW)
    window.field("reasons").fill("Deceived about the work; unpaid for seven months.")
    window.press("Record the decision")
    assert "Identified" in window.said


def close(window: Window, case: Case, picture: Picture) -> None:
    window.enter("demo-supervisor")
    find(window, case.ref)
    window.follow("Close the case")
    window.tick("reason", "goals_met")
    window.press("Close the case")
    picture(window.page, "closed")
    window.follow("Who opened this case")
    assert "Crisis Centre “South” (example)" in window.said
    picture(window.page, "who-opened")


def test_one_person_goes_from_a_border_post_to_closure(
    new_window: NewWindow, picture: Picture
) -> None:
    guard = new_window(size=PHONE)
    screen(guard, picture)
    hand_over(guard, picture)

    north = new_window()
    case = take_on(north, picture)
    accompany(north, picture)
    refer(north, case, "service", "shelter-south", picture)
    south = new_window()
    legal_help = accept(south, case, "demo-caseworker-2")
    assert "I only want to sleep" not in south.page.content()
    picture(south.page, "case-from-the-other-side")
    complete(south, legal_help)

    refer(north, case, "identification", "migration-service")
    coordinator = new_window()
    decision = accept(coordinator, case, "demo-coordinator")
    decide(coordinator)
    picture(coordinator.page, "decision")
    complete(coordinator, decision)

    close(new_window(), case, picture)
    case.refresh_from_db()
    assert (case.status, case.decision) == ("closed", "identified")
    assert case.lead.key == "shelter-north"
