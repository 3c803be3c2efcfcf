"""Undo of an import: an act that takes back what it told. What the desk did of its people meanwhile stands.

People go back to what the other lists say of them. A list upon which a later one of the same source was built is not
taken back first: the later one told nothing of what had not changed, and its people would be lost.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.store import convocation_rows, journal, list_rows
from counter_app.store.connection import Connection
from counter_app.store.list_rows import KnownList
from counter_app.usecases.answers import Undone
from counter_app.usecases.desk import Desk, Gesture

WITHIN = timedelta(hours=24)
"""How long an import can be taken back. One that never ended always can."""
TOLD = (ActKind.CONVOCATION_LISTED, ActKind.CONVOCATION_VANISHED)
AT_ONCE = 200
"""People taken back in one transaction: the desk goes on between two."""
LOOKED_AT = 200


def last_import(desk: Desk) -> str | None:
    """The last import of this desk that still stands, ended or not."""
    with desk.looking() as connection:
        mine = journal.latest(connection, desk.stream, (ActKind.LIST_BEGUN, ActKind.LIST_IMPORTED), LOOKED_AT)
        known = list_rows.lists_by_id(connection, [act.subject.id for act in mine])
    standing = (act.subject.id for act in mine if act.subject.id in known)
    return next((list_id for list_id in standing if known[list_id].stands), None)


def young(one: KnownList, at: datetime) -> bool:
    """Whether a list is still young enough to be taken back."""
    ended = one.complete and not one.undoing
    return not ended or at - datetime.fromisoformat(one.imported_at) <= WITHIN


def undo_import(desk: Desk, list_id: str) -> Undone:
    """Take an import back, or go on with an undo that stopped half-way; why not, when it cannot be."""
    with desk.looking() as connection:
        reason = _why_not(connection, list_id, desk.now())
        named = [] if reason else journal.subjects_of_list(connection, list_id, TOLD)
    if reason:
        return Undone(False, None, reason, list_id)
    rows, kept = iter(named), list[Convocation]()
    with desk.store.long_work():
        more = True
        while more:
            some = list(islice(rows, AT_ONCE))
            more = len(some) == AT_ONCE
            desk.store.courtesy.give_way()
            with desk.gesture() as gesture:
                kept += _withdraw(gesture, list_id, some)
                _tell(gesture, list_id, ended=not more)
    return Undone(True, None, "", list_id, len(named), tuple(kept))


def _why_not(connection: Connection, list_id: str, at: datetime) -> str:
    one = list_rows.lists_by_id(connection, [list_id]).get(list_id)
    if one is None:
        return "nothing_to_undo"
    if not one.stands:
        return "already_undone"
    if not young(one, at):
        return "too_old"
    if not one.begun_at and journal.told_without_list(connection, one.source, one.exported_at, TOLD):
        return "before_undo"
    return "built_upon" if _built_upon(connection, one) else ""


def _built_upon(connection: Connection, one: KnownList) -> bool:
    """Whether a list of the same source, imported later, relies on this one for what had not changed."""
    if not one.imported:
        later = [other for other in list_rows.lists_of(connection, one.source) if other.imported_at > one.begun_at]
        return any(not other.undone and other.id != one.id for other in later)
    known = list_rows.lists_of(connection, one.source)
    later = known[[other.id for other in known].index(one.id) + 1 :]
    return any(not other.undone and other.days & one.days for other in later)


def _withdraw(gesture: Gesture, list_id: str, named: Sequence[str]) -> list[Convocation]:
    """Take back what the list told of these people; answers those who arrived meanwhile."""
    people = convocation_rows.by_ids(gesture.connection, named)
    for convocation_id in named:
        if list_id not in people[convocation_id].withdrawn:
            subject = Subject(SubjectType.CONVOCATION, convocation_id)
            gesture.record(ActKind.CONVOCATION_WITHDRAWN, subject, {"list_id": list_id})
    return [one for one in people.values() if one.arrival]


def _tell(gesture: Gesture, list_id: str, *, ended: bool) -> None:
    details: dict[str, Json] = {"undoing": not ended}
    if ended:
        details["undone"] = gesture.at.isoformat()
        _turn_rows(gesture, list_id)
    gesture.record(ActKind.LIST_UNDONE, Subject(SubjectType.LIST, list_id), details)


def _turn_rows(gesture: Gesture, list_id: str) -> None:
    """Rows that the list set aside no longer wait; those that it closed wait again."""
    for row_id in list_rows.rows_of_list(gesture.connection, list_id):
        closed: dict[str, Json] = {"closed": "list_undone", "closed_by": list_id}
        gesture.record(ActKind.ROW_CLOSED, Subject(SubjectType.ROW, row_id), closed)
    for row_id in list_rows.rows_closed_by(gesture.connection, list_id):
        opened: dict[str, Json] = {"closed": None, "closed_by": None}
        gesture.record(ActKind.ROW_CLOSED, Subject(SubjectType.ROW, row_id), opened)
