"""Public holidays of France, computed for any year: national ones, those of a department, days kept by custom.

The days themselves are data, each with its text (`resources/calendar.toml`). A day kept by custom closes nothing by
itself: the law leaves it to each employer, so the site says it, as it says its own closures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

YEARS = range(2000, 2101)
"""Years of days that may be counted or signed, and in which a training clock may be set: acts carry it for ever."""
WHOLE_COUNTRY = "FR"


class DayKind(StrEnum):
    """Why a day is told."""

    NATIONAL = "national_public_holiday"
    LOCAL = "local_statutory"
    CUSTOMARY = "local_customary"


@dataclass(frozen=True, slots=True)
class DayRule:
    """One day of every year: a date, or a number of days from Easter Sunday."""

    name: str
    kind: DayKind
    zones: frozenset[str]
    """Departments, or codes such as MF and BL; empty: the whole country."""
    month_day: tuple[int, int] | None
    from_easter: int
    since: int
    """First year."""
    until: int | None
    source: str

    def in_year(self, year: int) -> date | None:
        """The day of a year; None before the text, or after it."""
        if year < self.since or (self.until is not None and year > self.until):
            return None
        if self.month_day:
            return date(year, *self.month_day)
        return easter(year) + timedelta(days=self.from_easter)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of a year and why it is told."""

    day: date
    name: str
    kind: DayKind
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Every rule; one for the whole application."""

    rules: tuple[DayRule, ...]

    def of_year(self, year: int, zone: str = WHOLE_COUNTRY) -> tuple[NamedDay, ...]:
        """Days of a year in a department or territory, in their order."""
        return _of_year(self, year, zone)

    def on(self, day: date, zone: str = WHOLE_COUNTRY) -> tuple[NamedDay, ...]:
        """What a day is there: nothing for most, two names when two holidays meet."""
        return tuple(one for one in self.of_year(day.year, zone) if one.day == day)

    def is_holiday(self, day: date, zone: str = WHOLE_COUNTRY) -> bool:
        """Whether the law closes this day there; custom does not."""
        return day in _closing(self, day.year, zone)


@lru_cache(maxsize=256)
def _of_year(calendar: Calendar, year: int, zone: str) -> tuple[NamedDay, ...]:
    there = ((rule.in_year(year), rule) for rule in calendar.rules if not rule.zones or zone in rule.zones)
    named = (NamedDay(day, rule.name, rule.kind, rule.source) for day, rule in there if day)
    return tuple(sorted(named, key=lambda one: (one.day, one.name)))


@lru_cache(maxsize=256)
def _closing(calendar: Calendar, year: int, zone: str) -> frozenset[date]:
    return frozenset(one.day for one in calendar.of_year(year, zone) if one.kind is not DayKind.CUSTOMARY)


@lru_cache(maxsize=256)
def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm printed in Nature, 1876)."""
    century, of_century = divmod(year, 100)
    leap_centuries, after_leap = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leap_years, after = divmod(of_century, 4)
    week = (32 + 2 * after_leap + 2 * leap_years - moon - after) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def read_days(text: str) -> frozenset[date]:
    """Days written one after the other, as 2026-12-24 or 24/12/2026, parted by commas or blanks.

    Raises ValueError, with the word that is no day: a closure that is not understood must not be dropped.
    """
    return frozenset(_day(word) for word in text.replace(",", " ").replace(";", " ").split())


def _day(word: str) -> date:
    try:
        if "/" not in word:
            return date.fromisoformat(word)
        day, month, year = map(int, word.split("/"))
        return date(year, month, day)
    except ValueError:
        raise ValueError(word) from None


def read_calendar(values: Mapping[str, Sequence[Mapping[str, Any]]]) -> Calendar:
    """The calendar as its file says it. Raises KeyError or ValueError when the shipped file is wrong."""
    return Calendar(tuple(_rule(one) for one in values["day"]))


def _rule(values: Mapping[str, Any]) -> DayRule:
    month, _dash, day = str(values.get("on", "")).partition("-")
    if bool(month) == ("from_easter" in values):
        raise ValueError(f"a day has a date or a distance from Easter: {values['name']}")
    return DayRule(
        name=values["name"],
        kind=DayKind(values["kind"]),
        zones=frozenset(values.get("zones", ())),
        month_day=(int(month), int(day)) if month else None,
        from_easter=int(values.get("from_easter", 0)),
        since=int(values["since"]),
        until=values.get("until"),
        source=values["source"],
    )
