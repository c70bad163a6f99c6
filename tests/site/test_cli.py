"""The command line: help with examples, one sentence when it cannot, nothing twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer

from tests.site.conftest import Installation, set_up, tumar
from tumar.site.cli import app
from tumar.site.cli.refusals import Refusal, leave

pytestmark = [pytest.mark.slow, pytest.mark.once]  # real processes

COMMANDS = ["demo", "serve", "setup", "import", "export", "keys", "audit", "doctor"]


def commands(group: typer.Typer) -> Iterator[tuple[str, Callable[..., object]]]:
    for command in group.registered_commands:
        if command.callback:
            yield command.name or command.callback.__name__, command.callback
    for inner in group.registered_groups:
        if inner.typer_instance:
            for name, callback in commands(inner.typer_instance):
                yield f"{inner.name} {name}", callback


def test_the_commands_are_those_of_the_manual() -> None:
    done = tumar("--help")

    assert done.code == 0
    for command in COMMANDS:
        assert re.search(rf"^\W+{command}\s", done.out, re.MULTILINE), command


@pytest.mark.parametrize(("name", "callback"), list(commands(app)))
def test_every_command_has_help_with_an_example(name: str, callback: Callable[..., object]) -> None:
    assert f"Example: tumar {name}" in " ".join((callback.__doc__ or "").split())


def test_help_does_not_need_a_working_installation() -> None:
    done = tumar("serve", "--help", TUMAR_MODE="nonsense", TUMAR_WORKERS="x")

    assert done.code == 0
    assert "Example: tumar serve" in done.out


MISUSES = {
    "an unknown command": ["fly"],
    "an unknown option": ["serve", "--fast"],
    "a port that is none": ["serve", "--port", "99999"],
    "a file that is not there": ["import", "ctdc", "/nonexistent.csv"],
    "a missing argument": ["audit", "who"],
}


@pytest.mark.parametrize("case", MISUSES)
def test_a_misuse_is_answered_in_one_sentence(case: str) -> None:
    done = tumar(*MISUSES[case])

    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert re.search(r"See `tumar.* --help`\.$", done.err)


def test_every_value_that_cannot_be_read_is_named() -> None:
    done = tumar("doctor", TUMAR_MODE="loud", TUMAR_WORKERS="two", TUMAR_VAR="here")

    assert done.code == 1
    assert [line.split()[0] for line in done.err.splitlines()] == [
        "TUMAR_MODE",
        "TUMAR_VAR",
        "TUMAR_WORKERS",
    ]


def test_an_unexpected_error_leaves_a_reference_and_no_value(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(SystemExit) as end:
        leave(RuntimeError("Invented Person"))

    said = capfd.readouterr().err
    reference = re.search(r"reference ([0-9a-f]{8})\.$", said)
    assert end.value.code == 1
    assert reference
    assert reference[1] in caplog.text
    assert "builtins.RuntimeError" in caplog.text
    assert "Invented" not in said + caplog.text


def test_a_refusal_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        leave(Refusal("There is nothing to do."))

    assert end.value.code == 1
    assert capfd.readouterr().err == "There is nothing to do.\n"


def secret_key(config: str) -> str:
    found = re.search(r"TUMAR_SECRET_KEY=(.+)", config)
    assert found
    return found[1]


def test_setup_prints_a_link_once_and_no_secret(installation: Installation) -> None:
    made = installation.made
    links = re.findall(r"https://tumar\.example\.org/\S+", made.out)
    secret = secret_key(installation.config.read_text())

    assert (made.code, made.err) == (0, "")
    assert len(links) == 1
    assert len(secret) > 80
    assert secret not in made.out


def test_what_setup_makes_is_closed_to_others(installation: Installation) -> None:
    made = [installation.folder, *installation.folder.rglob("*")]

    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_setup_again_keeps_configuration_and_keys(installation: Installation) -> None:
    before = {path: path.read_bytes() for path in installation.keys.iterdir()}
    config = installation.config.read_bytes()

    done = tumar("setup", f"--config={installation.config}")

    assert done.code == 0
    assert "Kept" in done.out
    assert "https://" not in done.out
    assert installation.config.read_bytes() == config
    assert {path: path.read_bytes() for path in installation.keys.iterdir()} == before


def test_setup_again_with_other_settings_is_refused(installation: Installation) -> None:
    done = set_up(installation.folder)

    assert done.code == 1
    assert "never overwritten" in done.err


ANSWERS = {
    "--country=XXX": "XXX is not a country's three letters",
    "--origin=http://tumar.example.org": "The address must begin with https://",
    "--database=postgres://tumar:kU9-s8Fz3q@127.0.0.1:1/x": "The database does not answer",
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_bad_answer_makes_nothing(tmp_path: Path, answer: str) -> None:
    done = set_up(tmp_path / "new", answer)

    assert done.code == 1
    assert ANSWERS[answer] in done.err
    assert not (tmp_path / "new" / "keys").exists()
    assert not (tmp_path / "new" / "tumar.env").exists()


def test_setup_asks_for_what_is_not_given_and_makes_keys_of_its_own(
    installation: Installation, tmp_path: Path
) -> None:
    done = tumar(
        "setup",
        f"--config={tmp_path}/tumar.env",
        typed="\n".join(
            ["KGZ", "https://tumar.example.org", f"sqlite:///{tmp_path}/var/tumar.sqlite3",
             f"{tmp_path}/keys", f"{tmp_path}/var", "", "Example agency", ""]
        ),
    )  # fmt: skip

    config = (tmp_path / "tumar.env").read_text()
    assert done.code == 0
    assert "Name of the organisation" in done.out
    assert "TUMAR_TRUSTED_PROXIES=127.0.0.1" in config
    assert secret_key(config) != secret_key(installation.config.read_text())
    for name in ("r1.key", "index.key"):
        assert (tmp_path / "keys" / name).read_text() != (installation.keys / name).read_text()


def test_doctor_finds_a_safe_installation_well(installation: Installation) -> None:
    done = installation.tumar("doctor")

    assert done.code == 0
    assert "problem" not in done.out


def test_doctor_says_what_to_do(installation: Installation) -> None:
    done = installation.tumar("doctor", TUMAR_HOSTS="*")

    assert done.code == 1
    assert "name each" in done.out


def test_keys_are_listed_without_being_shown(installation: Installation) -> None:
    done = installation.tumar("keys", "list")

    assert {"r1", "index"} <= set(re.findall(r"\w+", done.out))
    for path in installation.keys.glob("*.key"):
        assert path.read_text().strip() not in done.out


def test_keys_that_are_there_are_not_made_again(installation: Installation) -> None:
    done = installation.tumar("keys", "make", installation.keys)

    assert done.code == 1
    assert "never overwritten" in done.err


def test_keys_check_tells_ours_from_others(installation: Installation, tmp_path: Path) -> None:
    installation.tumar("keys", "make", tmp_path / "other")

    ours = installation.tumar("keys", "check")
    others = installation.tumar("keys", "check", TUMAR_KEYS=str(tmp_path / "other"))

    assert (ours.code, others.code) == (0, 1)


def test_the_log_shows_what_setup_did_and_that_it_was_read(installation: Installation) -> None:
    installation.tumar("audit", "list")

    done = installation.tumar("audit", "list")

    events = [line.split("\t")[2] for line in done.out.splitlines()]
    assert events[:2] == ["audit.line.read", "audit.line.read"]
    assert "access.role.grant" in events


def test_the_log_is_filtered(installation: Installation) -> None:
    def seen(*words: str) -> int:
        return len(installation.tumar("audit", "list", *words).out.splitlines())

    assert seen("--event=access.role.grant") == 1
    assert seen("--event=access.role.grant", "--since=2100-01-01") == 0


def test_the_whole_log_is_exported_once(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"

    first, second = (installation.tumar("audit", "export", file) for _ in range(2))

    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)
    assert lines[-1]["event"] == "audit.line.read"
    assert (first.code, second.code) == (0, 1)
    assert file.stat().st_mode & 0o077 == 0


def test_nobody_behind_a_pseudonym_is_said_in_one_sentence(installation: Installation) -> None:
    done = installation.tumar("audit", "who", "NOBODY")

    assert done.code == 1
    assert done.err == "Nobody here has this pseudonym.\n"
