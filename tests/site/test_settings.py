"""Settings are read from the environment or a file, and a wrong one is named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import clean
from tumar.site.environment import VARIABLES, Environment, WrongSetting, parse

pytestmark = [pytest.mark.slow, pytest.mark.once]  # real processes

SITE = Path(__file__).resolve().parents[2] / "src" / "tumar" / "site"
SHOW = (
    "import json, tumar.site.settings as s; print(json.dumps({n: repr(getattr(s, n)) for n in %r}))"
)


def settings(*names: str, **environment: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW % (names,)],
        env=clean(environment),
        capture_output=True,
        text=True,
        check=True,
    )
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def test_a_variable_that_is_not_declared_cannot_be_read() -> None:
    with pytest.raises(KeyError, match="TUMAR_COLOUR"):
        Environment({}).text("TUMAR_COLOUR")


def test_every_declared_variable_is_read_somewhere() -> None:
    sources = "".join(path.read_text() for path in SITE.glob("*.py") if path.stem != "docs")
    read = set(
        re.findall(r'(?:environment\.\w+\(\s*|values(?:\.get)?\(|get\()"(TUMAR_\w+)"', sources)
    )

    assert set(VARIABLES) == read


def test_wrong_values_are_all_named_at_once() -> None:
    environment = Environment({"TUMAR_WORKERS": "two", "TUMAR_MODE": "loud", "TUMAR_VAR": "x"})
    environment.number("TUMAR_WORKERS", 2)
    environment.choice("TUMAR_MODE", ("demo",), "demo")
    environment.folder("TUMAR_VAR", Path("/var"))

    with pytest.raises(WrongSetting) as refusal:
        environment.refuse()

    assert [line.split()[0] for line in str(refusal.value).splitlines()] == [
        "TUMAR_WORKERS",
        "TUMAR_MODE",
        "TUMAR_VAR",
    ]


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from the file\n")

    environment = Environment({"TUMAR_SECRET_KEY_FILE": str(tmp_path / "key")})

    assert environment.secret("TUMAR_SECRET_KEY") == "from the file"


def test_a_secret_file_that_is_not_there_is_named() -> None:
    environment = Environment({"TUMAR_SECRET_KEY_FILE": "/nonexistent"})
    environment.secret("TUMAR_SECRET_KEY")

    with pytest.raises(WrongSetting, match="TUMAR_SECRET_KEY_FILE points to /nonexistent"):
        environment.refuse()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "tumar.env"
    file.write_text("# of this machine\n\nTUMAR_COUNTRY = UKR\nTUMAR_WORKERS=4\n")

    environment = Environment({"TUMAR_CONFIG": str(file), "TUMAR_WORKERS": "8"})

    assert environment.text("TUMAR_COUNTRY") == "UKR"
    assert environment.number("TUMAR_WORKERS", 2) == 8


@pytest.mark.parametrize("line", ["TUMAR_COLOUR=blue", "TUMAR_WORKERS", "PATH=/bin"])
def test_a_line_that_is_no_setting_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        parse(f"TUMAR_MODE=demo\n{line}\n")


def test_a_configuration_that_is_not_there_is_named() -> None:
    environment = Environment({"TUMAR_CONFIG": "/nonexistent"})

    with pytest.raises(WrongSetting, match="/nonexistent cannot be used: No such file"):
        environment.refuse()


def test_cookies_over_https_are_bound_to_the_host() -> None:
    shown = settings(
        "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
        TUMAR_MODE="production", TUMAR_ORIGIN="https://tumar.example.org",
    )  # fmt: skip

    assert shown == {
        "SESSION_COOKIE_NAME": "'__Host-tumar-session'",
        "SESSION_COOKIE_SECURE": "True",
        "SESSION_COOKIE_SAMESITE": "'Strict'",
        "CSRF_COOKIE_NAME": "'__Host-tumar-csrf'",
        "CSRF_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
    }


def test_production_has_no_default_secret_and_answers_to_one_host() -> None:
    shown = settings(
        "SECRET_KEY", "ALLOWED_HOSTS", TUMAR_MODE="production", TUMAR_ORIGIN="https://a.example.org"
    )

    assert shown == {"SECRET_KEY": "''", "ALLOWED_HOSTS": "['a.example.org']"}


@pytest.mark.parametrize("mode", ["demo", "production", "development", "test"])
def test_no_mode_shows_its_memory_on_an_error_page(mode: str) -> None:
    assert settings("DEBUG", TUMAR_MODE=mode) == {"DEBUG": "False"}


def test_a_secret_outside_production_is_new_each_time() -> None:
    first, second = (settings("SECRET_KEY", TUMAR_MODE="demo") for _ in range(2))

    assert first != second
