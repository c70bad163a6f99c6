"""The door for a WSGI server; it stays shut while a setting is insecure or a part is missing."""

import logging
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections

from tumar.site.checks import NotReady, refuse_unless_ready

NAMELESS = ("Server", "web")  # else the server's own name would stand there

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tumar.site.settings")
house = get_wsgi_application()
try:
    refuse_unless_ready()
except NotReady as problems:
    sys.exit(str(problems))
finally:
    connections.close_all()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request; what even Django could not catch is logged without its words.

    A server's own log would hold the words of the error, and those may hold a name.
    """

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, NAMELESS], *more)

    try:
        return house(environ, start)
    except Exception:
        logging.getLogger("tumar").exception("no answer")
        start("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Something went wrong."]
