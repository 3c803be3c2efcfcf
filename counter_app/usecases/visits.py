"""Visits opened at the reception: with an arrival, or for somebody let in without an appointment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.queue_rules import Service
from counter_app.domain.visit import Visit, goes_on, identity
from counter_app.domain.visit_marks import MOVES
from counter_app.domain.visit_story import Stage
from counter_app.store import visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.queue_answers import OVER


def service_of(desk: Desk, convocation: Convocation) -> Service:
    """The service that the lists send a person to."""
    return desk.rules.queue.service_for(convocation.purpose, convocation.best("service"))


def open_visit(desk: Desk, gesture: Gesture, convocation: Convocation, arrival: Act, ticket: IssuedReceipt) -> Act:
    """The passage that begins with an arrival, in the same gesture. One that had ended begins to wait again."""
    day = gesture.at.astimezone(desk.rules.zone).date()
    visit = visit_rows.by_id(gesture.connection, identity(convocation.id, day))
    details: dict[str, Json] = {
        "day": day.isoformat(),
        "service": service_of(desk, convocation).key,
        "number": ticket.ticket,
        "receipt": ticket.id,
        "convocation": convocation.id,
        "arrival": arrival.act_id,
        "slot": convocation.slot.isoformat(),
        "purpose": convocation.purpose,
        "after": [*heads(visit)] if visit and visit.stage in OVER else [],
    }
    return gesture.record(ActKind.VISIT_OPENED, Subject(SubjectType.VISIT, identity(convocation.id, day)), details)


def of_the_day(desk: Desk, connection: Connection, at: datetime, stages: Sequence[Stage]) -> list[Visit]:
    """Those of the day that goes on who stand at one of these stages, by arrival; after midnight, then those who came a
    few hours before it."""
    here = at.astimezone(desk.rules.zone)
    mine = visit_rows.of_day_at(connection, here.date(), stages)
    if not goes_on(here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(microseconds=1), here):
        return mine
    evening = visit_rows.of_day_at(connection, here.date() - timedelta(days=1), stages)
    return [*mine, *(one for one in evening if one.arrived_at and goes_on(one.arrived_at, here))]


def heads(visit: Visit) -> list[str]:
    """Everything that the next act about a visit knows of."""
    return [mark.act_id for mark in visit.story.heads]


def opening_of(connection: Connection, visit_id: str, arrival: str) -> tuple[Visit, str] | None:
    """The visit that an arrival opened, with the act that opened it; None when there is none, or no more."""
    visit = visit_rows.by_id(connection, visit_id)
    opened = next((mark for mark in visit.openings if mark.text("arrival") == arrival), None) if visit else None
    return (visit, opened.act_id) if visit and opened else None


def moved(visit: Visit) -> bool:
    """Whether a desk did something with somebody since they arrived."""
    return any(mark.kind in MOVES for mark in visit.standing)
