"""Who stands behind the numbers in the log."""

from collections.abc import Iterable

from tumar.access.models import User
from tumar.audit.models import Line
from tumar.reference.models import Organisation


def doers(lines: Iterable[Line], organisation_id: int) -> tuple[dict[int, str], dict[int, str]]:
    """Names of the organisations in some lines, and of the users who acted for one of them.

    Of others only the organisation is named: whom they employ is theirs to tell.
    """
    lines = list(lines)
    users = {line.user_id for line in lines if line.organisation_id == organisation_id}
    organisations = {line.organisation_id for line in lines}
    return (
        dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")),
        dict(User.objects.filter(pk__in=users).values_list("pk", "full_name")),
    )
