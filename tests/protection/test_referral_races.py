"""Two who press at once: exactly one wins, and the other is told why."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.factories import THEN, MembershipFactory, a_case, a_referral, actor_of
from tumar.access import NotAllowed, Role
from tumar.access.models import Membership
from tumar.audit.models import Line
from tumar.protection import commands
from tumar.protection.models import CaseAccess, Referral

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(referral: Referral, colleagues: list[Membership], command: str) -> list[str]:
    """Let each answer in a thread of their own, all starting together; how each fared."""
    fared: list[str] = []
    start = Barrier(len(colleagues))

    def answer(by: Membership) -> None:
        start.wait()
        try:
            _answer(command, by, referral)
            fared.append("won")
        except NotAllowed as refusal:
            fared.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=answer, args=[by]) for by in colleagues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return fared


def _answer(command: str, by: Membership, referral: Referral) -> None:
    if command == "decline":
        commands.decline_referral(
            actor=actor_of(by), referral=referral, reason="other", feedback="", at=THEN
        )
    else:
        commands.accept_referral(actor=actor_of(by), referral=referral, at=THEN)


@pytest.mark.parametrize("command", ["accept", "decline"])
def test_of_two_answers_at_once_exactly_one_wins(command: str) -> None:
    sender, recipient = MembershipFactory.create(), MembershipFactory.create()
    colleague = MembershipFactory.create(organisation=recipient.organisation, role=Role.SUPERVISOR)
    referral = a_referral(sender, a_case(sender), recipient.organisation)

    fared = at_once(referral, [recipient, colleague], command)

    assert sorted(fared) == sorted(["won", "This referral does not wait for that any more."])
    done = Line.objects.filter(event=f"protection.referral.{command}", kind="act")
    assert done.count() == 1
    entries = CaseAccess.objects.active().filter(organisation=recipient.organisation)
    assert entries.count() == (1 if command == "accept" else 0)
