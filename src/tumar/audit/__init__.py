"""The one way to write and to look: each belongs to a recorded event."""

from tumar.audit._events import (
    Event,
    UnrecordedWrite,
    WriteWhileReading,
    deny,
    look,
    only_reading,
    record,
)

__all__ = [
    "Event",
    "UnrecordedWrite",
    "WriteWhileReading",
    "deny",
    "look",
    "only_reading",
    "record",
]
