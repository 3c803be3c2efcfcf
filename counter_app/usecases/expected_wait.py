"""How long somebody who comes now may wait, by what the file tells of the queue, of the desks and of their pace."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from counter_app.domain.convocation import ConvocationStatus
from counter_app.domain.queue_order import in_order
from counter_app.domain.queue_rules import Service
from counter_app.domain.visit import identity
from counter_app.domain.visit_story import LIVE, Stage
from counter_app.domain.waiting import (
    LATE,
    LOOKED_AT,
    Range,
    Room,
    expected,
    filled,
    load_share,
    load_word,
    pace_of,
    reaching,
)
from counter_app.store import visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk
from counter_app.usecases.queue_answers import Load
from counter_app.usecases.visits import of_the_day, service_of

AT_WORK = timedelta(minutes=30)
"""A desk that called nobody, and ended with nobody, for longer is not at work."""


def load_of(desk: Desk, connection: Connection, services: Sequence[str], at: datetime) -> Load:
    """How full the services are: the word is that of the fullest one."""
    target = desk.rules.queue.limits_on(at.date()).target
    known = [one for key in services if (one := desk.rules.queue.service(key))]
    rooms = [_room(desk, connection, service, at) for service in known]
    waiting = of_the_day(desk, connection, at, [Stage.WAITING])
    count = sum(one.service in services for one in waiting)
    ranges = (expected(room, None, at) for room in rooms)
    fullest = max((filled(room, at) for room in rooms), default=0)
    worst = reaching(max(ranges, key=lambda one: (one.most, one.least), default=Range(0, 0)), fullest)
    word, share = load_word(fullest, target), load_share(fullest, target)
    only = tuple(one.name for one in known) if len(known) < len(desk.rules.queue.services) else ()
    return Load(count, word.value, share, worst.least, worst.most if worst.usable else None, only)


def wait_for(
    desk: Desk, connection: Connection, service: Service, at: datetime, slot: datetime | None = None, but: str = ""
) -> Range:
    """The range of the wait of somebody who comes now, with or without an appointment; `but`: their own visit, when the
    file holds it already."""
    return expected(_room(desk, connection, service, at, but), slot, at)


def _room(desk: Desk, connection: Connection, service: Service, at: datetime, but: str = "") -> Room:
    """What the file tells of one service now."""
    day = at.astimezone(desk.rules.zone).date()
    here = [
        one
        for one in of_the_day(desk, connection, at, (Stage.WAITING, *LIVE))
        if one.service == service.key and one.id != but
    ]
    busy = sum(bool(one.live_calls) for one in here)
    desks = max(visit_rows.desks_at_work(connection, day, service.key, at - AT_WORK), busy, 1)
    pace = pace_of(visit_rows.paces(connection, service.key, at, LOOKED_AT), service.usual_minutes)
    coming = _coming(desk, connection, service, at, but)
    return Room(in_order(here, at), desks, busy, pace, coming)


def _coming(desk: Desk, connection: Connection, service: Service, at: datetime, but: str) -> list[datetime]:
    """Hours of the appointments of those whom the lists send here today, and who have not come yet."""
    day = at.astimezone(desk.rules.zone).date()
    people = desk.today.people(connection, day).people
    awaited = (one for one in people if one.status is ConvocationStatus.EXPECTED and one.slot > at - LATE)
    return [one.slot for one in awaited if service_of(desk, one) == service and identity(one.id, day) != but]
