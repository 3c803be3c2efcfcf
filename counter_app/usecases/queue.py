"""The waiting room of the day: who waits, in which order, who is called, who is with a desk."""

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, timedelta

from counter_app.domain.acts import device_of
from counter_app.domain.codes import OwnCode, read_code
from counter_app.domain.keyboard import plain_digits
from counter_app.domain.queue_order import callable_by
from counter_app.domain.visit import Visit, contradictory_calls, goes_on
from counter_app.domain.visit_story import LIVE, Call, Stage
from counter_app.store import convocation_rows, receipt_rows, visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk
from counter_app.usecases.expected_wait import load_of
from counter_app.usecases.queue_answers import QueueDay, QueueLine, QueueRefusal, WhichDay
from counter_app.usecases.visits import of_the_day

OPEN = (Stage.WAITING, Stage.CALLED, Stage.SERVING, Stage.PARKED, Stage.ABSENT)
"""Stages of those who may still be received: an arrival taken back is nowhere."""
LEFT_OPEN = (Stage.WAITING, Stage.CALLED, Stage.SERVING, Stage.PARKED)
"""Stages of a passage that the evening of its day may leave without an end."""


def queue(desk: Desk, service: str = "", finished: int | None = None) -> QueueDay | QueueRefusal:
    """The waiting room now, of one service or of all those of this desk; `finished`: how many of those who are done."""
    services = services_of(desk, service)
    if services is None:
        return QueueRefusal.UNKNOWN_SERVICE
    at = desk.now()
    with desk.looking() as connection:
        visits = of_the_day(desk, connection, at, OPEN)
        here = {one.id for one in visits}
        earlier = visit_rows.of_earlier_days_at(connection, day_of(desk, at), (*LIVE, Stage.PARKED))
        visits += [one for one in earlier if one.id not in here and _left_here(desk, one)]
        lines = lines_of(desk, connection, (one for one in visits if _shown(desk, one, services, service)))
        hidden = [one.key for one in desk.rules.queue.services if one.key not in services]
        done = visit_rows.over(connection, day_of(desk, at), finished, hidden)
        over = lines_of(desk, connection, (one for one in done if _shown(desk, one, services, service)))
        count = len(over) if finished is None else visit_rows.over_count(connection, day_of(desk, at), hidden)
        load = load_of(desk, connection, services, at)
    by_id = {line.visit.id: line for line in lines}
    mine = [line for line in (*lines, *over) if _called_by(desk, line.visit)]
    everybody_waiting = callable_by((line.visit for line in lines), desk.name, services, at)
    ours = {visit.id for visit in everybody_waiting}
    elsewhere = [line for line in lines if line.visit.stage is Stage.WAITING and line.visit.id not in ours]
    return QueueDay(
        at=at,
        waiting=(*(by_id[visit.id] for visit in everybody_waiting), *elsewhere),
        called=_at(lines, Stage.CALLED),
        serving=(*_at(lines, Stage.SERVING), *_at(lines, Stage.PARKED)),
        absent=_at(lines, Stage.ABSENT),
        finished=tuple(over),
        finished_count=count,
        mine=tuple(sorted(mine, key=lambda line: _last_call(desk, line.visit), reverse=True)),
        load=load,
    )


def find_visit(desk: Desk, text: str, day: date | None = None) -> QueueLine | None:
    """Somebody of a day (the one that goes on) by a waiting number, in any case and with or without blanks, or by the
    code of the ticket."""
    with desk.looking() as connection:
        visits = visit_rows.of_day(connection, day) if day else of_the_day(desk, connection, desk.now(), tuple(Stage))
        found = next(iter(_bearing(connection, text, visits)), None)
        return line_of(desk, connection, found) if found else None


def find_now(
    desk: Desk, text: str, possible: Container[Stage] = OPEN, of_earlier: Container[Stage] = ()
) -> QueueLine | WhichDay | None:
    """Somebody by a number given without its day: of today, or whom this desk still receives since yesterday.

    `possible`: where somebody stands whom what is to be done can be about, `of_earlier` of a day that is over at this
    desk: where today has the number and so has one who still waits over midnight, or whom this desk receives, it is
    whoever it can be about; of several of them nobody can tell which one is meant, and of none it is today's.
    """
    today = day_of(desk, desk.now())
    found = find_visit(desk, text)
    with desk.looking() as connection:
        left = _bearing(connection, text, visit_rows.of_earlier_days_at(connection, today, LEFT_OPEN))
        ours = [one for one in left if _left_here(desk, one)]
        if found:
            evening = _bearing(connection, text, of_the_day(desk, connection, desk.now(), OPEN))
            meant = [one for one in (found.visit, *evening) if one.stage in possible]
            meant += [one for one in ours if one.stage in of_earlier]
            days = {one.day for one in meant if one.day}
            if len(days) > 1:
                return WhichDay(tuple(sorted(days, reverse=True)))
            return line_of(desk, connection, meant[0]) if meant else found
        if len(left) == 1 and ours and ours[0].day == today - timedelta(days=1):
            return line_of(desk, connection, ours[0])
    return WhichDay(tuple(sorted({one.day for one in left if one.day}, reverse=True))) if left else None


def line_of(desk: Desk, connection: Connection, visit: Visit) -> QueueLine:
    """One person as a screen or a verb shows them."""
    return lines_of(desk, connection, [visit])[0]


def lines_of(desk: Desk, connection: Connection, visits: Iterable[Visit]) -> list[QueueLine]:
    """People as a screen or a verb shows them, in the same order."""
    told, now = list(visits), desk.now()
    today = day_of(desk, now)
    people = convocation_rows.by_ids(connection, [one.convocation for one in told if one.convocation])
    names = {one.id: one.name for one in people.values() if one.listings}
    return [_line(visit, names.get(visit.convocation or "", ""), now, today) for visit in told]


def _line(visit: Visit, name: str, now: datetime, today: date) -> QueueLine:
    until = visit.calls[0].called.moment if visit.calls else visit.ended_at or now
    waited = max(until - (visit.arrived_at or until), timedelta())
    earlier = visit.day if visit.day != today else None
    over = earlier is not None and not (visit.arrived_at and goes_on(visit.arrived_at, now))
    return QueueLine(visit, name, waited, contradictory_calls(visit), earlier, over)


def services_of(desk: Desk, service: str = "") -> tuple[str, ...] | None:
    """Keys of the services meant: one of the site's, else those of this desk; None for one that the site has not."""
    queue = desk.rules.queue
    if service:
        return (service,) if queue.service(service) else None
    return desk.services or tuple(one.key for one in queue.services)


def day_of(desk: Desk, at: datetime) -> date:
    """The day at the site."""
    return at.astimezone(desk.rules.zone).date()


def received_by(desk: Desk, connection: Connection, at: datetime) -> list[Visit]:
    """Those whom this desk called today and has not done with: on their way, or at the desk."""
    called = of_the_day(desk, connection, at, (Stage.CALLED, Stage.SERVING))
    return [one for one in called if _called_by(desk, one)]


def is_at(desk: Desk, call: Call) -> bool:
    """Whether a call asks the person to come to this desk."""
    return call.desk == desk.name and call.device == device_of(desk.stream)


def _shown(desk: Desk, visit: Visit, services: Sequence[str], asked: str) -> bool:
    """Of these services, or sent to this desk; a service that this version does not know is shown unless one is
    asked for."""
    unknown = not asked and desk.rules.queue.service(visit.service) is None
    return visit.service in services or unknown or visit.awaited_by == desk.name or _left_here(desk, visit)


def _called_by(desk: Desk, visit: Visit) -> bool:
    return any(is_at(desk, call) for call in visit.live_calls)


def put_aside_here(desk: Desk, visit: Visit) -> bool:
    """Whether this desk had the person in front of it and put them aside: nobody else did anything since."""
    call = visit.call if visit.stage is Stage.PARKED else None
    return call is not None and call.present_at is not None and is_at(desk, call)


def _left_here(desk: Desk, visit: Visit) -> bool:
    return _called_by(desk, visit) or put_aside_here(desk, visit)


def _last_call(desk: Desk, visit: Visit) -> datetime:
    return max(call.called.moment for call in visit.calls if call.stage in LIVE and is_at(desk, call))


def _at(lines: Iterable[QueueLine], *stages: Stage) -> tuple[QueueLine, ...]:
    return tuple(line for line in lines if line.visit.stage in stages)


def _bearing(connection: Connection, text: str, visits: Iterable[Visit]) -> list[Visit]:
    """Those who bear a number; a code is that of one ticket, whose number others bear on other days."""
    code = read_code(text.strip())
    receipt = receipt_rows.find(connection, code.text) if isinstance(code, OwnCode) else None
    if receipt and receipt.ticket:
        return [one for one in visits if any(mark.text("receipt") == receipt.id for mark in one.openings)]
    return [one for one in visits if _plain(text) in map(_plain, one.numbers)]


def _plain(number: str) -> str:
    """« a42 », « A 042 » and « A042 » are one number."""
    letters = "".join(sign for sign in number.upper() if sign.isalpha())
    # Decimals alone: the « ² » of a French keyboard is a digit to Python, and no number.
    return letters + "".join(sign for sign in plain_digits(number) if sign.isdecimal()).lstrip("0")
