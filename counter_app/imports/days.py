"""Texts of cells read as calendar days and birth dates. A text that could mean two days is never guessed."""

import re
from datetime import date, timedelta
from functools import lru_cache

from counter_app.imports.cells import Unclear, plain_text, tidy

FIRST_YEAR, LAST_YEAR = 1880, 2199
"""Years outside these are taken for slips of the keyboard (birth dates included)."""


UNKNOWN_DATE = Unclear("date_unreadable", "Date au format inconnu\u00a0: écrivez-la comme 27/3/2026.")
SHORT_YEAR = Unclear(
    "date_unreadable", "Année sur deux chiffres\u00a0: écrivez-la avec quatre chiffres, comme 27/3/2026."
)
_MONTHS = {
    **dict.fromkeys(("janvier", "janv", "jan"), 1),
    **dict.fromkeys(("fevrier", "fevr", "fev", "feb"), 2),
    **dict.fromkeys(("mars", "mar"), 3),
    **dict.fromkeys(("avril", "avr", "apr"), 4),
    **dict.fromkeys(("mai", "may"), 5),
    **dict.fromkeys(("juin", "jun"), 6),
    **dict.fromkeys(("juillet", "juil", "jul"), 7),
    **dict.fromkeys(("aout", "aou", "aug"), 8),
    **dict.fromkeys(("septembre", "sept", "sep"), 9),
    **dict.fromkeys(("octobre", "oct"), 10),
    **dict.fromkeys(("novembre", "nov"), 11),
    **dict.fromkeys(("decembre", "dec"), 12),
}
_DAY_FIRST = re.compile(r"(\d{1,2})\s?([/.\- ])\s?(\d{1,2})\s?\2\s?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.\-])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"\d{8}")
_SHORT = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2})")
_LETTERS = re.compile(r"(?:[a-z]{2,8}\.?,? )?(\d{1,2})(?:er)?[ \-/.]?([a-z]{3,9})\.?[ \-/.]?(\d{4}|\d{2})")
_SERIAL = re.compile(r"([1-6][0-9]{4})(?:[.,]0+)?")
SERIAL_ORIGIN = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_YEAR_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})|(\d{4})[/.\-](\d{1,2})")


@lru_cache(maxsize=65536)
def read_day(text: str) -> date | Unclear:
    """A calendar day: `23/11/2026`, `3.1.2026`, `2026-11-23`, `lundi 23 novembre 2026`, or a typed date cell.

    Two-digit years are accepted only when day/month/year is the one possible reading (then 20xx).
    """
    plain = plain_text(text)
    if serial := _of_serial(plain):
        return serial
    parts = _parts(plain)
    if parts is None:
        return _short_year(plain)
    return _calendar_day(*parts, text)


@lru_cache(maxsize=65536)
def read_birth_date(text: str) -> str | Unclear:
    """A birth date as ISO text, 00 for the parts nobody knows: `00/00/1980`, `1980` and `03/1980` are accepted."""
    plain = plain_text(text).removesuffix(" 00:00:00")
    if re.fullmatch(r"\d{4}", plain) and FIRST_YEAR <= int(plain) <= LAST_YEAR:
        return f"{plain}-00-00"
    if serial := _of_serial(plain):
        return serial.isoformat()
    parts = _month_of_year(plain) or _parts(plain)
    if parts is None:
        return SHORT_YEAR if _SHORT.fullmatch(plain) else UNKNOWN_DATE
    year, month, day = parts
    if FIRST_YEAR <= year <= LAST_YEAR and day == 0 and 0 <= month <= 12:
        return f"{year:04}-{month:02}-00"
    known = _calendar_day(year, month, day, text)
    return known if isinstance(known, Unclear) else known.isoformat()


def _of_serial(plain: str) -> date | None:
    """The day of a date cell whose format was lost: days since 1900 as spreadsheets count them, from 1927 on."""
    found = _SERIAL.fullmatch(plain)
    return SERIAL_ORIGIN + timedelta(days=int(found[1])) if found else None


def _parts(plain: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a date written with a four-digit year; None when it is not such a date."""
    plain = plain.removesuffix(" 00:00:00")
    if found := _DAY_FIRST.fullmatch(plain):
        return int(found[4]), int(found[3]), int(found[1])
    if found := _YEAR_FIRST.fullmatch(plain):
        return int(found[1]), int(found[3]), int(found[4])
    if (found := _LETTERS.fullmatch(plain)) and len(found[3]) == 4 and found[2] in _MONTHS:
        return int(found[3]), _MONTHS[found[2]], int(found[1])
    return _compact_parts(plain) if _COMPACT.fullmatch(plain) else None


def _compact_parts(digits: str) -> tuple[int, int, int] | None:
    day_first = (int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    year_first = (int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    possible = [parts for parts in (day_first, year_first) if _is_day(*parts)]
    return possible[0] if len(possible) == 1 else None


def _month_of_year(plain: str) -> tuple[int, int, int] | None:
    found = _YEAR_MONTH.fullmatch(plain)
    if found is None:
        return None
    return (int(found[2]), int(found[1]), 0) if found[2] else (int(found[3]), int(found[4]), 0)


def _short_year(plain: str) -> date | Unclear:
    lettered = _LETTERS.fullmatch(plain)
    found = _SHORT.fullmatch(plain)
    if found is None:
        return SHORT_YEAR if lettered and lettered[2] in _MONTHS else UNKNOWN_DATE
    first, second, third = int(found[1]), int(found[2]), int(found[3])
    day_first = (2000 + third, second, first)
    others = ((2000 + first, second, third), (2000 + third, first, second))
    if _is_day(*day_first) and not any(_is_day(*other) for other in others if other != day_first):
        return date(*day_first)
    return SHORT_YEAR


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return FIRST_YEAR <= date(year, month, day).year <= LAST_YEAR
    except ValueError:
        return False


def _calendar_day(year: int, month: int, day: int, text: str) -> date | Unclear:
    return date(year, month, day) if _is_day(year, month, day) else no_such_day(text)


def no_such_day(text: str) -> Unclear:
    """The answer to a well written date that no calendar has, such as 31/02/2026."""
    told = f"«\u00a0{tidy(text)}\u00a0» n’existe pas au calendrier\u00a0: écrivez la date comme 27/3/2026."
    return Unclear("date_unreadable", told)
