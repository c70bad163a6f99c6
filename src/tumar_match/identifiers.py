"""Numbers that name a person, brought to one form whatever way they were written."""

import re
import unicodedata

from tumar_match.numbering import NUMBERING, Numbering

LONGEST_PHONE = 15
"""Digits of an international number. Source: ITU-T E.164."""

SHORTEST_PHONE = 7

# Cyrillic and Greek capitals that clerks type for the Latin letters they look like.
_LOOK_ALIKES = str.maketrans("АВЕЁКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEEKMHOPCTYXIJSABEZHIKMNOPTYX")


def normal_document(text: str) -> str:
    """A document number without spaces and signs, in Latin capitals and European digits.

    Letters typed in Cyrillic for the Latin ones they look like become Latin. The letter O and
    the digit 0 stay apart: they are different documents.

    Returns:
        Empty if nothing of a number is left.
    """
    capitals = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    return _european("".join(letter for letter in capitals if letter.isalnum()))


def normal_phone(text: str, country: str) -> str:
    """A telephone number as the digits of E.164, country code first, without the plus.

    Args:
        text: as somebody wrote it, from inside or outside the country.
        country: where it was written, ISO 3166-1 alpha-3; it completes a number that has no
            country code.

    Returns:
        Empty if it cannot be a telephone number, or names no country and none is known here.
    """
    written = _european(unicodedata.normalize("NFKC", text)).strip()
    digits = re.sub(r"\D", "", written)
    plan = NUMBERING.get(country)
    if written.lstrip("( ").startswith("+"):
        full = _without_trunk(written, digits)
    elif digits.startswith("00"):
        full = digits[2:]
    elif plan and plan.trunk == "8" and digits.startswith("810"):
        full = digits[3:]  # 8, a tone, 10: abroad from Russia, Kazakhstan and their neighbours
    else:
        full = _completed(digits, plan) if plan else ""
    return full if SHORTEST_PHONE <= len(full) <= LONGEST_PHONE else ""


def _without_trunk(written: str, digits: str) -> str:
    """`+44 (0)20 …` names the prefix for calls inside the country; it is not dialled with +."""
    return re.sub(r"\D", "", written.replace("(0)", "")) if "(0)" in written else digits


def _completed(digits: str, plan: Numbering) -> str:
    """A number as dialled at home, with its country's code in front."""
    if len(digits) in plan.lengths and not (plan.trunk and digits.startswith(plan.trunk)):
        return plan.code + digits
    bare = digits.removeprefix(plan.trunk)
    if bare != digits and len(bare) in plan.lengths:
        return plan.code + bare
    if digits.startswith(plan.code) and len(digits) - len(plan.code) in plan.lengths:
        return digits  # the plus was left out
    return plan.code + digits if len(digits) in plan.lengths else ""


def _european(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text
    )
