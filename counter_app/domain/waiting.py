"""How long somebody may wait, as a range, and how full the room is. Method and back-test: docs/figures.md.

The pace of a service is measured from one call to the end of that person, over the last people received. Between two
people who leave, as many desks at work share one pace; a sum of so many paces lies within its range eight times in ten.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import fmean, stdev

ENOUGH = 8
"""People received before their pace is believed alone: with fewer, the usual pace of the site is mixed in."""
LOOKED_AT = 60
"""People received last whose pace is looked at."""
LONGEST = timedelta(hours=1)
"""A longer time at one desk is a pause that nobody noted."""
STEP = 5
"""Minutes: a range is told by steps, never to the minute."""
_Z = 1.2816
"""Eight times in ten, of a normal law."""


class LoadWord(StrEnum):
    """How full the room is, in a word."""

    CALM = "calm"
    NORMAL = "normal"
    BUSY = "busy"
    SATURATED = "saturated"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from one call to the end of that person, at one desk."""

    mean: float
    spread: float
    known: int
    """People it was measured on."""


@dataclass(frozen=True, slots=True)
class Range:
    """Whole minutes, by steps of five."""

    least: int
    most: int


def pace_of(seconds: Sequence[int], usual_minutes: float) -> Pace:
    """The pace that the last people show, the usual one standing for those who are missing."""
    shown = [one for one in seconds if 0 < one <= LONGEST.total_seconds()][:LOOKED_AT]
    usual = [usual_minutes * 60 * share for share in (0.5, 1.0, 1.5)]
    told = [*shown, *(usual * ENOUGH)[: max(0, ENOUGH - len(shown))]]
    return Pace(fmean(told), max(stdev(told), 0.25 * fmean(told)), len(shown))


def estimate(ahead: int, desks: int, busy: int, pace: Pace) -> Range:
    """The wait of somebody with so many people ahead, when so many of the desks at work are busy with somebody."""
    desks = max(desks, 1)
    if ahead + busy < desks:
        return Range(0, STEP)
    leaving = ahead + busy - desks + 1
    # People who leave follow each other by one pace shared between the desks; the pace itself is known to some extent.
    mean = leaving * pace.mean / desks
    chance = pace.spread * math.sqrt(leaving) / desks
    doubt = mean * pace.spread / pace.mean / math.sqrt(max(pace.known, ENOUGH))
    margin = _Z * math.hypot(chance, doubt)
    return Range(_steps_down(mean - margin), _steps_up(mean + margin))


def until(due_in: timedelta, all_ahead: Range, appointments_ahead: Range) -> Range:
    """The wait of somebody whose hour has not come: taken at that hour, sooner when the room is empty before."""
    minutes = due_in.total_seconds() / 60
    latest = max(_steps_up(minutes * 60), appointments_ahead.most)
    return Range(min(all_ahead.least, latest - STEP), latest)


def load_word(most: int, target: timedelta) -> LoadWord:
    """The word of a room where somebody who comes now waits so many minutes at most, against the wait aimed at."""
    aimed = target.total_seconds() / 60
    if most <= aimed / 2:
        return LoadWord.CALM
    if most <= aimed:
        return LoadWord.NORMAL
    return LoadWord.BUSY if most <= aimed * 2 else LoadWord.SATURATED


def load_share(most: int, target: timedelta) -> float:
    """How much of the bar is full: a third for each time the target, full when saturated."""
    aimed = target.total_seconds() / 60
    return min(1.0, most / (aimed * 3))


def _steps_down(seconds: float) -> int:
    return max(0, STEP * math.floor(seconds / 60 / STEP))


def _steps_up(seconds: float) -> int:
    return max(STEP, STEP * math.ceil(seconds / 60 / STEP))
