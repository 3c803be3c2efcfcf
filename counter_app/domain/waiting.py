"""How long somebody may wait, as a range, and how full the room is. Method and back-test: docs/figures.md.

The pace of a service is measured from one call to the end of that person, over the last people received. Between two
people who leave, as many desks at work share one pace; a sum of so many paces lies within its range eight times in ten.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import fmean, stdev

from counter_app.domain.queue_order import Turn, due, turn
from counter_app.domain.visit import Visit

ENOUGH = 8
"""People received before their pace is believed alone: with fewer, the usual pace of the site is mixed in."""
LOOKED_AT = 60
"""People received last whose pace is looked at."""
LONGEST = timedelta(hours=1)
"""A longer time at one desk is a pause that nobody noted."""
SHOWS = 0.85
"""Share of the people convened who come."""
LATE = timedelta(minutes=15)
"""Who has not come so long after the hour is not reckoned with any more."""
STEP = 5
"""Minutes: a range is told by steps, never to the minute."""
WIDEST = 120
"""Minutes between the least and the most of a range: nobody can do anything with a wider one."""
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
class Room:
    """What is known of one service at a moment."""

    queue: Sequence[Visit]
    """Those who wait, in order."""
    desks: int
    """Desks at work."""
    busy: int
    """Of these, those that have somebody."""
    pace: Pace
    coming: Sequence[datetime] = ()
    """Hours of the appointments of those who have not come yet."""


@dataclass(frozen=True, slots=True)
class Range:
    """Whole minutes, by steps of five."""

    least: int
    most: int

    @property
    def usable(self) -> bool:
        """Whether somebody can be told it; else only its beginning is known."""
        return self.most - self.least <= WIDEST


def pace_of(seconds: Sequence[int], usual_minutes: float) -> Pace:
    """The pace that the last people show, the usual one standing for those who are missing."""
    shown = [one for one in seconds if 0 < one <= LONGEST.total_seconds()][:LOOKED_AT]
    usual = [usual_minutes * 60 * share for share in (0.5, 1.5)]
    told = [*shown, *(usual * ENOUGH)[: max(0, ENOUGH - len(shown))]]
    return Pace(fmean(told), max(stdev(told), 0.25 * fmean(told)), len(shown))


def estimate(ahead: float, desks: int, busy: int, pace: Pace) -> Range:
    """The wait of somebody with so many people ahead, when so many of the desks at work are busy with somebody."""
    desks = max(desks, 1)
    leaving = ahead + busy - desks + 1
    if leaving <= 0:
        return Range(0, STEP)
    # People who leave follow each other by one pace shared between the desks; the pace itself is known to some extent.
    mean = leaving * pace.mean / desks
    chance = pace.spread * math.sqrt(leaving) / desks
    doubt = mean * pace.spread / pace.mean / math.sqrt(max(pace.known, ENOUGH))
    margin = _Z * math.hypot(chance, doubt)
    return Range(_steps_down(mean - margin), _steps_up(mean + margin))


def expected(room: Room, slot: datetime | None, at: datetime) -> Range:
    """The wait of somebody who comes now and joins this room, with or without an appointment."""
    if slot is None:
        return _without_appointment(room, at)
    first = sum(bool(one.priority) or (one.slot is not None and due(one) <= max(slot, at)) for one in room.queue)
    before = SHOWS * sum(at - LATE < hour < slot for hour in room.coming)
    appointments = estimate(first + before, room.desks, room.busy, room.pace)
    if slot <= at:
        return appointments
    everybody = estimate(len(room.queue), room.desks, room.busy, room.pace)
    until = (slot - at).total_seconds()
    latest = max(_steps_up(until), appointments.most)
    return Range(min(everybody.least, max(_steps_down(until), appointments.least), latest - STEP), latest)


def _without_appointment(room: Room, at: datetime) -> Range:
    """Those whose hour comes meanwhile pass first: the longer the wait, the more they are."""
    coming = (hour for hour in room.coming if hour > at - LATE)
    hours = sorted([*coming, *(one.slot for one in room.queue if one.slot and turn(one, at) is Turn.AHEAD)])
    waiting = sum(turn(one, at) is not Turn.AHEAD or one.priority is not None for one in room.queue)
    ahead, passing = float(waiting), 0
    while passing < len(hours):
        leaving = max(0.0, ahead + room.busy - room.desks + 1)
        called_at = at + timedelta(seconds=leaving * room.pace.mean / max(room.desks, 1))
        if hours[passing] > called_at:
            break
        ahead, passing = ahead + SHOWS, passing + 1
    without = estimate(waiting, room.desks, room.busy, room.pace)
    return Range(without.least, max(without.most, estimate(ahead, room.desks, room.busy, room.pace).most))


def filled(room: Room, at: datetime) -> int:
    """The most that those who are in the room make somebody wait, and never less than the longest wait so far, in whole
    minutes: people not here yet fill nothing, who came before the hour makes others wait from that hour on."""
    hours = (at, *(due(one) for one in room.queue if due(one) > at))
    return max([*(_made(room, hour, at) for hour in hours), *(_waited(one, at) for one in room.queue)])


def _made(room: Room, hour: datetime, at: datetime) -> int:
    """The most that those who may be called by an hour make somebody wait from it on."""
    called = sum(due(one) <= hour or one.priority is not None for one in room.queue)
    return estimate(called, room.desks, room.busy, room.pace).most - int((hour - at) / timedelta(minutes=1))


def reaching(told: Range, minutes: int) -> Range:
    """The range with the wait that the room makes (see `filled`) in it, as far as a range is of any use."""
    return replace(told, most=max(told.most, min(_steps_up(minutes * 60), told.least + WIDEST)))


def _waited(visit: Visit, at: datetime) -> int:
    """Whole minutes that the service made somebody wait so far: not before the hour of the appointment, nor before they
    came back or were sent here."""
    moved = visit.story.speaking
    since = max(due(visit), moved.moment) if moved else due(visit)
    return int((at - since) / timedelta(minutes=1))


def load_word(most: int, target: timedelta) -> LoadWord:
    """The word of a room whose people make somebody wait so many minutes at most, against the wait aimed at."""
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
