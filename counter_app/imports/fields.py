"""Texts of cells read as dates, hours and moments. A text that could mean two things is never guessed.

Every reader answers the value, or an `Unclear` that says in French what to write instead.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from counter_app.imports.cells import Unclear, plain_text, tidy
from counter_app.imports.days import FIRST_YEAR, LAST_YEAR, no_such_day, read_birth_date, read_day
from counter_app.imports.hours import read_hour

__all__ = ["Unclear", "read_birth_date", "read_day", "read_hour", "read_moment", "read_slot", "tidy"]

NO_HOUR = Unclear("time_missing", "Heure absente\u00a0: indiquez l’heure, comme 9h30.")
NO_DAY = Unclear("date_missing", "Date absente\u00a0: indiquez le jour, comme 27/3/2026.")
NO_SLOT = Unclear(
    "slot_missing", "Aucun rendez-vous sur cette ligne\u00a0: indiquez le jour et l’heure, comme 27/3/2026 9h30."
)

_ISO_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)? ?(?:Z|[+-]\d\d:?\d\d|UTC)?", re.ASCII | re.IGNORECASE
)
_SERIAL_MOMENT = re.compile(r"([1-6][0-9]{4})[.,]([0-9]*[1-9][0-9]*?)0*")
_DAY_THEN_HOUR = re.compile(r"(.*?\d) ?(?:,|-|\bt\b|\ba\b|\bde\b)? ?(?<!\d)(\d{1,2} ?[h:].*|(?<=[ a]) ?\d{4})")


def read_moment(text: str, zone: ZoneInfo) -> tuple[date | None, time | None] | Unclear:
    """The day and the hour that one cell holds; either may be missing. ISO texts with an offset are put in `zone`."""
    iso = _ISO_MOMENT.fullmatch(tidy(text))
    if iso:
        return _iso_moment(iso[0], zone)
    if serial := _SERIAL_MOMENT.fullmatch(tidy(text)):
        return _day_and_hour(serial[1], f"0.{serial[2]}")
    day = read_day(text)
    if isinstance(day, date):
        return day, None
    hour = read_hour(text)
    if isinstance(hour, time):
        return None, hour
    split = _DAY_THEN_HOUR.fullmatch(plain_text(text))
    return _day_and_hour(split[1], split[2]) if split else day


def _day_and_hour(day_text: str, hour_text: str) -> tuple[date, time] | Unclear:
    day, hour = read_day(day_text), read_hour(hour_text)
    if isinstance(day, Unclear):
        return day
    return hour if isinstance(hour, Unclear) else (day, hour)


@lru_cache(maxsize=65536)
def read_slot(slot_text: str, day_text: str, hour_text: str, zone: ZoneInfo) -> datetime | Unclear:
    """The aware start of an appointment, from a cell that holds day and hour, or from one cell for each.

    An hour skipped by summer time is unclear; an hour lived twice is the first of the two.
    """
    day: date | None = None
    hour: time | None = None
    for text in (slot_text, day_text):
        if tidy(text):
            moment = read_moment(text, zone)
            if isinstance(moment, Unclear):
                return moment
            day, hour = day or moment[0], hour or moment[1]
    if tidy(hour_text):
        own_hour = _hour_of(hour_text, zone)
        if isinstance(own_hour, Unclear):
            return own_hour
        hour = own_hour
    return _slot(day, hour, zone)


def _slot(day: date | None, hour: time | None, zone: ZoneInfo) -> datetime | Unclear:
    if day is None:
        return NO_SLOT if hour is None else NO_DAY
    if hour is None:
        return NO_HOUR
    slot = datetime.combine(day, hour, tzinfo=zone)
    if slot.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != slot.replace(tzinfo=None):
        reason = f"Le {day:%d/%m/%Y}, {hour:%Hh%M} n’existe pas (passage à l’heure d’été)\u00a0: indiquez l’heure."
        return Unclear("time_unreadable", reason)
    return slot


def _hour_of(text: str, zone: ZoneInfo) -> time | Unclear:
    hour = read_hour(text)
    if isinstance(hour, Unclear):
        moment = read_moment(text, zone)
        if not isinstance(moment, Unclear) and moment[1] is not None:
            return moment[1]
    return hour


def _iso_moment(text: str, zone: ZoneInfo) -> tuple[date | None, time | None] | Unclear:
    try:
        moment = datetime.fromisoformat(text.upper().replace(" UTC", "Z").replace(",", ".").replace(" +", "+"))
        local = moment.astimezone(zone) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return no_such_day(text)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        return no_such_day(text)
    if not moment.tzinfo and text.endswith("00:00:00"):
        return local.date(), None
    return local.date(), local.time().replace(second=0, microsecond=0)
