"""In whose name a command acts: who has a shell here still has only the rights of a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tumar.site.cli.refusals import Refusal

if TYPE_CHECKING:
    from tumar.access import Actor

As = Annotated[str, typer.Option("--as", help="User name in whose name this is done.")]


def actor_named(username: str) -> Actor:
    """The user as they act for their first organisation.

    Raises:
        Refusal: nobody signs in under this name.
    """
    from tumar.access.models import User
    from tumar.access.queries import actor_of_user

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Refusal("Nobody signs in under this name.")
    return actor_of_user(user)
