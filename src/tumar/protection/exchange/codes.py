"""Our codes in the standard's words and back; the words stand in the lists' `htcds` columns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tumar.protection.exchange.fields import fold
from tumar.reference.codelists import code_list

# Where several of our codes share one word of the standard, the one a word comes back as.
PREFERRED = {
    "case_statuses": ("open",),
    "organisation_kinds": ("ngo", "law_enforcement", "central_government", "local_government"),
    "referral_reasons": ("additional_services", "change_of_location"),
}

# Words the standard defines but leaves out of its list ("Field Definitions.md").
ALSO = {
    "means_control": {"RestrictsMovement": "restricts_movement", "UsesChildren": "uses_children"}
}

# A means of control the standard has no word for still says that there was one.
NO_WORD = {"restricts_movement": "Other"}

# Types of exploitation without their details, which further columns give.
FORMS = {
    "forced_labour": "lab",
    "sexual_exploitation": "sex",
    "child_labour": "lab.child",
    "forced_marriage": "marriage.forced",
    "servitude": "servitude",
    "forced_military_by_non_state_actors": "armed.child",
    "organ_removal": "organ",
    "forced_begging": "begging",
    "forced_adoption": "adoption.illegal",
    "surrogacy": "surrogacy",
    "other": "other",
}

GENDER_OF_SEX = {"female": "Feminine", "male": "Masculine"}
SEX_OF_GENDER = {"feminine": "female", "masculine": "male"}

# ISO 639-2 has two codes for these languages; our list has the second.
# Source: Library of Congress, codes for bibliography and terminology.
BIBLIOGRAPHIC = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces",
    "dut": "nld", "fre": "fra", "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl",
    "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas", "rum": "ron", "slo": "slk",
    "tib": "bod", "wel": "cym",
}  # fmt: skip


def word_for(list_key: str, code: str) -> str:
    """The standard's word for one of our codes; empty where it has none."""
    return _mapping(list_key, "htcds").get(code, "")


def words_for(list_key: str, codes: Iterable[str]) -> str:
    """Several codes as a Salesforce multiselect: each word once, parted by semicolons."""
    words = [word_for(list_key, code) or NO_WORD.get(code, "") for code in codes]
    return ";".join(dict.fromkeys(word for word in words if word))


def code_for(list_key: str, word: str) -> str:
    """Our code for a word of the standard, its label or our own code; empty if unknown.

    Spaces, case and signs do not count: the published list has `DebtBondage ` with a space.
    """
    return _known(list_key).get(fold(word), "")


def alpha2(list_key: str, code: str) -> str:
    """A country as the standard writes it, of two letters."""
    return _mapping(list_key, "alpha2").get(code, "")


def country_for(list_key: str, text: str) -> str:
    """A country by its two or three letters or its English name; empty if unknown."""
    return _countries(list_key).get(fold(text), "")


def language_for(text: str) -> str:
    """A language by either of its ISO 639-2 codes or its English name; empty if unknown."""
    code = BIBLIOGRAPHIC.get(text.strip().casefold(), text.strip().casefold())
    if code in code_list("languages"):
        return code
    return _labels("languages").get(fold(text), "")


def forms_for(types: Iterable[str], sexual: Iterable[str], sectors: Iterable[str]) -> list[str]:
    """Our forms of exploitation from the standard's type and its two columns of details."""
    details = {"sex": _detailed("sex", sexual), "lab": _detailed("lab", sectors)}
    wanted = [FORMS[each] for each in types]
    found: list[str] = []
    for root in wanted:
        found += details.get(root) or [root]
    found += details["sex"] if "sex" not in wanted else []
    return list(dict.fromkeys(found))


@cache
def _mapping(list_key: str, column: str) -> dict[str, str]:
    return code_list(list_key).mapping(column)


@cache
def _by_detail() -> dict[tuple[str, str], str]:
    forms = code_list("exploitation_forms")
    return {
        (code.parent, code.extra["detail"]): code.code
        for code in forms
        if code.extra.get("detail") and code.parent
    }


def _detailed(root: str, details: Iterable[str]) -> list[str]:
    keys = details
    if root == "sex":
        keys = [word_for("sexual_exploitation_types", each) for each in details]
    return [_by_detail()[root, key] for key in keys if (root, key) in _by_detail()]


@cache
def _known(list_key: str) -> dict[str, str]:
    codes = code_list(list_key)
    words = codes.mapping("htcds")
    by_word = {fold(words[code]): code for code in reversed(list(words))}
    by_word |= {fold(words[code]): code for code in reversed(PREFERRED.get(list_key, ()))}
    by_word |= {fold(word): code for word, code in ALSO.get(list_key, {}).items()}
    own = {fold(code.code): code.code for code in codes if code.code in words}
    return _labels(list_key) | own | by_word


@cache
def _labels(list_key: str) -> dict[str, str]:
    return {fold(code.label): code.code for code in code_list(list_key)}


@cache
def _countries(list_key: str) -> dict[str, str]:
    codes = code_list(list_key)
    short = {fold(two): code for code, two in codes.mapping("alpha2").items()}
    return _labels(list_key) | {fold(code.code): code.code for code in codes} | short
