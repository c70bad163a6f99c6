"""Every TUMAR_* variable, declared once, and one reader per type that names what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MODES = ("demo", "production", "development", "test")
USUAL_CONFIG = Path("/etc/tumar/tumar.env")
YES = frozenset({"1", "true", "yes"})
NO = frozenset({"0", "false", "no"})


class WrongSetting(SystemExit):
    """One or more settings cannot be used; the message has a sentence for each."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting as the people who run Tumar see it.

    Args:
        default: in words where it depends on the mode.
        required: production does not start without it.
        secret: may come from the file named in `<name>_FILE`, and is never shown.
    """

    name: str
    meaning: str
    default: str = ""
    required: bool = False
    secret: bool = False


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "TUMAR_CONFIG",
            "File of `NAME=value` lines with the other settings; the environment wins over it.",
            f"`{USUAL_CONFIG}`, if it is there and `TUMAR_MODE` is not in the environment",
        ),
        Variable(
            "TUMAR_MODE",
            "`production` for real persons; `demo` for the demonstration country; "
            "`development` and `test` for those who work on Tumar.",
            "`development`",
            required=True,
        ),
        Variable(
            "TUMAR_SECRET_KEY",
            "Signs sessions and one-time links: at least 50 characters of chance.",
            "none in production; elsewhere a new one at each start",
            required=True,
            secret=True,
        ),
        Variable(
            "TUMAR_ORIGIN",
            "Address people type: scheme, host and port, without a path. https in production.",
            "`http://127.0.0.1:8000`",
            required=True,
        ),
        Variable(
            "TUMAR_HOSTS",
            "Further host names Tumar answers to, with commas between.",
            "none",
        ),
        Variable(
            "TUMAR_DATABASE_URL",
            "`sqlite:////path/to/file` or `postgres://user:password@host/name`; "
            "`postgres:///name` uses the local socket and needs no password.",
            "`tumar.sqlite3` in the folder `TUMAR_VAR`",
            secret=True,
        ),
        Variable(
            "TUMAR_KEYS",
            "Folder of the keys that open what is sealed: outside the database and its backups, "
            "readable by nobody else.",
            "`keys` in the folder `TUMAR_VAR`",
            required=True,
        ),
        Variable(
            "TUMAR_VAR",
            "Folder of what Tumar writes: sealed files, static files, the SQLite database.",
            "`/var/lib/tumar` in production, `var/demo` in demo, else `var`",
        ),
        Variable(
            "TUMAR_COUNTRY",
            "Country of the installation, as three letters of ISO 3166-1.",
            "`KGZ`",
        ),
        Variable(
            "TUMAR_TRUSTED_PROXIES",
            "Addresses or networks, with commas between, whose `X-Forwarded-For` and "
            "`X-Forwarded-Proto` are believed. Anybody else's are thrown away.",
            "none",
        ),
        Variable(
            "TUMAR_WORKERS",
            "Server processes.",
            "`2`",
        ),
        Variable(
            "TUMAR_UPLOAD_MEGABYTES",
            "Largest file that may be uploaded, in megabytes.",
            "`200`",
        ),
        Variable(
            "TUMAR_INDEX_BITS",
            "The longest a search token may be, in bits. Tokens grow with the number of persons, "
            "so that several share each; a lower limit makes a stolen index tell less and searches "
            "slower.",
            "`20`",
        ),
        Variable(
            "TUMAR_LOG_LEVEL",
            "`DEBUG`, `INFO`, `WARNING` or `ERROR`.",
            "`INFO`",
        ),
    )
}


class Environment:
    """Reads declared variables and remembers every one that cannot be used.

    Reading goes on after a wrong value, so that all of them are named at one go by `refuse`.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self.wrong: list[str] = []
        self.config: Path | None = None  # the file that was read, if any
        self._values = {**self._from_file(values), **values}

    def text(self, name: str, default: str = "") -> str:
        if name not in VARIABLES:
            raise KeyError(f"{name} is not declared in tumar.site.environment.")
        return self._values.get(name, "").strip() or default

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if value.isdecimal():
            return int(value)
        self.wrong.append(f"{name} must be a whole number, not {value!r}.")
        return default

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value in choices:
            return value
        self.wrong.append(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return default

    def several(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str, default: Path) -> Path:
        given = self.text(name)
        if given and not Path(given).is_absolute():
            self.wrong.append(f"{name} must be a path from the root, not {given!r}.")
        return Path(given) if given else default

    def secret(self, name: str, default: str = "") -> str:
        """The value itself, or the content of the file that `<name>_FILE` points to."""
        path = self._values.get(f"{name}_FILE")
        if not path:
            return self.text(name, default)
        try:
            return Path(path).read_text().strip()
        except OSError as problem:
            self.wrong.append(f"{name}_FILE points to {path}: {problem.strerror}.")
            return default

    def refuse(self) -> None:
        """Stop, if anything that was read cannot be used.

        Raises:
            WrongSetting: with one sentence per wrong value.
        """
        if self.wrong:
            raise WrongSetting("\n".join(self.wrong))

    def _from_file(self, values: Mapping[str, str]) -> dict[str, str]:
        named = values.get("TUMAR_CONFIG")
        if not named and ("TUMAR_MODE" in values or not USUAL_CONFIG.exists()):
            return {}
        path = self.config = Path(named) if named else USUAL_CONFIG
        try:
            return parse(path.read_text())
        except (OSError, ValueError) as problem:
            self.config = None
            reason = problem.strerror if isinstance(problem, OSError) else str(problem)
            self.wrong.append(f"The configuration {path} cannot be used: {reason}.")
            return {}


def parse(content: str) -> dict[str, str]:
    """The pairs of a configuration file; empty lines and lines that begin with # do not count.

    Raises:
        ValueError: a line is not NAME=value, or its name is not a setting; the line is named.
    """
    pairs = {}
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or name.removesuffix("_FILE") not in VARIABLES:
            raise ValueError(f"line {number} is not a setting")
        pairs[name] = value
    return pairs
