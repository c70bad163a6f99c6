"""The log of one organisation, for its data protection officer."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tumar import audit
from tumar.access import Role, require
from tumar.access.doors import open_to
from tumar.access.http import Request
from tumar.access.policy import Act
from tumar.access.queries import log_of
from tumar.audit.models import Line
from tumar.site.lists import LOG
from tumar.ui.lists import listing


@require_safe
@open_to(Role.DPO)
def log(request: Request) -> HttpResponse:
    """Every line of the own organisation, newest first; reading it leaves a line too."""
    actor = request.actor

    def note(lines: Sequence[Line]) -> None:
        with audit.look(actor, Act.READ_LOG, on=Line, at=request.received_at) as event:
            require(actor, Act.READ_LOG, actor.organisation_id)
            event.note(lines=len(lines))

    return listing(request, LOG, log_of(actor.organisation_id), on_rows=note)
