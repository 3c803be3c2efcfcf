"""What is asked of the report: which days, of whom, compared or not. Pure."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from counter_app.domain.period_figures import EVERYBODY, Only, previous

Days = tuple[date, date]
"""First and last day, both included."""
WEEK = timedelta(days=7)


class Span(StrEnum):
    """How long is looked at."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the figures."""

    span: Span = Span.DAY
    day: date | None = None
    """A day of the span; None follows the calendar."""
    free: Days | None = None
    """The days of a free period."""
    only: Only = EVERYBODY
    comparing: bool = False

    @property
    def as_day(self) -> bool:
        """One day of everybody: what is signed, with its open cases by name."""
        return self.span is Span.DAY and self.only == EVERYBODY

    def days(self, today: date) -> Days:
        """The days asked about: weeks begin on Monday, months on the first."""
        return self.free if self.span is Span.FREE and self.free else _around(self.span, self.day or today)

    def before(self, today: date) -> Days:
        """What it is compared with: of a day the same weekday of the week before, else the period just before."""
        first, last = self.days(today)
        return (first - WEEK, last - WEEK) if self.span is Span.DAY else previous(first, last)

    def moved(self, step: int, today: date) -> "Asked":
        """The same span, one step later (1) or earlier (-1); on today it follows the calendar again."""
        first, last = self.days(today)
        if self.span is Span.FREE:
            by = step * (last - first + timedelta(days=1))
            return replace(self, free=(first + by, last + by))
        day = last + timedelta(days=1) if step > 0 else first - timedelta(days=1)
        begins, ends = _around(self.span, day)
        return replace(self, day=None if begins <= today <= ends else day)


def _around(span: Span, day: date) -> Days:
    if span is Span.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if span is Span.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day
