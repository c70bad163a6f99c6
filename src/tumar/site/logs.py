"""The log: one line per event, whatever is in it; no request, no query string, no value."""

import logging
import traceback
from types import TracebackType

CONTROL = {code: f"\\x{code:02x}" for code in [*range(32), *range(127, 160)]} | {
    # Line ends and direction marks beyond ASCII: they too can make one line look like two.
    code: f"\\u{code:04x}"
    for code in [
        0x2028,
        0x2029,
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
}


class OneLine(logging.Formatter):
    """Writes an event, its error and where that happened on one line.

    The words of an exception are left out: a database tells in them which value it refused, and
    that may be a name. Its class and the places it passed are what a developer needs first.
    """

    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03d"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {record.getMessage()}"
        if record.exc_info and record.exc_info[1]:
            line += f" | {places(record.exc_info[1])}"
        return line.translate(CONTROL)


def places(error: BaseException) -> str:
    """The class of an error and the frames it passed, innermost last, without any value."""
    frames = _frames(error.__traceback__)
    own = f"{type(error).__module__}.{type(error).__qualname__} in {frames or 'no frame'}"
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return f"{own} | after {places(cause)}" if cause else own


def _frames(trace: TracebackType | None) -> str:
    return " > ".join(
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    )
