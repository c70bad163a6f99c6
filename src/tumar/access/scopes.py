"""What a token may be used for, asked before anything else is done."""

from django.utils.translation import gettext as _

from tumar.access import NotAllowed
from tumar.access.http import Request


def require_scope(request: Request, scope: str) -> None:
    """Go on only if the token has the scope; a signed-in person is not narrowed.

    Raises:
        NotAllowed: the token was made for other things.
    """
    scopes = request.actor.scopes
    if scopes is not None and scope not in scopes:
        raise NotAllowed(_("This token was not made for that. It needs the scope %s.") % scope)
