"""Days, hours and durations as people read them, in French and English. Pure: the moment is always given."""

from datetime import date, datetime, time, timedelta
from typing import Literal

Language = Literal["fr", "en"]

NBSP = "\u00a0"

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_LESS_THAN_A_MINUTE: dict[Language, str] = {"fr": "moins d’une minute", "en": "less than a minute"}
_DAYS: dict[Language, tuple[str, str]] = {"fr": ("jour", "jours"), "en": ("day", "days")}
_ON: dict[Language, str] = {"fr": "le", "en": "on"}
_MINUTES_A_DAY = 24 * 60


def long_date(day: date, lang: Language = "fr") -> str:
    """The day in words: « mardi 24 novembre 2026 », « 1er » for the first in French; “Tuesday 24 November 2026”."""
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{_WEEKDAYS[lang][day.weekday()]} {number} {_MONTHS[lang][day.month - 1]} {day.year:04}"


def short_date(day: date) -> str:
    """The day in figures, day first, the same in French and English: 24/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def birth_date_words(value: str | None) -> str:
    """04/07/1991, or only what is known of it: 07/1991, 1991."""
    if not value:
        return ""
    year, month, day = value.split("-")
    return "/".join(part for part in (day, month, year) if part != "00")


def hour(moment: datetime | time, lang: Language = "fr") -> str:
    """The time of day as its own clock shows it: « 9 h 24 », « 9 h » on the hour (spaces that never break); “09:24”.

    An aware moment is read as it stands: bring it to the site's own time zone first.
    """
    if lang == "en":
        return f"{moment.hour:02}:{moment.minute:02}"
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def hour_on(moment: datetime, today: date, lang: Language = "fr") -> str:
    """The time of day, with its day when it is another one: « 9 h 24 », « 9 h 24 le 23/11 »; “09:24 on 23/11”.

    It follows « à », « de » or « depuis »; the year is told when it is another one. Both are of the site's time zone.
    """
    day = moment.date()
    if day == today:
        return hour(moment, lang)
    told = short_date(day) if day.year != today.year else f"{day.day:02}/{day.month:02}"
    return f"{hour(moment, lang)} {_ON[lang]}{NBSP}{told}"


def duration(length: timedelta, lang: Language = "fr") -> str:
    """A length of time rounded down: « 25 min », « 2 h 05 », « 3 jours »; “25 min”, “2 h 05 min”, “3 days”.

    Raises ValueError for a negative length: the caller knows which of two moments comes first.
    """
    minutes = int(length.total_seconds() // 60)
    if length < timedelta(0):
        raise ValueError(f"a duration cannot be negative: {length}")
    if minutes == 0:
        return _LESS_THAN_A_MINUTE[lang].replace(" ", NBSP)
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < _MINUTES_A_DAY:
        return _hours_and_minutes(*divmod(minutes, 60), lang)
    days = minutes // _MINUTES_A_DAY
    return f"{days}{NBSP}{_DAYS[lang][days > 1]}"


def _hours_and_minutes(hours: int, minutes: int, lang: Language) -> str:
    if not minutes:
        return f"{hours}{NBSP}h"
    unit = f"{NBSP}min" if lang == "en" else ""
    return f"{hours}{NBSP}h{NBSP}{minutes:02}{unit}"
