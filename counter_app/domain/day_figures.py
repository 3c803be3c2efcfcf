"""Figures of a day, computed from what is known of each person and each gesture. Definitions: docs/figures.md."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter_app.domain.day_balance import Balance, Ended, Ending, balance
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage

HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in minutes, to the tenth; None without any."""

    count: int = 0
    median: float | None = None
    p90: float | None = None
    longest: float | None = None
    within_target: float | None = None
    """Share of the durations within the target, between 0 and 1; None without a target."""


@dataclass(frozen=True, slots=True)
class Group:
    """One service, or one purpose."""

    name: str
    balance: Balance
    waits: Times


@dataclass(frozen=True, slots=True)
class Stock:
    """Permits of the day: evening = morning + received - handed over - returned, to the unit."""

    morning: int = 0
    received: int = 0
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


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Everything told of one day."""

    day: date
    at: datetime
    """The moment at which it was counted."""
    balance: Balance
    cases: tuple[Ended, ...]
    arrivals: Mapping[str, int]
    """Arrivals per half hour, by its beginning, « 09:00 »: with an appointment and without."""
    waits: Times
    services: Times
    """From the beginning of a service to its end."""
    by_service: tuple[Group, ...]
    by_purpose: tuple[Group, ...]
    walk_ins: Balance
    """People let in without an appointment: never among the convened."""
    gestures: Gestures
    stock: Stock
    open_conflicts: int = 0
    not_sent: tuple[str, ...] = ()
    """Desks whose acts are not all here: the figures are provisional."""

    @property
    def open_cases(self) -> tuple[Ended, ...]:
        """Cases that somebody has to close, one by one."""
        return tuple(one for one in self.cases if one.ending is Ending.OPEN)


def times(seconds: Iterable[float], target: timedelta | None = None) -> Times:
    """Median, ninth decile, longest. The decile is the least duration that nine in ten do not exceed."""
    ordered = sorted(seconds)
    if not ordered:
        return Times()
    count, half = len(ordered), len(ordered) // 2
    median = ordered[half] if count % 2 else (ordered[half - 1] + ordered[half]) / 2
    within = sum(one <= target.total_seconds() for one in ordered) / count if target else None
    return Times(
        count,
        _minutes(median),
        _minutes(ordered[-(-9 * count // 10) - 1]),
        _minutes(ordered[-1]),
        None if within is None else round(within, 4),
    )


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 1)


def wait_of(visit: Visit) -> float | None:
    """Seconds from the real arrival to the moment a desk had the person in front of it; None when none ever had.

    Nobody was there before being called: when a clock went back in between, the moment of the call is believed.
    """
    met = [max(call.present_at, call.called.moment) for call in visit.calls if call.present_at]
    first = min(met or [one.begun_at for one in visit.services], default=None)
    if first is None or visit.arrived_at is None:
        return None
    called = min((call.called.moment for call in visit.calls), default=first)
    return max(0.0, (max(first, called) - visit.arrived_at).total_seconds())


def served_for(visit: Visit) -> list[float]:
    """Seconds that each service took, of those that ended."""
    return [(one.ended_at - one.begun_at).total_seconds() for one in visit.services if one.ended_at]


def per_half_hour(moments: Iterable[datetime]) -> dict[str, int]:
    """How many, by half hour, in order; half hours without anybody between the first and the last are there too."""
    counted = Counter(_half_hour(moment) for moment in moments)
    if not counted:
        return {}
    places = range(min(counted), max(counted) + 1)
    return {f"{place * HALF_HOUR // 60:02}:{place * HALF_HOUR % 60:02}": counted[place] for place in places}


def _half_hour(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) // HALF_HOUR


def groups(named: Mapping[str, Sequence[Ended]], target: timedelta | None) -> tuple[Group, ...]:
    """Balance and waits of each group, by name."""
    return tuple(Group(name, balance(cases), waits_of(cases, target)) for name, cases in sorted(named.items()))


def waits_of(cases: Iterable[Ended], target: timedelta | None) -> Times:
    """Waits of those whom a desk had in front of it."""
    waits = (wait_of(one.case.visit) for one in cases if one.case.visit)
    return times([one for one in waits if one is not None], target)


def walk_in_balance(visits: Iterable[Visit]) -> Balance:
    """Where people without an appointment stand."""
    counted: Counter[str] = Counter()
    for visit in visits:
        if visit.stage is Stage.VOID:
            continue
        over = visit.stage in (Stage.FINISHED, Stage.LEFT, Stage.ABSENT)
        told = visit.outcome if visit.stage is Stage.FINISHED else Ending.LEFT.value
        counted["open" if not over else told if told in ("rescheduled", "left") else "received"] += 1
    return Balance(
        received=counted["received"], left=counted["left"], rescheduled=counted["rescheduled"], open=counted["open"]
    )


def stock(permits: Iterable[Permit], day: date, wrong_sleeves: int) -> Stock:
    """Permits in and out of a day. The identity of `Stock` holds because each permit is counted on one side of each."""
    counted: Counter[str] = Counter()
    for permit in permits:
        came, went = _came(permit), _went(permit)
        if came is None or came > day:
            continue
        counted["morning"] += came < day and (went is None or went >= day)
        counted["received"] += came == day
        counted["evening"] += went is None or went > day
        if went == day:
            counted["handed_over" if permit.state is PermitState.HANDED_OVER else "returned"] += 1
    return Stock(**counted, wrong_sleeves=wrong_sleeves)


def _came(permit: Permit) -> date | None:
    return date.fromisoformat(permit.received_on) if permit.received_on else None


def _went(permit: Permit) -> date | None:
    """The day on which the card left, as the earliest departure that stands tells it."""
    days = [mark.moment.date() for mark in permit.departures]
    came = _came(permit)
    return max(min(days), came) if days and came else min(days, default=None)
