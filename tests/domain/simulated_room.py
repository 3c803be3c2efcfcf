"""A waiting room simulated minute by minute, from a seed: desks that close at noon, people early, late, or without an
appointment, absences, priorities. Each arrival is told a range; each call says whether it was right."""

import heapq
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from counter_app.domain.acts import Json, Subject, SubjectType
from counter_app.domain.queue_order import callable_by, in_order
from counter_app.domain.visit import Visit
from counter_app.domain.waiting import LOOKED_AT, Range, Room, expected, pace_of
from tests.domain.invented_visits import Passage

OPENS, NOON, AFTER_NOON, CLOSES = time(8, 30), time(12, 0), time(13, 30), time(16, 30)
DESKS, AT_NOON = 5, 3


@dataclass(frozen=True, slots=True)
class Told:
    """What one person was told at the door, and what came."""

    kind: str
    """`slot` or `walk_in`."""
    range: Range
    minutes: float


@dataclass
class SimulatedRoom:
    """One service of one site, day after day; the pace is that of the people received so far."""

    chance: Random
    share: float = 0.82
    """Of the desks' time that appointments take."""
    told: list[Told] = field(default_factory=list)
    paces: list[int] = field(default_factory=list)
    """Newest first, as a file tells them."""

    def day(self, day: date) -> None:
        """One day, from the doors to the last person."""
        waiting: dict[str, tuple[Visit, Range]] = {}
        busy: list[datetime] = []
        arrivals, coming = self._arrivals(day)
        for at, arrival in arrivals:
            if arrival.slot:
                coming.remove(arrival.slot)
            self._serve(waiting, busy, at)
            queue = in_order((visit for visit, _range in waiting.values()), at)
            pace = pace_of(self.paces[:LOOKED_AT], 8)
            desks = max(self._desks(at), 1)
            told = expected(Room(queue, desks, len(busy), pace, coming), arrival.slot, at)
            waiting[arrival.id] = (arrival, told)
            self._serve(waiting, busy, at)
        self._serve(waiting, busy, datetime.combine(day, time(23), UTC))

    def _serve(self, waiting: dict[str, tuple[Visit, Range]], busy: list[datetime], until: datetime) -> None:
        """Desks call as they are free, up to a moment."""
        while True:
            free_at = busy[0] if busy else None
            at = min(until, free_at) if free_at else until
            if free_at and free_at <= until:
                heapq.heappop(busy)
                self._call(waiting, busy, free_at)
                continue
            self._call(waiting, busy, at)
            return

    def _call(self, waiting: dict[str, tuple[Visit, Range]], busy: list[datetime], at: datetime) -> None:
        while waiting and len(busy) < self._desks(at):
            visit = callable_by((one for one, _range in waiting.values()), "", ["accueil"], at)[0]
            _visit, told = waiting.pop(visit.id)
            assert visit.arrived_at is not None
            minutes = (at - visit.arrived_at).total_seconds() / 60
            self.told.append(Told("slot" if visit.slot else "walk_in", told, minutes))
            absent = self.chance.random() < 0.03
            seconds = 180.0 if absent else min(3600.0, 40 + self.chance.lognormvariate(5.95, 0.55))
            heapq.heappush(busy, at + timedelta(seconds=round(seconds)))
            if not absent:
                self.paces.insert(0, round(seconds))

    def _desks(self, at: datetime) -> int:
        return AT_NOON if NOON <= at.time() < AFTER_NOON else DESKS

    def _arrivals(self, day: date) -> tuple[list[tuple[datetime, Visit]], list[datetime]]:
        """Who comes and when, and the hours of everybody convened, those who never come too."""
        opens, closes = datetime.combine(day, OPENS, UTC), datetime.combine(day, CLOSES, UTC)
        numbers, found, hours = count(1), list[tuple[datetime, datetime | None]](), list[datetime]()
        slot = opens + timedelta(minutes=15)
        while slot < closes - timedelta(minutes=30):
            expected_here = AT_NOON if NOON <= slot.time() < AFTER_NOON else DESKS
            for _ in range(round(expected_here * 10 / 8 * self.share)):
                hours.append(slot)
                if self.chance.random() > 0.12:
                    found.append((max(opens, slot + timedelta(minutes=self.chance.gauss(-12, 9))), slot))
            slot += timedelta(minutes=10)
        at = opens
        while (at := at + timedelta(minutes=self.chance.expovariate(1 / 7))) < closes - timedelta(minutes=30):
            found.append((at, None))
        found.sort(key=lambda one: one[0])
        return [(at, _visit(f"A {next(numbers):03d}", at, slot, self.chance)) for at, slot in found], hours


def _visit(number: str, at: datetime, slot: datetime | None, chance: Random) -> Visit:
    told = Passage(Subject(SubjectType.VISIT, f"{at.date()}{number}"), at - timedelta(minutes=1))
    first: dict[str, Json] = {"priority": "elderly"} if chance.random() < 0.04 else {}
    told.open("1", number, slot=slot.isoformat() if slot else None, **first)
    return told.visit
