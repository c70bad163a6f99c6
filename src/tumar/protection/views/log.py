"""Who opened a case and what they did."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.roles import CASE_ROLES
from tumar.people.commands import see_who_looked
from tumar.protection.lists.log import days
from tumar.protection.models import Case
from tumar.protection.queries import names_of_users
from tumar.protection.views.visible import visible_case
from tumar.ui.pages import show


@require_safe
@open_to(*CASE_ROLES)
def case_log(request: Request, ref: str) -> HttpResponse:
    """Who looked at a case, by day; reading this is a look, too."""
    case = visible_case(request, ref)
    lines = see_who_looked(actor=request.actor, person=case.person, at=request.received_at)
    ours = [line for line in lines if line.organisation_id == request.actor.organisation_id]
    shown = days(
        lines,
        request.actor,
        users=names_of_users(line.user_id for line in ours),
        organisations=_organisations(case),
    )
    return show(request, "protection/case/log.html", {"case": case, "days": shown})


def _organisations(case: Case) -> dict[int, str]:
    """Everyone who has or had a part in this case; 0 is the house itself.

    A person may have another case with others, who must not be learnt of here.
    """
    entries = case.accesses.select_related("organisation")
    known = {entry.organisation_id: entry.organisation.name for entry in entries}
    return {**known, 0: _("The system")}
