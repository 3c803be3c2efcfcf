"""Figures of a day, computed from what is known of each person and each gesture. Definitions: docs/figures.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from counter_app.domain.day_balance import Balance, Ended
from counter_app.domain.visit import Visit, goes_on

HALF_HOUR = 30
NOT_MEASURED = -1.0
"""In place of the seconds of a time that was noted to end on a later working day: nobody knows when it ended."""


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in minutes, to the tenth; None without any."""

    count: int = 0
    median: float | None = None
    p90: float | None = None
    longest: float | None = None
    within_target: float | None = None
    """Share of the durations within the target, between 0 and 1; None without a target."""
    not_measured: int = 0
    """Times that end on another working day than they began, in none of the figures above."""


@dataclass(frozen=True, slots=True)
class Group:
    """One service, or one purpose."""

    name: str
    balance: Balance
    waits: Times
    services: Times
    """Of a service, of everybody whom it served that day; of a purpose, of people convened for it."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Permits of the day: evening = morning + received - handed over - returned, to the unit."""

    morning: int = 0
    received: int = 0
    """Came in a lot, or came back."""
    handed_over: int = 0
    returned: int = 0
    """Sent back, posted or destroyed."""
    evening: int = 0
    wrong_sleeves: int = 0
    """Sleeves of somebody else that the page stopped."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something done beyond the rules, with a supervisor's agreement."""

    at: datetime
    desk: str
    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Gestures:
    """What the journal tells of the day beside people: each line once."""

    oriented: Mapping[str, int]
    """People without an appointment, by channel."""
    stopped: Mapping[str, int]
    """Answers that stopped somebody at a door, by verdict."""
    agreements: tuple[Agreement, ...] = ()
    reprints: int = 0
    offline: int = 0
    """Handovers recorded while the desk did not reach its central."""
    arrivals_taken_back: int = 0
    wrong_sleeves: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything counted of some days, one or many."""

    at: datetime
    """The moment at which it was counted."""
    balance: Balance
    arrivals: Mapping[str, int]
    """Arrivals per half hour, by its beginning, « 09:00 »: with an appointment and without."""
    waits: Times
    """Of people convened."""
    walk_in_waits: Times
    """Of people let in without an appointment."""
    services: Times
    """From the beginning of a service to its end."""
    by_service: tuple[Group, ...]
    by_purpose: tuple[Group, ...]
    walk_ins: Balance
    """People let in without an appointment: never among the convened."""
    gestures: Gestures
    stock: Stock
    whole: bool = True
    """False when only the people of a service or a desk are counted: `stock`, that of the site, then tells nothing."""
    gestured: bool = True
    """False when only the people of a service are counted: `gestures` then tell nothing."""
    desks: int = 1
    """Desks of the site, as the central last told of them. Never signed."""
    open_conflicts: int = 0
    not_sent: tuple[str, ...] = ()
    """Desks whose acts are not all here: the figures are provisional."""
    wrong_clocks: tuple[str, ...] = ()
    """Desks whose clock was wrong on one of these days, or that wrote on another day what they did on one of these.

    Never signed: it counts nobody.
    """

    @property
    def anything(self) -> bool:
        """Whether anybody was convened, came, be it for an hour of another day, or was sent somewhere."""
        return bool(self.balance.convened or self.walk_ins.convened or self.arrivals or self.gestures.oriented)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDay(Figures):
    """The figures of one day."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures(OneDay):
    """The figures of one day, and who is still open."""

    open_cases: tuple[Ended, ...]
    """Cases that somebody has to close, one by one."""


def times(seconds: Iterable[float], within: int | None = None) -> Times:
    """Median, ninth decile, longest; `within`: how many were within the target of their day.

    The decile is the least duration that nine in ten do not exceed. `NOT_MEASURED` is counted, and is no duration.
    """
    told = list(seconds)
    ordered = sorted(one for one in told if one != NOT_MEASURED)
    not_measured = len(told) - len(ordered)
    if not ordered:
        return Times(not_measured=not_measured)
    count, half = len(ordered), len(ordered) // 2
    median = ordered[half] if count % 2 else (ordered[half - 1] + ordered[half]) / 2
    return Times(
        count,
        _minutes(median),
        _minutes(ordered[-(-9 * count // 10) - 1]),
        _minutes(ordered[-1]),
        None if within is None else round(within / count, 4),
        not_measured,
    )


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 1)


def wait_of(visit: Visit) -> float | None:
    """Seconds from the real arrival to the moment a desk had the person in front of it; None when none ever had,
    `NOT_MEASURED` when a desk said so on a later working day.

    Nobody was there before being called: when a clock went back in between, the moment of the call is believed.
    """
    met = [max(call.present_at, call.called.moment) for call in visit.calls if call.present_at]
    first = min(met or [one.begun_at for one in visit.services], default=None)
    if first is None or visit.arrived_at is None:
        return None
    called = min((call.called.moment for call in visit.calls), default=first)
    return _between(visit.arrived_at, max(first, called))


class Part(NamedTuple):
    """One service given to one person, once it has ended."""

    seconds: float
    """Never less than nothing, whatever the clock did; `NOT_MEASURED` of one that was ended on a later working day."""
    service: str
    """Key of the service that was given, wherever the person went afterwards."""
    desk: str
    """The desk that gave it, whoever called the person afterwards."""


def parts_of(visit: Visit) -> list[Part]:
    """What was done with somebody, of what has ended."""
    ended = ((one, one.ended_at) for one in visit.services if one.ended_at)
    return [Part(_between(one.begun_at, at), one.service, one.desk) for one, at in ended]


def _between(begun: datetime, ended: datetime) -> float:
    """A passage that goes on over midnight is measured; one forgotten in the evening would count the night."""
    return max(0.0, (ended - begun).total_seconds()) if goes_on(begun, ended) else NOT_MEASURED


def half_hours(counted: Mapping[int, int]) -> dict[str, int]:
    """Counts by the place of a half hour in the day, under its beginning; half hours without anybody between the first
    and the last are there too."""
    if not counted:
        return {}
    places = range(min(counted), max(counted) + 1)
    return {f"{place * HALF_HOUR // 60:02}:{place * HALF_HOUR % 60:02}": counted.get(place, 0) for place in places}
