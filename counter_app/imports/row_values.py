"""Texts of the lesser columns of a row: postcode, minor or not, when the appointment was booked."""

import re
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from counter_app.imports.cells import Unclear, tidy
from counter_app.imports.fields import NO_HOUR, read_day, read_slot
from counter_app.imports.headings import fold_heading

_YES, _NO = frozenset({"oui", "o", "vrai", "true", "1", "x", "mineur"}), frozenset({"non", "n", "faux", "false", "0"})


@lru_cache(maxsize=65536)
def read_postcode(text: str) -> str | None:
    """As written without blanks; four digits had a leading zero that a spreadsheet dropped."""
    compact = re.sub(r"\s", "", tidy(text))
    return (compact.zfill(5) if re.fullmatch(r"[0-9]{4}", compact) else compact) or None


@lru_cache(maxsize=64)
def read_minor(text: str, people: int) -> bool | None:
    """« Au moins un usager mineur ? oui » says nothing sure of each of several people."""
    word = fold_heading(text)
    if word in _NO:
        return False
    return True if word in _YES and people == 1 else None


@lru_cache(maxsize=65536)
def read_booked_at(day_text: str, hour_text: str, zone: ZoneInfo) -> datetime | None:
    """When the appointment was booked. Nice to know, so that a text that cannot be read is left out."""
    if not day_text:
        return None
    slot = read_slot("", day_text, hour_text, zone)
    if slot == NO_HOUR:
        day = read_day(day_text)
        return None if isinstance(day, Unclear) else datetime.combine(day, time(), tzinfo=zone)
    return None if isinstance(slot, Unclear) else slot
