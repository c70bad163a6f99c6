"""Every address answers every role, relation and method as the table says (T11), and the log has
what the table says (T58)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access_matrix import rules, table, walk
from tests.access_matrix.world import World, build
from tumar.site.addresses import Address, addresses

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PROPOSING = os.environ.get("PROPOSE_MATRIX") == "1"
EXPECTED = table.read()
ADDRESSES = addresses()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; each question is undone, and the whole at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.route or "/")
def test_an_address_answers_as_the_table_says(address: Address, world: World) -> None:
    wanted = {key: EXPECTED.get(key) for key in walk.keys_of(address)}
    assert None not in wanted.values(), "no row: python -m tests.access_matrix, then read the diff"

    found = {key: walk.cells(address, key, world) for key in wanted}

    assert found == wanted


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.route or "/")
def test_no_row_lets_anybody_through_a_closed_door(address: Address) -> None:
    rows = {key: EXPECTED[key] for key in walk.keys_of(address) if key in EXPECTED}

    assert [said for key, cells in rows.items() for said in rules.broken(address, key, cells)] == []


def test_the_table_has_no_row_for_an_address_that_is_gone() -> None:
    assert not EXPECTED.keys() - {key for address in ADDRESSES for key in walk.keys_of(address)}


if PROPOSING:

    def test_proposal(world: World) -> None:
        """Write the table anew; a human reads the difference."""
        rows = {
            key: walk.cells(address, key, world)
            for address in ADDRESSES
            for key in walk.keys_of(address)
        }
        table.write(rows)

        assert len(rows) >= len(ADDRESSES)
