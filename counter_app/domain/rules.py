"""Dated rules of a site: limits, opening days and hours, second language. Data, with a source, never constants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from counter_app.domain.calendar import Calendar
from counter_app.domain.dated import in_force
from counter_app.domain.handover_rules import HandoverRules, read_handover_rules
from counter_app.domain.person_names import fold
from counter_app.domain.queue_rules import QueueRules, read_queue_rules
from counter_app.domain.tax_stamps import Tariff


@dataclass(frozen=True, slots=True)
class ArrivalLimits:
    """Minutes around the hour of an appointment, in force from a day on."""

    since: date
    source: str
    very_early: int
    """Earlier than this: invited to come back."""
    early: int
    on_time: int
    """Late by no more than this counts as on time."""
    late: int
    """Late by no more than this is accepted; beyond, the supervisor decides."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Days (0 = Monday) and hours at which the public is received, in force from a day on."""

    since: date
    source: str
    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another place of the same department where some people of the lists are expected."""

    words: str
    """Folded words that its name holds in lists: `sous prefecture de dunkerque`."""
    place: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class SiteRules:
    """Everything dated that a desk of one site applies."""

    site: str
    name: str
    address: str
    zone: ZoneInfo
    department: str
    second_language: str
    arrival: tuple[ArrivalLimits, ...]
    opening: tuple[OpeningHours, ...]
    handover: tuple[OpeningHours, ...]
    handover_rules: HandoverRules
    queue: QueueRules
    tariff: Tariff
    """What each case of permit costs, by date: a help and a check."""
    calendar: Calendar
    """Public holidays of the country and of its departments."""
    holiday_zone: str
    """Whose local holidays the site keeps: its department, or MF, BL…"""
    closures: frozenset[date]
    """Bridge days and other closures of the prefect's order, and customary days that the site keeps."""
    list_stale_after: timedelta
    """Older than this, the day's list no longer lets the desk say « unknown » with certainty."""
    elsewhere: tuple[Elsewhere, ...]
    missed_channel: str
    """Where a person who missed the appointment asks for a new date."""

    def limits_on(self, day: date) -> ArrivalLimits:
        """Arrival limits in force on a day; the oldest ones before the first date."""
        return in_force(self.arrival, day)

    def opening_on(self, day: date) -> OpeningHours | None:
        """Reception hours of a day, None when the site is closed all day."""
        return self._hours(self.opening, day)

    def handover_on(self, day: date) -> OpeningHours | None:
        """Handover window of a day, None when there is none."""
        return self._hours(self.handover, day)

    def elsewhere_of(self, *named: str | None) -> Elsewhere | None:
        """The other place that a list names, None when it names this site or says nothing."""
        said = " ".join(fold(name) for name in named if name)
        return next((place for place in self.elsewhere if place.words in said), None)

    def closing(self, days: frozenset[date]) -> "SiteRules":
        """The same rules, with more days closed all day."""
        return replace(self, closures=self.closures | days)

    def is_closed_on(self, day: date) -> bool:
        """Whether a holiday of the law or a closure of the site closes the whole day, whatever the day of the week."""
        return day in self.closures or self.calendar.is_holiday(day, self.holiday_zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the public is received at a local moment."""
        hours = self.opening_on(at.date())
        return hours is not None and hours.opens <= at.time() < hours.closes

    def next_opening(self, at: datetime) -> datetime | None:
        """First moment after `at` when the doors open, looking a year ahead."""
        return self._next(at, self.opening_on)

    def next_handover(self, at: datetime) -> datetime | None:
        """First moment after `at` when the handover window opens, looking a year ahead."""
        return self._next(at, self.handover_on)

    def _next(self, at: datetime, hours_on: Callable[[date], OpeningHours | None]) -> datetime | None:
        days = (at.date() + timedelta(days=ahead) for ahead in range(366))
        moments = (datetime.combine(day, hours.opens, self.zone) for day in days if (hours := hours_on(day)))
        return next((moment for moment in moments if moment > at), None)

    def _hours(self, periods: tuple[OpeningHours, ...], day: date) -> OpeningHours | None:
        if not periods or self.is_closed_on(day):
            return None
        hours = in_force(periods, day)
        return hours if day.weekday() in hours.days else None


def read_site_rules(site: str, values: Mapping[str, Any], calendar: Calendar, tariff: Tariff) -> SiteRules:
    """Rules as a site's file says them. Raises KeyError or ValueError when the shipped file is wrong."""
    return SiteRules(
        site=site,
        name=values["name"],
        address=values["address"],
        zone=ZoneInfo(values["zone"]),
        department=values["department"],
        second_language=values["second_language"],
        arrival=tuple(_limits(one) for one in values["arrival"]),
        opening=tuple(_hours(one) for one in values["opening"]),
        handover=tuple(_hours(one) for one in values["handover"]),
        handover_rules=read_handover_rules(values),
        queue=read_queue_rules(values),
        tariff=tariff,
        calendar=calendar,
        holiday_zone=values.get("holiday_zone", values["department"]),
        closures=frozenset(one["day"] for one in values.get("closure", ())),
        list_stale_after=timedelta(hours=values["list_stale_after_hours"]),
        elsewhere=tuple(_elsewhere(one) for one in values.get("elsewhere", ())),
        missed_channel=values["missed_channel"],
    )


def _limits(values: Mapping[str, Any]) -> ArrivalLimits:
    minutes = {name: int(values[name]) for name in ("very_early", "early", "on_time", "late")}
    return ArrivalLimits(since=values["since"], source=values["source"], **minutes)


def _hours(values: Mapping[str, Any]) -> OpeningHours:
    opens, closes = time.fromisoformat(values["opens"]), time.fromisoformat(values["closes"])
    return OpeningHours(values["since"], values["source"], frozenset(values["days"]), opens, closes)


def _elsewhere(values: Mapping[str, Any]) -> Elsewhere:
    return Elsewhere(fold(values["words"]), values["place"], values["address"], values["source"])
