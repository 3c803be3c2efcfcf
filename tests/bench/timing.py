"""Two ways of doing one thing, timed turn by turn in one run: the machine's noise falls on both."""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, thread_time
from typing import NamedTuple

BLOCKS = 10
"""Parts into which a run is cut, to tell how much its ratio moves."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, middle and most of what was seen."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Series:
    """Each turn, in their order: seconds on the clock, and seconds of processor that this thread had."""

    seconds: tuple[float, ...]
    own: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        return median(self.seconds)

    def percentile(self, percent: float) -> float:
        """Seconds under which this part of the turns stayed."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    @property
    def alone(self) -> "Series":
        """The turns without the time that other programs had: for work that waits for no disk."""
        return Series(self.own, self.own)

    def per(self, other: "Series") -> Spread:
        """How many times longer than the other, middle against middle; least and most over blocks of the run."""
        mine, theirs = _blocks(self.seconds), _blocks(other.seconds)
        blocks = [median(one) / median(its) for one, its in zip(mine, theirs, strict=False)]
        middle = self.median / other.median
        return Spread(min(middle, *blocks), middle, max(middle, *blocks))


def _blocks(seconds: tuple[float, ...]) -> list[tuple[float, ...]]:
    size = max(1, len(seconds) // BLOCKS)
    return [seconds[start : start + size] for start in range(0, len(seconds) - size + 1, size)]


def turns(count: int, *ways: Callable[[int], object]) -> tuple[Series, ...]:
    """Run each way `count` times, turn by turn; the order of the ways changes at each turn."""
    clock: list[list[float]] = [[] for _ in ways]
    own: list[list[float]] = [[] for _ in ways]
    gc.collect()
    for turn in range(count):
        for place in _order(turn, len(ways)):
            began, had = perf_counter(), thread_time()
            ways[place](turn)
            own[place].append(thread_time() - had)
            clock[place].append(perf_counter() - began)
    return tuple(Series(tuple(wall), tuple(mine)) for wall, mine in zip(clock, own, strict=True))


def _order(turn: int, count: int) -> Iterable[int]:
    return range(count) if turn % 2 == 0 else range(count - 1, -1, -1)


def took(work: Callable[[], object]) -> float:
    """Seconds of one piece of work."""
    began = perf_counter()
    work()
    return perf_counter() - began


class Spent(NamedTuple):
    """What a piece of work took: seconds on the clock, and of the processor that this thread had."""

    clock: float
    own: float


def spent(work: Callable[[], object]) -> Spent:
    """What one piece of work took."""
    began, had = perf_counter(), thread_time()
    work()
    return Spent(perf_counter() - began, thread_time() - had)


def spread(values: Sequence[float]) -> Spread:
    """Least, middle and most of a few values."""
    return Spread(min(values), median(values), max(values))
