"""Names as they sound: keys that survive another alphabet, and how alike two names are."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from tumar_match.alike import jaro_winkler
from tumar_match.tokens import Token, tokens

MOST_CODES = 6
"""Codes of one name; with more, strangers are found faster than relatives."""

SAME_SOUND = 0.85
"""Least likeness of two words whose consonants agree in some reading."""

ALIKE = 0.8
"""Least Jaro–Winkler likeness at which two words count as spellings of one."""

MOST_WORDS = 5


class Likeness(StrEnum):
    """Why two words of two names were held to be one, or not."""

    SAME_SPELLING = "same_spelling"
    SAME_SOUND = "same_sound"
    SIMILAR_SOUND = "similar_sound"
    SAME_INITIAL = "same_initial"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Reason:
    """One word of a name set beside one of the other; `theirs` is empty where none was left."""

    likeness: Likeness
    score: float
    ours: str
    theirs: str
    is_fathers_name: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are, between 0 and 1, and word by word why.

    The score orders candidates for a person to look at. It is not a probability, and never a
    decision.
    """

    score: float
    reasons: tuple[Reason, ...]


def fold(name: str) -> str:
    """A name in sounds, lower-case Latin letters and `S C J`, word by word, endings folded.

    >>> fold("Жаркынай Асанова")
    'Jarkinai asanov'
    """
    return " ".join(token.sound for token in tokens(name))


def codes(name: str) -> frozenset[str]:
    """Keys under which a name is filed: at most MOST_CODES, the same for any order of words.

    Each word gives the consonants of its likeliest reading; what room is left goes to the
    alternatives, word by word. Two spellings of a name should share a code for every word both
    have; one shared code alone says little.

    Args:
        name: in any script, in any order, with or without the father's name.

    Returns:
        Empty if the name has no letters.
    """
    ours = [token for token in tokens(name) if not token.is_initial] or tokens(name)
    longest_first = sorted(ours, key=lambda token: (-len(token.skeletons[0]), token.sound))
    chosen: dict[str, None] = {}
    for rank in range(max((len(token.skeletons) for token in ours), default=0)):
        for token in longest_first:
            if rank < len(token.skeletons) and len(chosen) < MOST_CODES:
                chosen.setdefault(token.skeletons[rank])
    return frozenset(chosen)


def similarity(one: str, other: str) -> float:
    """The score of `compare` alone, between 0 and 1."""
    return compare(one, other).score


def compare(one: str, other: str) -> Comparison:
    """Set two names side by side, word by word, in the order that suits them best.

    Words that one name lacks cost little, and a missing father's name nothing: lists differ
    in what they ask for. The result does not depend on which name comes first, but for the
    words named in its reasons.
    """
    ours, theirs = tokens(one)[:MOST_WORDS], tokens(other)[:MOST_WORDS]
    if not ours or not theirs:
        return Comparison(0.0, ())
    swapped = len(ours) > len(theirs)
    few, many = (theirs, ours) if swapped else (ours, theirs)
    table = [[_compare_words(left, right) for right in many] for left in few]
    chosen = _best(table)
    reasons = [_turned(table[i][j]) if swapped else table[i][j] for i, j in enumerate(chosen)]
    spare = [token for j, token in enumerate(many) if j not in chosen]
    missing = [_missing(token, ours=swapped) for token in spare]
    return Comparison(_score(few, reasons, spare), (*reasons, *missing))


def _best(table: Sequence[Sequence[Reason]]) -> tuple[int, ...]:
    """For each row a column of its own, so that the scores add up to the most."""
    columns = range(len(table[0]))
    return max(
        permutations(columns, len(table)),
        key=lambda chosen: sum(table[i][j].score for i, j in enumerate(chosen)),
    )


def _compare_words(ours: Token, theirs: Token) -> Reason:
    likeness, score = _likeness(ours, theirs)
    return Reason(likeness, score, ours.text, theirs.text, ours.is_fathers or theirs.is_fathers)


def _likeness(ours: Token, theirs: Token) -> tuple[Likeness, float]:
    if ours.text == theirs.text:
        return Likeness.SAME_SPELLING, 1.0
    if ours.is_initial or theirs.is_initial:
        same = ours.sound[0] == theirs.sound[0]
        return (Likeness.SAME_INITIAL, 0.6) if same else (Likeness.DIFFERENT, 0.0)
    alike = jaro_winkler(ours.sound, theirs.sound)
    if set(ours.skeletons) & set(theirs.skeletons):
        return Likeness.SAME_SOUND, SAME_SOUND + (1 - SAME_SOUND) * alike
    if alike >= ALIKE:
        return Likeness.SIMILAR_SOUND, alike * SAME_SOUND
    return Likeness.DIFFERENT, alike / 2


def _missing(token: Token, *, ours: bool) -> Reason:
    mine, yours = (token.text, "") if ours else ("", token.text)
    return Reason(Likeness.MISSING, 0.0, mine, yours, token.is_fathers)


def _turned(reason: Reason) -> Reason:
    return Reason(reason.likeness, reason.score, reason.theirs, reason.ours, reason.is_fathers_name)


def _score(few: Sequence[Token], reasons: Sequence[Reason], spare: Sequence[Token]) -> float:
    """Mean over the words both have, less a little for each word that only one has."""
    shared = sum(reason.score for reason in reasons) / len(few)
    unexplained = sum(not token.is_fathers for token in spare)
    # A single word in common, such as a given name, is far from a whole name.
    allowance = 0.05 if len(few) > 1 else 0.2
    return max(0.0, shared - allowance * min(unexplained, 2))
