"""Settings, database and keys of a test run, chosen before Django reads them.

python -m pytest                          on SQLite
python -m pytest --database=postgresql    on a PostgreSQL that is started for the run
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tools.postgres import NoPostgres, throw_away_cluster

FOLDER = "TUMAR_TEST_FOLDER"  # from the controller of a run to its workers
REPORT = "TUMAR_TEST_REPORT"  # where tools/run_tests.py looks for the counts
KEPT = {FOLDER, REPORT, "TUMAR_DATABASE_URL", "TUMAR_SCREENSHOTS"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        help="on which database to run; else TUMAR_DATABASE_URL, else SQLite",
    )


# A wrapper, for it must be done before pytest-django reads the settings in the same hook.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("TUMAR_")]:
        if name not in KEPT:
            del os.environ[name]
    os.umask(0o077)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        _begin(early_config.known_args_namespace.database)
    os.environ["TUMAR_MODE"] = "test"
    # Playwright runs a loop in the tests' thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ["TUMAR_VAR"] = str(Path(os.environ[FOLDER]) / (worker or "main"))
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # Last of all plugins, so that its fixtures stand before those of pytest-playwright.
    config.pluginmanager.import_plugin("tests.plumbing.chromium")
    from django.conf import settings

    from tumar.vault.keyring import make_folder

    # A busy machine is no fault: what is slow is measured in bench/, never in a test.
    hypothesis.settings.register_profile(
        "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("house")
    settings.VAR.mkdir()
    make_folder(settings.TUMAR_KEYS)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if REPORT in os.environ:
        seen = {name: len(reports) for name, reports in terminalreporter.stats.items()}
        counts = {name: seen.get(name, 0) for name in ("passed", "failed", "skipped")}
        counts["failed"] += seen.get("error", 0)
        Path(os.environ[REPORT]).write_text(json.dumps(counts))


def _begin(database: str | None) -> None:
    """Make what all workers of a run share; it is gone when the run ends, however it ends."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="tumar-tests-")
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
    if database == "sqlite":
        os.environ.pop("TUMAR_DATABASE_URL", None)
    if database == "postgresql":
        stack = ExitStack()
        try:
            os.environ["TUMAR_DATABASE_URL"] = stack.enter_context(throw_away_cluster())
        except NoPostgres as problem:
            raise pytest.UsageError(str(problem)) from problem
        atexit.register(stack.close)
