"""Who comes next: priorities first, then appointments from their hour on, then by arrival.

A pure function of the visits and of the moment: every desk that holds the same acts calls the same person next.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum

from counter_app.domain.visit import Visit
from counter_app.domain.visit_story import Stage


class Turn(IntEnum):
    """In which turn somebody who waits is called."""

    APPOINTMENT = 1
    """The hour has come: by that hour, or by the arrival of who came after it."""
    ARRIVAL = 2
    """Without an appointment: by arrival."""
    AHEAD = 3
    """The hour has not come yet: when nobody else waits, by that hour."""


def turn(visit: Visit, at: datetime) -> Turn:
    """The turn of somebody who waits, at a moment."""
    if visit.slot is None:
        return Turn.ARRIVAL
    return Turn.APPOINTMENT if visit.slot <= at else Turn.AHEAD


def due(visit: Visit) -> datetime:
    """From when on somebody may expect to be called: the hour of the appointment, never before the arrival."""
    arrived = visit.arrived_at
    assert arrived is not None, "only somebody who arrived waits"
    return max(visit.slot or arrived, arrived)


def in_order(visits: Iterable[Visit], at: datetime) -> list[Visit]:
    """Those who wait, the next one first."""
    return sorted((visit for visit in visits if visit.stage is Stage.WAITING), key=lambda visit: _place(visit, at))


def _place(visit: Visit, at: datetime) -> tuple[object, ...]:
    arrived = visit.arrived_at
    return (visit.priority is None, turn(visit, at), due(visit), arrived, visit.number, visit.id)


def callable_by(visits: Iterable[Visit], desk: str, services: Iterable[str], at: datetime) -> list[Visit]:
    """Those whom a desk may call next, in order: of its services, and not sent to another desk by name."""
    mine = frozenset(services)
    ours = (visit for visit in visits if visit.awaited_by in (None, desk))
    return in_order((visit for visit in ours if visit.service in mine or visit.awaited_by == desk), at)
