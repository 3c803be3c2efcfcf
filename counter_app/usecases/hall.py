"""What the hall may see: waiting numbers and desks, never a name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from counter_app.domain.visit_story import LIVE, Call, Stage
from counter_app.store import visit_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import other_desks
from counter_app.usecases.queue import day_of

STAYS = timedelta(minutes=3)
"""How long a number stays shown after the person came to the desk."""
OVER_MIDNIGHT = timedelta(hours=1)
"""How long a number called before midnight stays shown when nobody answers: one forgotten in the evening is
not called in the morning."""


@dataclass(frozen=True, slots=True)
class HallCall:
    """One number called, and where to go."""

    number: str
    """Both numbers of somebody who was given two."""
    desk: str
    at: datetime
    """When it was called last."""


@dataclass(frozen=True, slots=True)
class Hall:
    """The calls of the hall: those that somebody has still to answer, the newest first, then those just answered."""

    at: datetime
    calls: tuple[HallCall, ...]
    last_known: datetime | None = None
    """Set when other desks may have called since: what is shown is the state of that hour."""
    awaited: int = 0
    """How many calls, from the first, somebody has still to answer."""


def hall(desk: Desk) -> Hall:
    """The numbers called now, by every desk that this one knows of."""
    at = desk.now()
    with desk.looking() as connection:
        today = day_of(desk, at)
        days = (today, today - timedelta(days=1))
        visits = [one for day in days for one in visit_rows.of_day_at(connection, day, tuple(LIVE))]
        others = other_desks(desk, connection, at)
    found = [
        (call.stage is Stage.CALLED, HallCall(" / ".join(visit.numbers), call.desk, call.announced[-1]))
        for visit in visits
        for call in visit.live_calls
        if _shown(call, at, since_midnight=visit.day == today)
    ]
    newest = sorted(found, key=lambda one: (one[0], one[1].at, one[1].number), reverse=True)
    awaited = sum(waits for waits, _call in newest)
    calls = tuple(call for _waits, call in newest)
    return Hall(at, calls, others.verified_at if others.cut_off else None, awaited)


def _shown(call: Call, at: datetime, *, since_midnight: bool) -> bool:
    if call.stage is Stage.CALLED:
        return since_midnight or at - call.announced[-1] < OVER_MIDNIGHT
    return call.present_at is not None and at - call.present_at < STAYS
