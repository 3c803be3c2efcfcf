"""Undo: an act that takes back another. Nothing is erased, and the list of last gestures shows both."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.handover import UNDO_ALONE
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import STOCK
from counter_app.store import convocation_rows, journal, list_rows, permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import Override, RecentGesture, Undone
from counter_app.usecases.desk import Desk
from counter_app.usecases.import_undo import WITHIN, last_import, undo_import
from counter_app.usecases.slips import orientation_of

SHOWN = (
    ActKind.CHECKED_IN,
    ActKind.ARRIVAL_ATTEMPTED,
    ActKind.LIST_IMPORTED,
    ActKind.NUMBER_CONFIRMED,
    ActKind.ORIENTED,
    ActKind.SCAN_UNKNOWN,
    ActKind.PERMIT_HANDED_OVER,
    ActKind.HANDOVER_ATTEMPTED,
    *sorted(STOCK),
)
OF_PERMITS = STOCK | {ActKind.PERMIT_HANDED_OVER, ActKind.HANDOVER_ATTEMPTED}
TAKEN_BACK_BY = {
    ActKind.CHECKED_IN: ActKind.ARRIVAL_UNDONE,
    ActKind.ORIENTED: ActKind.ORIENTATION_UNDONE,
    ActKind.PERMIT_HANDED_OVER: ActKind.HANDOVER_UNDONE,
    **dict.fromkeys(sorted(STOCK), ActKind.STOCK_UNDONE),
}
"""Gestures that can be undone, and the act that does it."""

UNNAMED = 100
"""Scans of nobody among the last acts: left aside, unless an arrival to confirm was noted by its name."""
LOOKED_AT = 200
"""Last gestures among which the one to undo is looked for."""


def recent(desk: Desk, limit: int = 20) -> list[RecentGesture]:
    """Last gestures of this desk, newest first."""
    with desk.looking() as connection:
        return _recent(connection, desk, limit)


def _recent(connection: Connection, desk: Desk, limit: int) -> list[RecentGesture]:
    latest = journal.latest(connection, desk.stream, SHOWN, limit + UNNAMED)
    acts = [act for act in latest if act.kind != ActKind.SCAN_UNKNOWN or act.details.get("name")][:limit]
    subjects = [act.subject.id for act in acts]
    people: dict[str, Convocation | Permit] = {
        **convocation_rows.by_ids(connection, subjects),
        **permit_rows.by_ids(connection, [act.subject.id for act in acts if act.kind in OF_PERMITS]),
    }
    lines = [_line(act, people.get(act.subject.id), _undone(connection, act, people)) for act in acts]
    return [replace(line, undoable=line.undoable and _in_time(desk, line)) for line in lines]


def _in_time(desk: Desk, line: RecentGesture) -> bool:
    """A counter takes back what it did today, an import within a day, a handover within a minute; the rest is for
    the supervisor."""
    if line.kind == ActKind.LIST_IMPORTED:
        return desk.now() - line.at <= WITHIN
    if line.kind == ActKind.PERMIT_HANDED_OVER:
        return desk.now() - line.at <= UNDO_ALONE
    return line.at.astimezone(desk.rules.zone).date() == desk.now().date()


def _undone(connection: Connection, act: Act, people: Mapping[str, Convocation | Permit]) -> bool:
    if act.kind == ActKind.ORIENTED:
        return orientation_of(connection, act.subject.id).undone
    if act.kind == ActKind.LIST_IMPORTED:
        return not any(one.stands for one in list_rows.lists_by_id(connection, [act.subject.id]).values())
    told = people.get(act.subject.id)
    if isinstance(told, Permit):
        return act.kind in TAKEN_BACK_BY and all(mark.act_id != act.act_id for mark in told.standing)
    return told is not None and act.act_id in told.undone


def _line(act: Act, told: Convocation | Permit | None, undone: bool) -> RecentGesture:
    verdict = act.details.get("verdict")
    return RecentGesture(
        act_id=act.act_id,
        subject_id=act.subject.id,
        at=act.at,
        kind=act.kind,
        verdict=None if verdict is None else str(verdict),
        name=told.name if told and told.listings else str(act.details.get("name") or ""),
        agent=act.author.agent,
        undoable=(act.kind in TAKEN_BACK_BY or act.kind == ActKind.LIST_IMPORTED) and not undone,
        undone=undone,
        channel=str(act.details.get("channel") or ""),
    )


def undo(desk: Desk, act_id: str | None = None, agreed: Override | None = None) -> Undone:
    """Take back a gesture of this desk: the one named, else the last one that still stands.

    With a reason and the supervisor who agreed, also one of another day.
    """
    imported = _import_named(desk, act_id) if act_id else None
    if imported:
        return replace(undo_import(desk, imported.subject_id), gesture=imported)
    why: dict[str, Json] = {}
    with desk.gesture() as gesture:
        lines = _recent(gesture.connection, desk, LOOKED_AT)
        lines = [line for line in lines if line.kind != ActKind.LIST_IMPORTED]
        chosen = next((line for line in lines if (line.act_id == act_id if act_id else line.undoable)), None)
        late = _late_handover([chosen] if act_id and chosen else [] if act_id else lines)
        if late:
            return Undone(False, late, "needs_supervisor")
        older = _not_today(lines if chosen is None else [chosen])
        if agreed and agreed.reason.strip() and (agreed.approved_by or "").strip() and older.reason == "too_old":
            chosen, why = older.gesture, {"reason": agreed.reason, "approved_by": agreed.approved_by}
        if chosen is None:
            return older
        if not chosen.undoable and not why:
            return Undone(False, chosen, "already_undone" if chosen.undone else older.reason)
        kind = ActKind(chosen.kind)
        details: dict[str, Json] = {"acts": [chosen.act_id]} if kind in OF_PERMITS else {"act": chosen.act_id}
        gesture.record(TAKEN_BACK_BY[kind], Subject(_subject_type(kind), chosen.subject_id), {**details, **why})
    return Undone(True, chosen)


def _late_handover(lines: Sequence[RecentGesture]) -> RecentGesture | None:
    """The last gesture that stands, when it is a handover whose minute has passed: nothing before it is taken back in
    its stead."""
    last = next((line for line in lines if line.kind in TAKEN_BACK_BY and not line.undone), None)
    return last if last and last.kind == ActKind.PERMIT_HANDED_OVER and not last.undoable else None


def _subject_type(kind: ActKind) -> SubjectType:
    if kind in OF_PERMITS:
        return SubjectType.PERMIT
    return SubjectType.ORIENTATION if kind is ActKind.ORIENTED else SubjectType.CONVOCATION


def _import_named(desk: Desk, act_id: str) -> RecentGesture | None:
    """The line of an import, which is taken back as a whole."""
    lines = recent(desk, LOOKED_AT)
    return next((line for line in lines if line.act_id == act_id and line.kind == ActKind.LIST_IMPORTED), None)


def undo_last_import(desk: Desk) -> Undone:
    """Take back the last import of this desk, even one that stopped half-way."""
    list_id = last_import(desk)
    return undo_import(desk, list_id) if list_id else Undone(False, None, "nothing_to_undo")


def _not_today(lines: Sequence[RecentGesture]) -> Undone:
    """Nothing of today stands: the newest older gesture that does is too old to be taken back here."""
    older = next((line for line in lines if line.kind in TAKEN_BACK_BY and not line.undone), None)
    return Undone(False, older, "too_old" if older else "nothing_to_undo")
