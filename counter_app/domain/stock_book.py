"""The stock day by day: when each card came, left, came back and left again. Definitions: docs/figures.md.

A card that came back did leave: that day keeps its departure. A departure that was taken back never took place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from counter_app.domain.day_figures import Stock
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import absences


class Stays(NamedTuple):
    """The days on which a card came and went, none before the one before it."""

    came_on: date | None
    """None when nobody said."""
    away: tuple[tuple[date, date], ...]
    """Each time that it left by a bordereau and came back: both days, maybe the same."""
    went_on: date | None
    """The day on which it left for good, as the earliest departure that stands tells it; None while it is here."""


def stays_of(permit: Permit) -> Stays:
    """The stays of a card in the stock."""
    first = permit.came_on or permit.received_on
    came = date.fromisoformat(first) if first else None
    last, away = came or date.min, []
    for left, back in absences(permit.marks):
        out = max(last, min(mark.moment.date() for mark in left))
        last = max(out, back.moment.date())
        away.append((out, last))
    went = min((mark.moment.date() for mark in permit.departures), default=None)
    return Stays(came, tuple(away), max(went, last) if went else None)


@dataclass(frozen=True, slots=True)
class Book:
    """Cards that came and went, by day, since the first one."""

    came: Mapping[date, int]
    """In a lot, or back."""
    handed_over: Mapping[date, int]
    """Of those that left, by the day of their departure."""
    returned: Mapping[date, int]

    def over(self, first: date, last: date, wrong_sleeves: int = 0) -> Stock:
        """The stock of some days. The identity of `Stock` holds because each card is on one side of each day."""
        morning = _until(self.came, first) - _until(self.handed_over, first) - _until(self.returned, first)
        received, handed, returned = (_within(one, first, last) for one in (self.came, self.handed_over, self.returned))
        return Stock(morning, received, handed, returned, morning + received - handed - returned, wrong_sleeves)


def _until(counts: Mapping[date, int], day: date) -> int:
    return sum(count for one, count in counts.items() if one < day)


def _within(counts: Mapping[date, int], first: date, last: date) -> int:
    return sum(count for one, count in counts.items() if first <= one <= last)
