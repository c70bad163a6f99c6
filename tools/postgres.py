"""A throw-away PostgreSQL: `python tools/postgres.py COMMAND ...` runs COMMAND beside one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

PATIENCE = 30  # seconds
USER = "tumar"
# Nothing in it is worth a write to disk, and no other machine may reach it.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
}


class NoPostgres(Exception):
    """PostgreSQL is not installed, or would not start; the message says which."""


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Start a server of our own in a temporary folder, and remove both at the end.

    Yields:
        The database URL, over a socket in that folder.

    Raises:
        NoPostgres: PostgreSQL is not installed, or would not start.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="tumar-postgres-"))
    account = _account()
    shutil.chown(folder, account)
    try:
        _run_as(
            account, folder, programs / "initdb", "-D", folder / "data", "-U", USER,
            "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        with _server(account, folder, programs):
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    elsewhere = shutil.which("postgres")
    if not found and not elsewhere:
        raise NoPostgres("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    return found[-1].parent if found else Path(str(elsewhere)).resolve().parent


def _version(path: Path) -> int:
    return int(path.parents[1].name)


def _account() -> str:
    """Who the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _run_as(account: str, folder: Path, *command: object) -> None:
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        **_identity(account),
    )
    if done.returncode:
        raise NoPostgres(f"{command[0]} failed: {done.stderr.strip()}")


def _identity(account: str) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def _server(account: str, folder: Path, programs: Path) -> Iterator[None]:
    settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            # Should this process be killed, the server is told to stop as well.
            ["setpriv", "--pdeathsig", "INT", str(programs / "postgres"),
             "-D", str(folder / "data"), "-k", str(folder), *settings],
            cwd=folder, stdout=output, stderr=output, start_new_session=True,
            **_identity(account),
        )  # fmt: skip
    try:
        _wait(server, folder, programs, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], folder: Path, programs: Path, log: Path) -> None:
    asking = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    until = time.monotonic() + PATIENCE
    while subprocess.run(asking, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise NoPostgres(f"PostgreSQL did not start: {log.read_text().strip()}")
        time.sleep(0.1)


def main(command: list[str]) -> int:
    with throw_away_cluster() as url:
        os.environ["TUMAR_DATABASE_URL"] = url
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
