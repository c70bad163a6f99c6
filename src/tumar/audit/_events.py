"""Events: what opens a transaction, what may write, and what line is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

_recording: ContextVar[bool] = ContextVar("recording", default=False)
_within: ContextVar[bool] = ContextVar("within", default=False)
_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)

Subject = models.Model | type[models.Model]


class Doer(Protocol):
    """What an audit line needs to know of an actor."""

    @property
    def user_id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


class UnrecordedWrite(RuntimeError):
    """A recorded model was written outside `audit.record`."""


class WriteWhileReading(RuntimeError):
    """Something that may only be read, such as a page asked for by GET, began to write."""


@dataclass
class Event:
    """What is known of a happening while it lasts; becomes one line."""

    facts: dict[str, object] = field(default_factory=dict)
    person: UUID | None = None

    def note(self, **facts: object) -> None:
        """Add facts to the line; identifiers and codes, never names or free text."""
        self.facts.update(facts)

    def about(self, person: UUID) -> None:
        """Say whose data this touches, so that she can be told who looked."""
        self.person = person


@contextmanager
def record(
    actor: Doer, event: str, *, on: Subject, at: datetime, person: UUID | None = None
) -> Iterator[Event]:
    """Run the writes of one event in one transaction and leave one line about it.

    The line and the writes stand or fall together. A refusal undoes the writes and leaves a
    line of its own, of kind "denial".
    """
    if _only_reading.get():
        raise WriteWhileReading(f"{event} was begun where nothing may be written")
    yield from _happen(actor, event, on=on, at=at, person=person, kind="act")


@contextmanager
def look(
    actor: Doer, event: str, *, on: Subject, at: datetime, person: UUID | None = None
) -> Iterator[Event]:
    """Leave one line about something that was read, in the transaction that read it.

    Inside, recorded models still cannot be written.
    """
    yield from _happen(actor, event, on=on, at=at, person=person, kind="look")


@contextmanager
def only_reading() -> Iterator[None]:
    """Refuse every `record` inside; looks and denials still leave their lines."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


def deny(
    actor: Doer,
    event: str,
    *,
    on: Subject,
    at: datetime,
    person: UUID | None = None,
    **facts: object,
) -> None:
    """Leave one line about something that was refused."""
    with transaction.atomic():
        _leave_line(actor, event, on, at, "denial", Event(dict(facts), person))


def _happen(
    actor: Doer, event: str, *, on: Subject, at: datetime, person: UUID | None, kind: str
) -> Iterator[Event]:
    happening = Event(person=person)
    outermost = not _within.get()
    within, recording = _within.set(True), _recording.set(kind == "act")
    try:
        with transaction.atomic():
            yield happening
            _leave_line(actor, event, on, at, kind, happening)
    except PermissionDenied:
        # An inner event's line would be lost with the outer transaction; the outermost tells.
        if outermost:
            deny(actor, event, on=on, at=at, person=happening.person)
        raise
    finally:
        _recording.reset(recording)
        _within.reset(within)


def _leave_line(
    actor: Doer, event: str, on: Subject, at: datetime, kind: str, happening: Event
) -> None:
    # Looked up late: rooms import this module before the models are ready.
    apps.get_model("audit", "Line").objects.create(
        kind=kind,
        event=event,
        at=at,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        subject=on._meta.label_lower,
        subject_id=str(on.pk) if isinstance(on, models.Model) else "",
        person=happening.person,
        facts=happening.facts,
    )


def refuse_unrecorded(model: type[models.Model]) -> None:
    if not _recording.get():
        raise UnrecordedWrite(f"write {model._meta.label} inside audit.record(...)")
