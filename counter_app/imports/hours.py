"""Texts of cells read as hours of the day."""

import re
from datetime import time
from functools import lru_cache

from counter_app.imports.cells import Unclear, plain_text

UNKNOWN_HOUR = Unclear("time_unreadable", "Heure au format inconnu\u00a0: écrivez-la comme 9h30.")
_HOUR = re.compile(
    r"(?:de |a )?(\d{1,2}) ?"
    r"(?:h(?:eures?|rs?)? ?(\d{2})? ?(?:mi?n?\.?)?|(?:(?<!\b0)\.|:)(\d{2})(?::\d{2}(?:[.,]\d+)?)?)"
    r"(?: ?(?:-|a|/|et|jusqu a) ?\d{1,2} ?[h:.].*)?"
)
_FRACTION = re.compile(r"0[.,][0-9]*[1-9]")
_BARE_HOUR = re.compile(r"(\d{1,2})(\d{2})")


@lru_cache(maxsize=65536)
def read_hour(text: str) -> time | Unclear:
    """An hour of the day: `9h30`, ` 9 h 30`, `09:30:00`, `0930`, `9h`, `9h30 - 10h` (its beginning), a typed hour."""
    plain = plain_text(text)
    if plain.startswith(("1899-12-3", "1900-01-0", "1904-01-01")) and " " in plain:
        plain = plain.split(" ", 1)[1]
    found = _HOUR.fullmatch(plain)
    if found:
        return _hour(found[1], found[2] or found[3] or "0")
    if _FRACTION.fullmatch(plain):
        return _of_fraction(float(plain.replace(",", ".")))
    bare = _BARE_HOUR.fullmatch(plain)
    return _hour(bare[1], bare[2]) if bare else UNKNOWN_HOUR


def _of_fraction(day: float) -> time | Unclear:
    """The hour of a cell whose format was lost: a fraction of a day, which falls on a whole minute."""
    minutes = round(day * 1440)
    exact = abs(day * 1440 - minutes) < 0.05 and minutes < 1440
    return time(minutes // 60, minutes % 60) if exact else UNKNOWN_HOUR


def _hour(hours: str, minutes: str) -> time | Unclear:
    if int(hours) > 23 or int(minutes) > 59:
        told = f"{hours}h{minutes:0>2} n’est pas une heure du jour\u00a0: écrivez-la comme 9h30."
        return Unclear("time_unreadable", told)
    return time(int(hours), int(minutes))
