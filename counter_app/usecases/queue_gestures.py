"""What gestures of the waiting room share: whom they are about, what they know, what they record."""

from collections.abc import Sequence
from datetime import timedelta

from counter_app.domain.acts import Act, ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.visit import Visit
from counter_app.domain.visit_fold import apply
from counter_app.domain.visit_story import Call, Stage
from counter_app.store import visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.queue import day_of, is_at, line_of, put_aside_here
from counter_app.usecases.queue_answers import QueueAnswer, QueueRefusal
from counter_app.usecases.visits import heads
from counter_app.wording.choices import beside


def meant(desk: Desk, gesture: Gesture, visit_id: str, reason: str = "") -> tuple[Visit | None, QueueRefusal | None]:
    """The visit, and why this desk may not touch it: with a reason, it frees somebody whom another desk called."""
    visit = visit_rows.by_id(gesture.connection, visit_id)
    if visit is None:
        return None, QueueRefusal.UNKNOWN_NUMBER
    elsewhere = visit.live_calls and not any(is_at(desk, call) for call in visit.live_calls)
    return visit, QueueRefusal.CALLED_ELSEWHERE if elsewhere and not reason.strip() else None


def called_here(desk: Desk, gesture: Gesture, visit_id: str) -> tuple[Visit | None, Call | None]:
    """The visit, and the call of this desk that the person has not answered yet."""
    visit = visit_rows.by_id(gesture.connection, visit_id)
    live = visit.live_calls if visit else ()
    return visit, next((one for one in live if is_at(desk, one) and one.stage is Stage.CALLED), None)


def received_here(desk: Desk, connection: Connection, visit: Visit) -> Call | None:
    """The call of this desk that has the person in front of it; of a day that is over, also of whom it put aside."""
    live = next((one for one in visit.live_calls if is_at(desk, one)), None)
    if live is None and put_aside_here(desk, visit) and line_of(desk, connection, visit).day_over:
        return visit.call
    return live if live and live.stage is Stage.SERVING else None


def still(desk: Desk, gesture: Gesture, called: Call) -> timedelta:
    """How long before the number may be called again; nothing once it may."""
    delay = desk.rules.queue.limits_on(day_of(desk, gesture.at)).recall_after
    return max(timedelta(), called.announced[-1] + delay - gesture.at)


def known_of(visit: Visit, called: Call) -> list[str]:
    """The newest acts of one call: what its desk goes on from, whatever others did of the same person meanwhile."""
    known = visit.story.known
    return [mark.act_id for mark in visit.story.heads if called.act_id in known[mark.act_id]]


def why(reason: str) -> dict[str, Json]:
    """The reason given, when there is one."""
    return {"reason": reason.strip()} if reason.strip() else {}


def record(gesture: Gesture, visit: Visit, kind: ActKind, details: Details, known: Sequence[str]) -> Act:
    """One act about a visit, with what this desk knew of."""
    return gesture.record(kind, Subject(SubjectType.VISIT, visit.id), {**details, "after": [*known]})


def recorded(
    desk: Desk,
    gesture: Gesture,
    visit: Visit,
    kind: ActKind,
    details: Details | None = None,
    known: Sequence[str] | None = None,
) -> QueueAnswer:
    """One act, and the person as the gesture leaves them. By itself the act goes on from everything that is known."""
    record(gesture, visit, kind, details or {}, heads(visit) if known is None else known)
    after: Visit | None = visit
    for act in gesture.acts:
        after = apply(after, act)
    assert after is not None, "a visit stays a visit"
    return QueueAnswer(True, line_of(desk, gesture.connection, after))


def refused(
    desk: Desk, gesture: Gesture, visit: Visit | None, refusal: QueueRefusal | None, wait: timedelta = timedelta()
) -> QueueAnswer:
    """Nothing was done, and why."""
    if visit is None:
        return QueueAnswer(False, refusal=QueueRefusal.UNKNOWN_NUMBER)
    return QueueAnswer(False, line_of(desk, gesture.connection, visit), refusal, wait)


def unknown_service(desk: Desk) -> QueueAnswer:
    """No service of the site has this name."""
    names = tuple(beside(key, name) for key, name in desk.rules.queue.names)
    return QueueAnswer(False, refusal=QueueRefusal.UNKNOWN_SERVICE, others=names)
