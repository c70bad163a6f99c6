"""The server's processes, and the line that says they answer."""

from __future__ import annotations

import socket
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException

import typer
from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tumar.site.cli.refusals import Refusal

PATIENCE = 60  # seconds until a server that does not answer is called broken
PAUSE = 0.1  # seconds between two tries
GRACE = 5  # seconds a process gets to end by itself
FAILED = 500  # status codes from here on are the server's own failures


def run(*, host: str, port: int, workers: int) -> None:
    """Serve until a signal comes, and print the address once a request has been answered.

    Raises:
        Refusal: the port is taken, or the server ended by itself.
    """
    _refuse_if_taken(host, port)
    connections.close_all()  # the processes are forked; each must open its own
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    server = Granian(
        "tumar.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
    )
    try:
        server.serve()
    except SystemExit as end:
        if end.code:
            raise Refusal("The server could not start; the lines above say why.") from end


def _refuse_if_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as problem:
            raise Refusal(
                f"{host}:{port} cannot be used ({problem.strerror}); choose another port."
            ) from problem


def _announce(host: str, port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        time.sleep(PAUSE)  # first: the processes are forked meanwhile, while no lock is held here
        status = _ask(host, port)
        if status and status < FAILED:
            typer.echo(f"Tumar is ready at http://{host}:{port}/")
            sys.stdout.flush()
            return
        if status:
            break
    typer.echo("Tumar runs, but its first page could not be shown; see the log.", err=True)


def _ask(host: str, port: int) -> int:
    """The status of the first page, or 0 while nobody answers."""
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request(
            "GET", "/", headers={"Host": settings.HOST, "X-Forwarded-Proto": "https"}
        )
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()
