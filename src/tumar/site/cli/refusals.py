"""Errors as the person at the keyboard sees them: one sentence, and a number that is not zero."""

from __future__ import annotations

import logging
import secrets
import sys
from typing import NoReturn

from typer import exceptions

from tumar.site.logs import places

CANNOT = 1  # exit codes
STOPPED = 130


class Refusal(Exception):
    """The command cannot do what was asked; the message says why, for the reader."""


def leave(error: BaseException) -> NoReturn:
    """Say what went wrong on stderr and end the process."""
    code, sentence = _explain(error)
    if sentence:
        sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def _explain(error: BaseException) -> tuple[int, str]:
    match error:
        case exceptions.Exit():
            return error.exit_code, ""
        case KeyboardInterrupt() | exceptions.Abort():
            return STOPPED, "Stopped."
        case exceptions.TyperException():
            return error.exit_code, _misuse(error)
        case SystemExit():  # a wrong setting; Django's own refusals
            return CANNOT, str(error.code or "")
        case OSError() if error.filename:
            return CANNOT, f"{error.filename}: {error.strerror}."
    return CANNOT, _known(error) or _unexpected(error)


def _misuse(error: exceptions.TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "tumar"
    message = error.format_message().rstrip(".")
    if not message:  # a group without a command: its help has been shown
        return ""
    return f"{message}. See `{command} --help`."


def _known(error: BaseException) -> str:
    """The words of refusals from the rooms, which are meant for readers; no others.

    What a database or a library says is left out: it holds values. A RuntimeError of our own is
    a mistake in the code, not a refusal.
    """
    # Only a command that has started Django can meet these.
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    if type(error).__module__.startswith("tumar.") and not isinstance(error, RuntimeError):
        return str(error)
    if isinstance(error, ImproperlyConfigured):
        return f"The settings cannot be used: {error}"
    if isinstance(error, OperationalError):
        return "The database does not answer or is not up to date; run `tumar doctor`."
    return ""


def _unexpected(error: BaseException) -> str:
    reference = secrets.token_hex(4)
    # Without `exc_info`: the words of the error may hold a name, and so may a plain traceback.
    logging.getLogger("tumar").error("reference %s | %s", reference, places(error))
    return f"Something went wrong that should not; the log has it under reference {reference}."
