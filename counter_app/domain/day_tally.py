"""People counted by day, service and purpose. Durations stay one by one: medians and deciles of a year are exact."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from counter_app.domain.day_balance import Balance, Ending, of_counts
from counter_app.domain.day_figures import NOT_MEASURED, Group, Times, times


class Kind(NamedTuple):
    """People counted together."""

    day: date
    service: str
    purpose: str


@dataclass(slots=True)
class Tally:
    """How many ended where, and how long each waited."""

    endings: Counter[Ending] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds, or `NOT_MEASURED`."""
    within: int = 0
    """Waits within the target of their day."""

    def waited(self, seconds: Sequence[float], target: float) -> None:
        """People waited this long, on a day when the site aimed at `target` seconds."""
        ordered = sorted(seconds)
        self.waits.extend(ordered)
        self.within += bisect_right(ordered, target) - bisect_right(ordered, NOT_MEASURED)

    @property
    def balance(self) -> Balance:
        return of_counts(self.endings)

    @property
    def times(self) -> Times:
        return times(self.waits, self.within)


@dataclass(slots=True)
class Passages:
    """People who came on a day, with an appointment or without."""

    half_hours: Counter[int] = field(default_factory=Counter)
    """Arrivals by the place of their half hour in the day."""
    by_service: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Seconds of each service given that ended, by its name."""
    by_purpose: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """The same of people convened, by their purpose."""
    walk_ins: Tally = field(default_factory=Tally)
    channels: Counter[str] = field(default_factory=Counter)
    """People let in without an appointment, by channel."""


def together(tallies: Iterable[Tally]) -> Tally:
    """Tallies as one."""
    whole = Tally()
    for one in tallies:
        whole.endings.update(one.endings)
        whole.waits.extend(one.waits)
        whole.within += one.within
    return whole


def all_passages(passages: Iterable[Passages]) -> Passages:
    """Passages of several days as one."""
    each = list(passages)
    whole = Passages(walk_ins=together(one.walk_ins for one in each))
    for one in each:
        whole.half_hours.update(one.half_hours)
        for mine, theirs in ((whole.by_service, one.by_service), (whole.by_purpose, one.by_purpose)):
            for name, seconds in theirs.items():
                mine[name].extend(seconds)
        whole.channels.update(one.channels)
    return whole


def by(
    name_of: Callable[[Kind], str], tallies: Iterable[tuple[Kind, Tally]], served: Mapping[str, Sequence[float]]
) -> Iterator[Group]:
    """Balance, waits and service times of each service, or of each purpose, by its name. One that only people without
    an appointment came for has nobody in its balance."""
    found: defaultdict[str, list[Tally]] = defaultdict(list)
    for kind, tally in tallies:
        found[name_of(kind)].append(tally)
    for name in sorted({*found, *served}):
        whole = together(found.get(name, ()))
        yield Group(name, whole.balance, whole.times, times(served.get(name, ())))
