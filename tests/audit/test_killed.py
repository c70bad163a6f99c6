"""A process killed between the action and its line leaves both or neither (T57)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.factories import OrganisationFactory
from tumar.audit.models import Line
from tumar.people.models import Person
from tumar.reference.models import Organisation

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds

# Registers a person; says so before the transaction ends, or after; then waits to be killed.
PROGRAM = """
import sys, time
import django
django.setup()
from tests.factories import THEN, an_identity
from tumar import audit
from tumar.access import SYSTEM, Actor, Role
from tumar.people.commands import register_person
from tumar.people.models import Person
from tumar.reference.models import Organisation

def wait():
    print("ready", flush=True)
    time.sleep(600)

here = Organisation.objects.get(key="killed")
actor = Actor(1, here.pk, frozenset({Role.CASEWORKER}))
with audit.record(SYSTEM, "test.outer", on=Person, at=THEN):
    register_person(actor=actor, organisation=here, identity=an_identity(), at=THEN)
    if sys.argv[1] == "before":
        wait()
wait()
"""


@pytest.fixture
def organisation(transactional_db: None) -> Organisation:
    return OrganisationFactory.create(key="killed")


@pytest.mark.slow
@pytest.mark.parametrize(("moment", "left"), [("before", 0), ("after", 1)])
def test_a_killed_process_leaves_the_deed_and_its_line_or_neither(
    organisation: Organisation, moment: str, left: int
) -> None:
    _run_and_kill(moment)

    assert Person.objects.count() == left
    assert Line.objects.filter(event="people.person.register").count() == left
    assert Line.objects.filter(event="test.outer").count() == left


def _run_and_kill(moment: str) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, moment],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait(PATIENCE) == -signal.SIGKILL


def _environment() -> dict[str, str]:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        url = f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}"
    return {
        **os.environ,
        "TUMAR_MODE": "test",
        "TUMAR_VAR": str(settings.VAR),
        "TUMAR_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tumar.site.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
