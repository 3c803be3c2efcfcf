"""Figures of a period, of everybody or of one service or desk, and what differs between two periods.

Definitions: docs/figures.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from counter_app.domain.day_balance import Balance, Ending
from counter_app.domain.day_figures import Figures, OneDay, Times


@dataclass(frozen=True, slots=True)
class Only:
    """Whose figures are asked for; an empty word asks for all."""

    site: str = ""
    """Identity of a site, as its rules are named."""
    service: str = ""
    """Key of a service of the site's rules."""
    desk: str = ""
    """People belong to the desk that called them last."""

    @property
    def whole(self) -> bool:
        """Whether everybody is counted."""
        return not (self.service or self.desk)

    @property
    def gestured(self) -> bool:
        """Whether gestures can be told: acts say which desk made them, never for which service."""
        return not self.service


EVERYBODY = Only()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures(Figures):
    """The figures of all days of a period together: durations are those of each person, never means of means."""

    first: date
    last: date
    only: Only
    days: tuple[OneDay, ...]
    """Days with anything to tell, in order."""
    open_ids: tuple[tuple[date, str], ...] = ()
    """Day and identity of each convocation that is still open."""


def previous(first: date, last: date) -> tuple[date, date]:
    """The period to compare with: of whole months the same number of months before, else as many days just before."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        place = 12 * first.year + first.month - 1 - months
        return date(place // 12, place % 12 + 1, 1), first - timedelta(days=1)
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)


class Unit(StrEnum):
    """What a difference is counted in."""

    PEOPLE = "people"
    MINUTES = "minutes"
    SHARE = "share"
    """Between 0 and 1; the difference of two shares is told in points."""
    PERMITS = "permits"
    GESTURES = "gestures"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of two periods. A figure that a period does not have is None there, and nothing is compared."""

    figure: str
    """Its whole name, as in JSON: `balance.received`, `waits.median`, `shares.absent`."""
    unit: Unit
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After minus before, in the unit; of shares in points (hundredths)."""
        if self.before is None or self.after is None:
            return None
        return round((self.after - self.before) * (100 if self.unit is Unit.SHARE else 1), 1)

    @property
    def percent(self) -> float | None:
        """The change in percent of the figure before; None of shares, and when there was nothing before."""
        if self.unit is Unit.SHARE or not self.before or self.after is None:
            return None
        return round(100 * (self.after - self.before) / self.before, 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two periods, figure by figure."""

    before: PeriodFigures
    after: PeriodFigures
    differences: tuple[Difference, ...]


class Side(StrEnum):
    """Which period has nothing to compare."""

    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class NothingToCompare:
    """A period without anybody is no zero to compare with: it may be that nothing was recorded here."""

    side: Side


def compare(before: PeriodFigures, after: PeriodFigures) -> Comparison | NothingToCompare:
    """What differs from one period to another."""
    empty = [one for one, figures in ((Side.BEFORE, before), (Side.AFTER, after)) if not figures.anything]
    if empty:
        return NothingToCompare(empty[0] if len(empty) == 1 else Side.BOTH)
    both = zip(comparable(before), comparable(after), strict=True)
    return Comparison(before, after, tuple(Difference(*old, new[2]) for old, new in both))


Told = tuple[str, Unit, float | None]
"""Name, unit and value of a figure."""


def comparable(figures: Figures) -> Iterator[Told]:
    """Every figure that is one number, in one order; None where there is none."""
    yield from _people("balance", figures.balance)
    yield from _shares(figures.balance)
    yield from _people("walk_ins", figures.walk_ins)
    yield from _durations("waits", figures.waits)
    yield from _durations("walk_in_waits", figures.walk_in_waits)
    yield from _durations("service_times", figures.services)
    yield from _beside(figures)


def _people(name: str, balance: Balance) -> Iterator[Told]:
    yield f"{name}.convened", Unit.PEOPLE, balance.convened
    for ending in Ending:
        yield f"{name}.{ending}", Unit.PEOPLE, getattr(balance, ending.value)


def _shares(balance: Balance) -> Iterator[Told]:
    for ending in Ending:
        share = getattr(balance, ending.value) / balance.convened if balance.convened else None
        yield f"shares.{ending}", Unit.SHARE, None if share is None else round(share, 4)


def _durations(name: str, told: Times) -> Iterator[Told]:
    yield f"{name}.count", Unit.PEOPLE, told.count
    for value in ("median", "p90", "longest"):
        yield f"{name}.{value}", Unit.MINUTES, getattr(told, value)
    if name != "service_times":
        yield f"{name}.within_target", Unit.SHARE, told.within_target
    yield f"{name}.not_measured", Unit.PEOPLE, told.not_measured


def _beside(figures: Figures) -> Iterator[Told]:
    stock, gestures = figures.stock, figures.gestures
    counts: Mapping[str, tuple[Unit, int]] = {
        "handover.received": (Unit.PERMITS, stock.received),
        "handover.handed_over": (Unit.PERMITS, stock.handed_over),
        "handover.returned": (Unit.PERMITS, stock.returned),
        "handover.wrong_sleeves": (Unit.GESTURES, stock.wrong_sleeves),
        "without_appointment": (Unit.PEOPLE, sum(gestures.oriented.values())),
        "stopped": (Unit.GESTURES, sum(gestures.stopped.values())),
        "agreements": (Unit.GESTURES, len(gestures.agreements)),
        "reprints": (Unit.GESTURES, gestures.reprints),
        "offline": (Unit.GESTURES, gestures.offline),
        "arrivals_taken_back": (Unit.GESTURES, gestures.arrivals_taken_back),
    }
    for name, (unit, count) in counts.items():
        there = figures.whole if unit is Unit.PERMITS else figures.gestured
        yield name, unit, count if there else None
