"""What time brings about: answers and referrals end, and desks are cleared."""

from datetime import timedelta

from django.utils import timezone  # noqa: TID251  # the command reads the clock itself

from tests.factories import a_referral, actor_of, an_answer
from tumar.access.models import Membership
from tumar.people.models import Consent
from tumar.protection.commands import accept_referral
from tumar.protection.models import Case, Referral
from tumar.site.cli.hourly import hourly


def test_an_answer_whose_time_is_over_ends_and_the_recipient_is_cut_off(
    caseworker: Membership, outsider: Membership, case: Case
) -> None:
    now = timezone.now()
    referral = a_referral(caseworker, case, outsider.organisation, at=now - timedelta(hours=1))
    accept_referral(actor=actor_of(outsider), referral=referral, at=now - timedelta(minutes=50))
    answer = Consent.objects.get(recipient=outsider.organisation)
    shorter = an_answer(
        caseworker, case.person, None, purpose="research", at=now - timedelta(hours=2),
        expires_at=now - timedelta(hours=1),
    )  # fmt: skip

    hourly()

    shorter.refresh_from_db()
    answer.refresh_from_db()
    assert (shorter.state, answer.state) == ("expired", "given")
    assert Case.objects.visible_to(actor_of(outsider)).exists()


def test_a_referral_nobody_answered_in_time_expires(
    caseworker: Membership, outsider: Membership, case: Case
) -> None:
    a_referral(caseworker, case, outsider.organisation, at=timezone.now() - timedelta(days=3))

    hourly()

    assert Referral.objects.get().state == "expired"
