"""The numbers that people show at the desk, told apart by their form alone.

Only the foreign number (AGDREF) has its own rules, in `foreign_number`; the others are named, so that an agent can say
"this is the number of the card" rather than "wrong number". None of them has a public check digit.
"""

import re
from datetime import date
from enum import StrEnum


class NumberClass(StrEnum):
    """What a number is, by its form; the word used in JSON."""

    AGDREF = "agdref"
    ANEF_REQUEST_NUMBER = "anef_request_number"
    VISA_NUMBER = "visa_number"
    ESTAMP_NUMBER = "estamp_number"
    DOCUMENT_NUMBER = "document_number"
    UNKNOWN = "unknown"


_ANEF = re.compile(r"[0-9]{4}([0-9]{4})([0-9]{2})([0-9]{2})(?:[01][0-9]|2[0-3])[0-5][0-9]{4}")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[A-Z0-9]+")
_STAMP = re.compile(r"[0-9]{16}")
_DOCUMENT_LENGTH, _VISA_LENGTH = 9, 12
_ANEF_YEARS = range(2010, 2100)


def recognise(compact: str) -> NumberClass:
    """Class of a number without separators, in capital letters and ASCII digits; a foreign number is not looked for.

    - ANEF request number: 19 digits, 4 + AAAAMMJJ + hhmm + 3 (2D-Doc field 6K, official specimen);
    - visa number: 12 letters and digits (2D-Doc field 6R), `FRA` and 9 digits on French stickers;
    - number of the card: 9 characters that mix letters and digits (front of the permit, MRZ line 1);
    - e-stamp: 16 digits.
    """
    if _STAMP.fullmatch(compact):
        return NumberClass.ESTAMP_NUMBER
    if _is_anef_request(compact):
        return NumberClass.ANEF_REQUEST_NUMBER
    if not _MIXED.fullmatch(compact):
        return NumberClass.UNKNOWN
    if len(compact) == _VISA_LENGTH:
        return NumberClass.VISA_NUMBER
    return NumberClass.DOCUMENT_NUMBER if len(compact) == _DOCUMENT_LENGTH else NumberClass.UNKNOWN


def _is_anef_request(compact: str) -> bool:
    match = _ANEF.fullmatch(compact)
    return match is not None and _is_day(*map(int, match.groups()))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day).year in _ANEF_YEARS
    except ValueError:
        return False
