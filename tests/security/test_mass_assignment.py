"""T13: a form posted with every field name of every model changes what its own fields change,
and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client

from tests.security.forms import Form, forms_of, with_more
from tests.security.rows import Rows, difference, snapshot, told
from tests.security.visiting import endpoints, pages, program, signed_in, visit
from tests.security.world import Story, a_token
from tumar.access.models import Membership

WALKERS = ("worker", "chief", "administrator", "analyst", "coordinator")
NOT_ATTACKED = {"/leave/", "/accounts/logout/"}  # they only end the session
# The house's own words: whoever sends them has pressed another button, not smuggled a field.
BUTTONS = {"step", "then", "begin", "more", "csrfmiddlewaretoken"}


def smuggled(by: dict[str, Membership]) -> dict[str, Any]:
    """Every column of every model, with the value an attacker would like it to have."""
    other = by["outsider"]
    found: dict[str, Any] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            found[field.name] = found[field.attname] = _wish(field, other)
    for name in BUTTONS:
        found.pop(name, None)
    return found


def _wish(field: models.Field[Any, Any], other: Membership) -> str:
    if isinstance(field, models.ForeignKey):
        wanted = {"organisation": other.organisation_id, "user": other.user_id}
        return str(wanted.get(field.remote_field.model._meta.model_name, other.organisation_id))
    if isinstance(field, models.BooleanField):
        return "true"
    if isinstance(field, models.IntegerField):
        return "1"
    if isinstance(field, models.DateTimeField | models.DateField):
        return "2001-01-01"
    wishes = {
        "status": "closed",
        "state": "accepted",
        "role": "administrator",
        "decision": "identified",
    }
    return wishes.get(field.name, "smuggled")


def _forms(by: dict[str, Membership], story: Story) -> Iterator[tuple[str, Form]]:
    """Every form of every page, once, with the first member who is shown it."""
    met: set[tuple[str, ...]] = set()
    for who in WALKERS:
        for place, answer in visit(signed_in(by[who]), pages(story, by[who])):
            if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
                continue
            for form in forms_of(place.path, answer.content.decode()):
                key = (form.action, *sorted(form.names))
                if key not in met and form.action not in NOT_ATTACKED and not form.has_file:
                    met.add(key)
                    yield who, form


def _effect(before: Rows, client: Client, path: str, content: Any, **how: Any) -> tuple[int, Any]:
    """The status and the changes of one POST, which is then undone."""
    cache.clear()
    with transaction.atomic():
        answer = client.post(path, content, **how)
        changes = told(difference(before, snapshot()))
        transaction.set_rollback(True)
    return answer.status_code, changes


@pytest.mark.slow
def test_fields_nobody_asked_for_change_nothing(by: dict[str, Membership], story: Story) -> None:
    forms, more, changed = list(_forms(by, story)), smuggled(by), 0
    clients = {who: signed_in(by[who]) for who in WALKERS}
    before = snapshot()

    for who, form in forms:
        plain = _effect(before, clients[who], form.action, form.values)
        attack = _effect(before, clients[who], form.action, with_more(form, more))
        assert attack == plain, form.action
        changed += bool(plain[1])

    assert len(forms) > 25
    assert changed > 10, "if few forms change anything, little is proved"


API = {
    "/notes": {"text": "said", "happened_on": "2026-01-05"},
    "/tasks": {"text": "phone", "due_on": "2027-01-05"},
}


@pytest.mark.parametrize("end", API)
def test_the_api_takes_no_field_it_did_not_ask_for(
    end: str, by: dict[str, Membership], story: Story
) -> None:
    path = next(p.path for p in endpoints(story, by["worker"]) if p.path.endswith(end))
    api, asked = program(a_token(by["worker"])), API[end]
    more = {name: value for name, value in smuggled(by).items() if name != "kind"}
    before = snapshot()

    plain = _effect(before, api, path, asked, content_type="application/json")
    attack = _effect(before, api, path, {**more, **asked}, content_type="application/json")

    assert plain[0] == 201
    assert plain[1]
    assert attack == plain
