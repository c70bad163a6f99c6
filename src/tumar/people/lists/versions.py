"""Two versions of a part side by side, row by row, so that choosing loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tumar.people.lists.words import KEYS, in_words
from tumar.ui.parts import Difference

Content = Mapping[str, Any]
Atom = tuple[str, str]  # the key of the content, and the row as JSON; "" for a single value


def pairs(mine: Content, theirs: Content) -> list[Difference]:
    """Every single value and every row that one of the two has, theirs first."""
    return [
        Difference(
            name=str(place),
            label=KEYS[key],
            mine=_shown(mine, key, row),
            theirs=_shown(theirs, key, row),
        )
        for place, (key, row) in enumerate(_atoms(mine, theirs))
    ]


def merged(mine: Content, theirs: Content, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the reader chose it: for each difference mine or theirs."""
    result: dict[str, Any] = {}
    for place, (key, row) in enumerate(_atoms(mine, theirs)):
        side = mine if sent.get(f"choose-{place}", "theirs") == "mine" else theirs
        if not row:
            result[key] = side.get(key, "")
        else:
            kept = result.setdefault(key, [])
            if row in _rows(side, key) or (row in _rows(mine, key) and row in _rows(theirs, key)):
                kept.append(json.loads(row))
    return result


def _atoms(mine: Content, theirs: Content) -> Iterator[Atom]:
    for key in dict.fromkeys([*theirs, *mine]):
        if isinstance(theirs.get(key, mine.get(key)), list):
            for row in dict.fromkeys([*_rows(theirs, key), *_rows(mine, key)]):
                yield key, row
        else:
            yield key, ""


def _rows(content: Content, key: str) -> list[str]:
    return [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in content.get(key, ())]


def _shown(content: Content, key: str, row: str) -> str:
    if not row:
        return in_words(key, content.get(key, ""))
    return in_words(key, json.loads(row)) if row in _rows(content, key) else "–"
