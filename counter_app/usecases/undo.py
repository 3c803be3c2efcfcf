"""Undo: an act that takes back another. Nothing is erased, and the list of last gestures shows both."""

from counter_app.domain.acts import Act, ActKind, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.store import convocation_rows, journal
from counter_app.store.connection import Connection
from counter_app.usecases.answers import RecentGesture, Undone
from counter_app.usecases.desk import Desk

SHOWN = (ActKind.CHECKED_IN, ActKind.ARRIVAL_ATTEMPTED, ActKind.LIST_IMPORTED, ActKind.NUMBER_CONFIRMED)

LOOKED_AT = 200
"""Last gestures among which the one to undo is looked for."""


def recent(desk: Desk, limit: int = 20) -> list[RecentGesture]:
    """Last gestures of this desk, newest first."""
    with desk.looking() as connection:
        return _recent(connection, desk.stream, limit)


def _recent(connection: Connection, stream: str, limit: int) -> list[RecentGesture]:
    acts = journal.latest(connection, stream, SHOWN, limit)
    people = convocation_rows.by_ids(connection, [act.subject.id for act in acts])
    return [_line(act, people.get(act.subject.id)) for act in acts]


def _line(act: Act, convocation: Convocation | None) -> RecentGesture:
    undone = convocation is not None and act.act_id in convocation.undone
    verdict = act.details.get("verdict")
    return RecentGesture(
        act_id=act.act_id,
        subject_id=act.subject.id,
        at=act.at,
        kind=act.kind,
        verdict=None if verdict is None else str(verdict),
        name=convocation.name if convocation and convocation.listings else "",
        agent=act.author.agent,
        undoable=act.kind == ActKind.CHECKED_IN and not undone,
        undone=undone,
    )


def undo(desk: Desk, act_id: str | None = None) -> Undone:
    """Take back a gesture of this desk: the one named, else the last arrival that still stands."""
    with desk.gesture() as gesture:
        lines = _recent(gesture.connection, desk.stream, LOOKED_AT)
        chosen = next((line for line in lines if (line.act_id == act_id if act_id else line.undoable)), None)
        if chosen is None:
            return Undone(False, None, "nothing_to_undo")
        if not chosen.undoable:
            return Undone(False, chosen, "already_undone" if chosen.undone else "nothing_to_undo")
        subject = Subject(SubjectType.CONVOCATION, chosen.subject_id)
        gesture.record(ActKind.ARRIVAL_UNDONE, subject, {"act": chosen.act_id})
    return Undone(True, chosen)
