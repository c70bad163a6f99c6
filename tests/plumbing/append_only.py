"""Transactional tests empty all tables; the log refuses that, so it is opened for the emptying."""

from typing import Any

from django.db import connection
from django.test import TransactionTestCase


def let_tests_flush() -> None:
    """Take the log's triggers down around the emptying of tables after a transactional test.

    Only here: in the application nothing takes them down.
    """
    plain = TransactionTestCase._fixture_teardown

    def opened(self: Any) -> None:
        with connection.cursor() as cursor:
            triggers = _take_down(cursor)
        try:
            plain(self)
        finally:
            with connection.cursor() as cursor:
                _put_up(cursor, triggers)

    if getattr(plain, "__name__", "") != "opened":
        TransactionTestCase._fixture_teardown = opened


def _take_down(cursor: Any) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE audit_line DISABLE TRIGGER USER")
        return []
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'")
    triggers = cursor.fetchall()
    for name, _sql in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return triggers


def _put_up(cursor: Any, triggers: list[tuple[str, str]]) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("ALTER TABLE audit_line ENABLE TRIGGER USER")
    for _name, sql in triggers:
        cursor.execute(sql)
