"""Calling people: each gesture is judged again inside the transaction that records it, so that two windows on one file,
or two desks that see each other, never call the same person."""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain.acts import ActKind, Json
from counter_app.domain.custody import same_desk
from counter_app.domain.queue_order import callable_by
from counter_app.domain.visit import Outcome, Priority, Visit
from counter_app.domain.visit_story import Stage
from counter_app.store import visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.call_lock import ALONE, CallLock
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import known_desks
from counter_app.usecases.queue import day_of, is_at, services_of
from counter_app.usecases.queue_answers import OVER, Passed, QueueAnswer
from counter_app.usecases.queue_answers import QueueRefusal as Refused
from counter_app.usecases.queue_gestures import (
    called_here,
    known_of,
    meant,
    received_here,
    record,
    recorded,
    refused,
    still,
    unknown_service,
    why,
)
from counter_app.usecases.visits import of_the_day


def call_next(desk: Desk, service: str = "", lock: CallLock = ALONE) -> QueueAnswer:
    """Call the next person of a service, or of all those of this desk; whom another desk is calling is passed over."""
    services = services_of(desk, service)
    if services is None:
        return unknown_service(desk)
    passed: dict[str, Passed] = {}
    while visit := _next(desk, services, passed):
        if holder := lock.taken(visit.id):
            passed[visit.id] = Passed(visit.number, holder)
        elif done := _call_if_next(desk, services, visit.id, passed):
            return replace(done, passed=tuple(passed.values()))
        lock.free(visit.id)
    if not passed:
        return QueueAnswer(False, refusal=Refused.NOBODY_WAITS)
    with desk.gesture() as gesture:
        visit = visit_rows.by_id(gesture.connection, next(iter(passed)))
        return replace(refused(desk, gesture, visit, Refused.CALLED_ELSEWHERE), passed=tuple(passed.values()))


def _next(desk: Desk, services: Sequence[str], but: Container[str]) -> Visit | None:
    with desk.looking() as connection:
        return _first(desk, connection, services, desk.now(), but)


def _call_if_next(desk: Desk, services: Sequence[str], visit_id: str, but: Container[str]) -> QueueAnswer | None:
    """The call of somebody who is still the next one; None when the queue is another by now."""
    with desk.gesture() as gesture:
        visit = _first(desk, gesture.connection, services, gesture.at, but)
        if visit is None or visit.id != visit_id:
            return None
        return recorded(desk, gesture, visit, ActKind.VISIT_CALLED)


def _first(
    desk: Desk, connection: Connection, services: Sequence[str], at: datetime, but: Container[str] = ()
) -> Visit | None:
    waiting = of_the_day(desk, connection, at, [Stage.WAITING])
    return next((one for one in callable_by(waiting, desk.name, services, at) if one.id not in but), None)


def call(desk: Desk, visit_id: str, reason: str = "", lock: CallLock = ALONE) -> QueueAnswer:
    """Call one person: out of turn with a reason; absent or put aside, they are back."""
    holder = lock.taken(visit_id)
    answer = _call(desk, visit_id, reason, holder)
    if not answer.done:
        lock.free(visit_id)
    return answer


def _call(desk: Desk, visit_id: str, reason: str, holder: str) -> QueueAnswer:
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id, reason)
        if visit is None or refusal:
            return refused(desk, gesture, visit, refusal)
        if visit.stage in OVER:
            return refused(desk, gesture, visit, Refused.ALREADY_OVER)
        if any(is_at(desk, one) for one in visit.live_calls):
            return refused(desk, gesture, visit, Refused.NOT_WAITING)
        if holder and not visit.live_calls:
            called = refused(desk, gesture, visit, Refused.CALLED_ELSEWHERE)
            return replace(called, passed=(Passed(visit.number, holder),))
        first = _first(desk, gesture.connection, services_of(desk) or (), gesture.at)
        if not reason.strip() and (first is None or first.id != visit.id):
            return refused(desk, gesture, visit, Refused.NEEDS_REASON)
        return recorded(desk, gesture, visit, ActKind.VISIT_CALLED, why(reason))


def recall(desk: Desk, visit_id: str) -> QueueAnswer:
    """Call the number again, once the delay has passed."""
    with desk.gesture() as gesture:
        visit, called = called_here(desk, gesture, visit_id)
        if visit is None or called is None:
            return refused(desk, gesture, visit, Refused.NOT_CALLED_HERE)
        if wait := still(desk, gesture, called):
            return refused(desk, gesture, visit, Refused.TOO_SOON, wait)
        return recorded(desk, gesture, visit, ActKind.VISIT_RECALLED, known=known_of(visit, called))


def present(desk: Desk, visit_id: str) -> QueueAnswer:
    """The person is at the desk: the service begins."""
    with desk.gesture() as gesture:
        visit, called = called_here(desk, gesture, visit_id)
        if visit is None or called is None:
            return refused(desk, gesture, visit, Refused.NOT_CALLED_HERE)
        came = record(gesture, visit, ActKind.VISIT_PRESENT, {}, known_of(visit, called))
        begun: dict[str, Json] = {"service": visit.service, "with": came.act_id}
        return recorded(desk, gesture, visit, ActKind.SERVICE_BEGUN, begun, [came.act_id])


def absent(desk: Desk, visit_id: str) -> QueueAnswer:
    """Nobody came, after as many calls as the site sets, each with its delay."""
    with desk.gesture() as gesture:
        visit, called = called_here(desk, gesture, visit_id)
        if visit is None or called is None:
            return refused(desk, gesture, visit, Refused.NOT_CALLED_HERE)
        limits = desk.rules.queue.limits_on(day_of(desk, gesture.at))
        wait = still(desk, gesture, called)
        if len(called.announced) < limits.calls:
            return refused(desk, gesture, visit, Refused.TOO_FEW_CALLS, wait)
        if wait:
            return refused(desk, gesture, visit, Refused.TOO_SOON, wait)
        return recorded(desk, gesture, visit, ActKind.VISIT_ABSENT, known=known_of(visit, called))


def park(desk: Desk, visit_id: str, reason: str = "") -> QueueAnswer:
    """Put somebody aside, such as to fetch a photograph; the place in the queue is kept."""
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id, reason)
        if visit is None or refusal or visit.stage in OVER:
            return refused(desk, gesture, visit, refusal or Refused.ALREADY_OVER)
        return recorded(desk, gesture, visit, ActKind.VISIT_PARKED, why(reason))


def take_back(desk: Desk, visit_id: str) -> QueueAnswer:
    """Somebody put aside, absent or gone is here again: they wait at the place of their arrival."""
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id)
        if visit is None or refusal or visit.stage not in (Stage.PARKED, Stage.ABSENT, Stage.LEFT):
            return refused(desk, gesture, visit, refusal or Refused.STILL_EXPECTED)
        return recorded(desk, gesture, visit, ActKind.VISIT_UNPARKED)


def transfer(desk: Desk, visit_id: str, service: str = "", to: str = "", reason: str = "") -> QueueAnswer:
    """Send somebody to another service, or to one desk by its name: they wait there, at the place of their arrival.

    Once they were received, another service goes on with the visit; a desk alone does not. `unknown_desk` names the
    desks that the site knows; a home that is alone sends all the same, and says that it knows none of that name.
    """
    if services_of(desk, service) is None:
        return unknown_service(desk)
    if not (service or to.strip()):
        return QueueAnswer(False, refusal=Refused.UNKNOWN_DESK)
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id, reason)
        over = OVER - {Stage.FINISHED} if service else OVER
        if visit is None or refusal or visit.stage in over:
            return refused(desk, gesture, visit, refusal or Refused.ALREADY_OVER)
        known = known_desks(desk, gesture.connection)
        heard = next((one for one in (desk.name, *known) if same_desk(one, to)), "")
        sent = heard or " ".join(to.split())
        if sent and known and not heard:
            return replace(refused(desk, gesture, visit, Refused.UNKNOWN_DESK), others=tuple(known))
        there = (visit.service, visit.awaited_by) == (service or visit.service, sent or None)
        mine = service in ("", visit.service) and (not sent or same_desk(sent, desk.name))
        here = mine and received_here(desk, gesture.connection, visit) is not None
        if here or (visit.stage is Stage.WAITING and there):
            return refused(desk, gesture, visit, Refused.ALREADY_THERE)
        where: dict[str, Json] = {**({"service": service} if service else {}), **({"to": sent} if sent else {})}
        done = recorded(desk, gesture, visit, ActKind.VISIT_TRANSFERRED, {**where, **why(reason)})
        return done if heard else replace(done, unheard=sent)


def begin(desk: Desk, visit_id: str, service: str) -> QueueAnswer:
    """Begin another service for a person who is still at the desk: the one before was finished, or ends as received."""
    if not service or services_of(desk, service) is None:
        return unknown_service(desk)
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id)
        here = visit is not None and visit.call is not None and is_at(desk, visit.call)
        served = received_here(desk, gesture.connection, visit) if visit and visit.stage is Stage.SERVING else None
        if visit is None or refusal or not (served or (here and visit.stage is Stage.FINISHED)):
            over = visit is not None and visit.stage in OVER
            return refused(desk, gesture, visit, refusal or (Refused.ALREADY_OVER if over else Refused.NOT_AT_DESK))
        if served is None:
            return recorded(desk, gesture, visit, ActKind.SERVICE_BEGUN, {"service": service})
        if visit.service == service:
            return refused(desk, gesture, visit, Refused.ALREADY_THERE)
        ended: dict[str, Json] = {"outcome": Outcome.RECEIVED.value}
        done = record(gesture, visit, ActKind.SERVICE_FINISHED, ended, known_of(visit, served))
        begun: dict[str, Json] = {"service": service, "ended": done.act_id}
        return recorded(desk, gesture, visit, ActKind.SERVICE_BEGUN, begun, [done.act_id])


def finish(desk: Desk, visit_id: str, outcome: Outcome, reason: str = "") -> QueueAnswer:
    """End the service of the person at this desk, with what came of it; the next day, also of whom it had put aside."""
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id)
        if visit is not None and visit.stage in OVER:
            return refused(desk, gesture, visit, refusal or Refused.ALREADY_OVER)
        served = visit and received_here(desk, gesture.connection, visit)
        if visit is None or refusal or not served:
            return refused(desk, gesture, visit, refusal or Refused.NOT_AT_DESK)
        told: dict[str, Json] = {"outcome": outcome.value, **why(reason)}
        return recorded(desk, gesture, visit, ActKind.SERVICE_FINISHED, told, known_of(visit, served))


def leave(desk: Desk, visit_id: str, reason: str = "") -> QueueAnswer:
    """The person went away before being received."""
    with desk.gesture() as gesture:
        visit, refusal = meant(desk, gesture, visit_id, reason)
        if visit is None or refusal or visit.stage in OVER:
            return refused(desk, gesture, visit, refusal or Refused.ALREADY_OVER)
        return recorded(desk, gesture, visit, ActKind.VISIT_LEFT, why(reason))


def prioritise(desk: Desk, visit_id: str, priority: Priority | None) -> QueueAnswer:
    """Note why somebody passes first, or that they do not."""
    with desk.gesture() as gesture:
        visit, _refusal = meant(desk, gesture, visit_id)
        if visit is None or visit.stage in OVER:
            return refused(desk, gesture, visit, Refused.ALREADY_OVER)
        told: dict[str, Json] = {"priority": priority.value if priority else None}
        return recorded(desk, gesture, visit, ActKind.VISIT_PRIORITISED, told)
