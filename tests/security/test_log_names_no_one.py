"""T59: after a walk through all pages and commands no line of the audit log holds a canary."""

from __future__ import annotations

from tests.security.store import hits
from tests.security.walk import Walk, as_text


def test_no_line_of_the_log_holds_a_canary(walk: Walk) -> None:
    assert {line["kind"] for line in walk.lines} == {"act", "look", "denial"}
    assert len(walk.lines) > 200
    assert hits(as_text(walk.lines), walk.canaries) == []


def test_facts_are_identifiers_and_codes_never_sentences(walk: Walk) -> None:
    texts = [
        text
        for line in walk.lines
        for value in line["facts"].values()
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str)
    ]

    assert texts
    assert [text for text in texts if len(text) > 60 or " " in text] == []
