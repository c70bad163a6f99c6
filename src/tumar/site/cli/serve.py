"""`tumar serve`: the server, once everything is safe and whole."""

from typing import Annotated

import typer

from tumar.site.cli.starting import start_django


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[
        int | None, typer.Option(help="Server processes; else TUMAR_WORKERS.", min=1)
    ] = None,
) -> None:
    """Serve Tumar; in production only if every setting is safe.

    Example: tumar serve --port 8080
    """
    start_django()
    from django.conf import settings

    from tumar.site.checks import refuse_unless_ready
    from tumar.site.cli.preparing import collect_static
    from tumar.site.cli.server import run

    refuse_unless_ready()
    collect_static()
    run(host=host, port=port, workers=workers or settings.TUMAR_WORKERS)
