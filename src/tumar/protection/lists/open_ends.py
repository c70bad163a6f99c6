"""What is not finished on a case that somebody wants to close."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tumar.protection.queries import CasePage
from tumar.protection.rules import GOAL_NEXT, REFERRAL_ANSWERED, REFERRAL_OPEN, SERVICE_NEXT
from tumar.reference.codelists import code_list

NOT_GIVEN = frozenset({"refused"})  # she said no, so nothing is left open


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """One thing left open."""

    kind: str
    what: str
    icon: str


def open_ends(page: CasePage) -> list[OpenEnd]:
    """Referrals under way, tasks, needs, services and goals, in that order."""
    needs, types = code_list("need_domains"), code_list("service_types")
    under_way = {*REFERRAL_OPEN, *REFERRAL_ANSWERED}
    return [
        *(
            OpenEnd(_("Referral"), referral.recipient.name, "send")
            for referral in page.referrals
            if referral.state in under_way
        ),
        *(OpenEnd(_("Task"), task.text, "checklist") for task in page.tasks),
        *(
            OpenEnd(_("Need"), needs.label(need.domain), "heart")
            for need in page.needs
            if need.met_at is None
        ),
        *(
            OpenEnd(_("Service"), types.label(service.service), "heart-handshake")
            for service in page.services
            if SERVICE_NEXT[service.state] and service.state not in NOT_GIVEN
        ),
        *(OpenEnd(_("Goal"), goal.text, "flag") for goal in page.goals if GOAL_NEXT[goal.state]),
    ]
