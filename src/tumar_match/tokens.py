"""The parts of a written name: split, read aloud in every plausible way, and reduced."""

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from tumar_match.sounds import ARABIC, LATIN, Readings, readings_of

MOST_READINGS = 12
"""Readings kept of one word; a longer list adds candidates and no true pairs."""

VOWELS = frozenset("aeiouy")
_PARTICLES = """
    ulu ul oglu ogli ogly uglu ugli kizi kizy kyzi kyzy kiz kyz ibn bin bint binti bent ben bn
    al el ad ar as da de van von
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words that say *son of*, *daughter of* or *the*, as `read` gives them."""

_SPLIT = re.compile(r"[\s\-‐‑–—_.,;/()\"“”«»]+")
_APOSTROPHES = re.compile(r"['’‘ʻʼʹʺ`´ˈ]")
_FATHERS_NAME = re.compile(r"(?<=..)(?:[oeiyau]+v(?:[iy]+[ChSkJs]|n[ae]|[iy]+Cna)|[iy]+Cna)$")
_SKI = re.compile(r"(?<=..)(t?s)k[aeiy]+$")
_FEMININE = re.compile(r"(?<=..)([oe]v|in)a$")
_NASAL = re.compile(r"n(?=[bp])")  # heard and written as m: Tanbaev, Tambaev
_OV = re.compile(r"(?<=...)[iy]*[oeau]*v$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name.

    `sound` is the likeliest reading with its endings folded, `skeletons` the consonants of every
    plausible reading, likeliest first. `is_fathers` marks a patronymic reduced to the father's
    name.
    """

    text: str
    sound: str
    skeletons: tuple[str, ...]
    is_fathers: bool = False

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1


def tokens(name: str) -> list[Token]:
    """The words of a name in their order, without particles such as *uulu* or *bint*."""
    words = [_APOSTROPHES.sub("", word) for word in _SPLIT.split(_plain(name))]
    read_words = [(word, read(word)) for word in words if word]
    return [
        _token(word, readings)
        for word, readings in read_words
        if readings and readings[0] not in PARTICLES
    ]


def read(word: str) -> list[str]:
    """Every plausible reading of one word in sounds, likeliest first, at most MOST_READINGS."""
    table = readings_of(word)
    if table is ARABIC and len(word) > 4:
        word = word.removeprefix("ال")  # the article
    if table is LATIN:
        word = "".join(letter if letter in LATIN else anyascii(letter) for letter in word).lower()
    partial = [(0, "")]
    position = 0
    while position < len(word):
        width, sounds = _next(word, position, table)
        position += width
        longer = [(cost + n, text + s) for cost, text in partial for n, s in enumerate(sounds)]
        partial = sorted(longer, key=lambda reading: reading[0])[:MOST_READINGS]
    return [text for text in dict.fromkeys(_undouble(text) for _, text in partial) if text]


def skeleton(sound: str) -> str:
    """The consonants, *s* and *z* as one, with a mark for a vowel in front.

    Vowels go last: until then they tell the endings apart. Repeated consonants become one,
    since Arabic writes no short vowel that would keep them apart.
    """
    start = "a" if sound[0] in VOWELS else ""
    consonants = "".join(s for s in sound if s not in VOWELS).replace("z", "s")
    kept = _undouble(_NASAL.sub("m", consonants))
    return start + (kept[:-1] if len(kept) > 2 and sound.endswith("h") else kept)


def _plain(name: str) -> str:
    """Lower case and composed, without the vowel signs of Arabic or any control characters."""
    text = unicodedata.normalize("NFKC", name.replace("İ", "i")).lower()
    marks = {"Cc", "Cf"}
    return "".join(
        letter
        for letter in text
        if unicodedata.category(letter) not in marks
        and not "\u064b" <= letter <= "\u0655"
        and letter not in "\u0640\u0670"
    )


def _next(word: str, position: int, table: Readings) -> tuple[int, tuple[str, ...]]:
    for width in (4, 3, 2):
        sounds = table.get(word[position : position + width])
        if sounds and position + width <= len(word):
            return width, sounds
    return 1, table.get(word[position], ("",))


def _token(word: str, readings: list[str]) -> Token:
    folded = list(dict.fromkeys(_fold_endings(reading) for reading in readings))
    fathers = _FATHERS_NAME.search(readings[0]) is not None
    skeletons = list(dict.fromkeys(skeleton(sound) for sound in folded))
    if _OV.search(folded[0]) and len(skeletons[0]) > 3:
        # Zhaparov and Zhapar uulu are one family
        skeletons.append(skeleton(_OV.sub("", folded[0])))
    return Token(word, folded[0], tuple(dict.fromkeys(skeletons)), fathers)


def _fold_endings(sound: str) -> str:
    father = _FATHERS_NAME.sub("", sound)
    if father != sound:
        return father
    return _FEMININE.sub(r"\1", _SKI.sub(r"\1ki", sound))


def _undouble(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)
