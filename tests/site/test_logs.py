"""The log tells what happened and where, never with whose data."""

import logging
import sys

import pytest

from tumar.site.logs import OneLine


def line_of(message: str, error: BaseException | None = None) -> str:
    trace = (type(error), error, error.__traceback__) if error else None
    return OneLine().format(
        logging.LogRecord("tumar", logging.ERROR, __file__, 1, message, (), trace)
    )


@pytest.mark.parametrize("trick", ["\r\n2026 ERROR forged", "\x1b[2Jgone", "a\u2028b", "a\u202eb"])
def test_an_event_stays_on_one_line_whatever_is_in_it(trick: str) -> None:
    line = line_of(f"Not Found: /{trick}")

    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_an_error_is_told_by_its_class_and_place_without_its_words() -> None:
    try:
        raise ValueError("Key (name)=(Invented Person) is taken")
    except ValueError as error:
        line = line_of("Internal Server Error: /", error)

    assert "Invented" not in line
    assert "builtins.ValueError" in line
    assert sys._getframe().f_code.co_name in line


def test_the_cause_of_an_error_is_told_too() -> None:
    try:
        try:
            raise KeyError("Invented Person")
        except KeyError as first:
            raise RuntimeError("no page") from first
    except RuntimeError as error:
        line = line_of("reference 1", error)

    assert "builtins.KeyError" in line
    assert "Invented" not in line
