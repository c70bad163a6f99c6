"""T68: Tumar does not start with insecure settings, and names each of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.site.conftest import PATIENCE, PROGRAM, Installation, clean

pytestmark = [pytest.mark.slow, pytest.mark.once]  # real processes

Copied = Callable[[], Installation]

INSECURE = {
    "no secret key": ({"TUMAR_SECRET_KEY": " "}, "TUMAR_SECRET_KEY is missing"),
    "a short key": ({"TUMAR_SECRET_KEY": "kU9-s8Fz3qLx"}, "TUMAR_SECRET_KEY is weak"),
    "a monotonous key": ({"TUMAR_SECRET_KEY": "ab" * 40}, "TUMAR_SECRET_KEY is weak"),
    "a repeated key": ({"TUMAR_SECRET_KEY": "kU9-s8Fz3qLx7" * 5}, "TUMAR_SECRET_KEY is weak"),
    "a sample key": (
        {"TUMAR_SECRET_KEY": "django-insecure-kU9s8Fz3qLx7vBn2mWc5rTy1pQe6oIu4aZd0"},
        "TUMAR_SECRET_KEY is weak",
    ),
    "an http origin": ({"TUMAR_ORIGIN": "http://tumar.example.org"}, "TUMAR_ORIGIN is http://"),
    "an origin with a path": ({"TUMAR_ORIGIN": "https://tumar.example.org/x"}, "TUMAR_ORIGIN must"),
    "no host": ({"TUMAR_ORIGIN": "https://"}, "No host is allowed"),
    "any host": ({"TUMAR_HOSTS": "*"}, "TUMAR_HOSTS allows any host"),
    "any proxy": ({"TUMAR_TRUSTED_PROXIES": "0.0.0.0/0"}, "TUMAR_TRUSTED_PROXIES trusts every"),
    "no address of a proxy": ({"TUMAR_TRUSTED_PROXIES": "nginx"}, "TUMAR_TRUSTED_PROXIES: 'nginx'"),
    "no keys": ({"TUMAR_KEYS": "/nonexistent"}, "TUMAR_KEYS: There is no key folder"),
    "a misspelt setting": ({"TUMAR_DEBUG": "1"}, "TUMAR_DEBUG is no setting"),
    "a common password": (
        {"TUMAR_DATABASE_URL": "postgres://tumar:Tumar@127.0.0.1:1/tumar"},
        "The password in TUMAR_DATABASE_URL",
    ),
    "no database": (
        {"TUMAR_DATABASE_URL": "postgres://tumar:kU9-s8Fz3qLx7@127.0.0.1:1/tumar"},
        "The database does not answer",
    ),
}


@pytest.mark.parametrize("case", INSECURE)
def test_an_insecure_setting_is_refused_by_name(installation: Installation, case: str) -> None:
    environment, sentence = INSECURE[case]

    done = installation.tumar("serve", **environment)

    assert done.code == 1
    assert any(line.startswith(sentence) for line in done.err.splitlines()), done.err
    assert done.out == ""


def test_all_problems_are_named_at_one_go(installation: Installation) -> None:
    done = installation.tumar(
        "serve", TUMAR_ORIGIN="http://tumar.example.org", TUMAR_SECRET_KEY="x", TUMAR_KEYS="/no"
    )

    for name in ("TUMAR_ORIGIN", "TUMAR_SECRET_KEY", "TUMAR_KEYS"):
        assert name in done.err
    assert "Traceback" not in done.err


def test_debugging_is_refused(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "debugging.py").write_text("from tumar.site.settings import *\nDEBUG = True\n")
    path = f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"

    done = installation.tumar("serve", PYTHONPATH=path, DJANGO_SETTINGS_MODULE="debugging")

    assert done.code == 1
    assert "DEBUG is on" in done.err


OPENED = {
    "keys": "is open to other users",
    "keys/index.key": "index.key is open to other users",
    "var/tumar.sqlite3": "tumar.sqlite3 is open to other users",
    "tumar.env": "tumar.env can be read by everybody",
}


@pytest.mark.parametrize("part", OPENED)
def test_what_others_can_read_is_refused(copied: Copied, part: str) -> None:
    here = copied()
    (here.folder / part).chmod(0o755)

    done = here.tumar("serve")

    assert done.code == 1
    assert OPENED[part] in done.err


def test_the_keys_of_another_installation_are_refused(copied: Copied, tmp_path: Path) -> None:
    here = copied()
    other = tmp_path / "other"
    assert here.tumar("keys", "make", other).code == 0

    done = here.tumar("serve", TUMAR_KEYS=str(other))

    assert done.code == 1
    assert "not the one this database was sealed with" in done.err


def test_keys_inside_the_data_are_refused(copied: Copied) -> None:
    here = copied()
    moved = here.keys.rename(here.folder / "var" / "keys")

    done = here.tumar("serve", TUMAR_KEYS=str(moved))

    assert done.code == 1
    assert "lies inside TUMAR_VAR" in done.err


def test_another_server_is_refused_at_the_same_door(installation: Installation) -> None:
    done = subprocess.run(
        [PROGRAM[0], "-c", "import tumar.site.wsgi"],
        env=clean({"TUMAR_CONFIG": str(installation.config), "TUMAR_SECRET_KEY": "x"}),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("TUMAR_SECRET_KEY is weak")


def test_a_safe_installation_serves_and_ends_when_told(installation: Installation) -> None:
    port = free_port()
    server = subprocess.Popen(
        [*PROGRAM, "serve", f"--port={port}"],
        env=clean({"TUMAR_CONFIG": str(installation.config)}),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        first = server.stdout.readline()
        plain, forwarded = (_status(port, scheme) for scheme in ("http", "https"))
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)

    assert first == f"Tumar is ready at http://127.0.0.1:{port}/\n"
    assert (plain, forwarded < 400) == (301, True)
    assert server.returncode == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(port: int, scheme: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    headers = {"Host": "tumar.example.org", "X-Forwarded-Proto": scheme}
    connection.request("GET", "/", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status
