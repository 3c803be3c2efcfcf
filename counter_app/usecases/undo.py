"""Undo: an act that takes back another. Nothing is erased, and the list of last gestures shows both."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from counter_app.domain.acts import Act, ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.handover import may_undo_alone
from counter_app.domain.handover_attempts import counted_as
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import CONVENING, CUSTODY, STOCK
from counter_app.domain.visit import Visit
from counter_app.store import convocation_rows, journal, list_rows, permit_rows, visit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.agreement import OWN_AGREEMENT, agrees_with_self, is_agreement, kept_of
from counter_app.usecases.answers import Override, RecentGesture, Undone
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.import_undo import WITHIN, last_import, undo_import
from counter_app.usecases.slips import orientation_of
from counter_app.usecases.stock_undo import ALONE_A_MINUTE, WEIGHED, details_of, fall_of, left_for_good
from counter_app.usecases.visit_undo import OF_VISITS, close_visit, is_own_line, undo_of_visit

Told: TypeAlias = Convocation | Permit | Visit

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
    *sorted(WEIGHED),
    *sorted(OF_VISITS),
)
OF_PERMITS = STOCK | CUSTODY | CONVENING | {ActKind.PERMIT_HANDED_OVER, ActKind.HANDOVER_ATTEMPTED}
TAKEN_BACK_BY = {
    ActKind.CHECKED_IN: ActKind.ARRIVAL_UNDONE,
    ActKind.ORIENTED: ActKind.ORIENTATION_UNDONE,
    ActKind.PERMIT_HANDED_OVER: ActKind.HANDOVER_UNDONE,
    **dict.fromkeys(sorted(STOCK), ActKind.STOCK_UNDONE),
    **dict.fromkeys(sorted(CUSTODY), ActKind.CUSTODY_UNDONE),
    **dict.fromkeys(sorted(CONVENING), ActKind.SUMMONS_UNDONE),
    ActKind.BORDEREAU_MADE: ActKind.BORDEREAU_VOIDED,
    **dict.fromkeys(sorted(OF_VISITS), ActKind.VISIT_UNDONE),
}
"""Gestures that can be undone, and the act that does it."""

UNNAMED = 100
"""Scans of nobody among the last acts: left aside, unless an arrival to confirm was noted by its name."""
LOOKED_AT = 200
"""Last gestures among which the one to undo is looked for."""


def recent(desk: Desk, limit: int = 20) -> list[RecentGesture]:
    """Last gestures of this desk, newest first; one about several permits is one line."""
    lines = gestures(desk, limit)
    alike = Counter((line.kind, line.together) for line in lines if line.together)
    doubtful = {(line.kind, line.together or line.act_id) for line in lines if line.contested}
    newest = {(line.kind, line.together or line.act_id): line for line in reversed(lines)}
    told = [
        replace(line, others=max(alike[line.kind, line.together] - 1, 0), contested=one in doubtful)
        for one, line in newest.items()
    ]
    return told[::-1]


def gestures(desk: Desk, limit: int) -> list[RecentGesture]:
    """Last acts of this desk that the list shows, one line each."""
    with desk.looking() as connection:
        return _recent(connection, desk, limit)


def _recent(connection: Connection, desk: Desk, limit: int) -> list[RecentGesture]:
    latest = journal.latest(connection, desk.stream, SHOWN, limit + UNNAMED)
    acts = [act for act in latest if _alone(act)][:limit]
    subjects = [act.subject.id for act in acts]
    people: dict[str, Told] = {
        **convocation_rows.by_ids(connection, subjects),
        **permit_rows.by_ids(connection, [act.subject.id for act in acts if act.kind in OF_PERMITS]),
        **visit_rows.by_ids(connection, [act.subject.id for act in acts if act.kind in OF_VISITS]),
    }
    lines = [_line(act, people.get(act.subject.id), _undone(connection, act, people)) for act in acts]
    return [replace(line, undoable=line.undoable and _in_time(desk, line)) for line in lines]


def _alone(act: Act) -> bool:
    """Whether an act is a line of its own: not a scan of nobody, nor what another gesture carries with it."""
    if act.kind == ActKind.SCAN_UNKNOWN:
        return bool(act.details.get("name"))
    return act.kind not in OF_VISITS or is_own_line(act)


def _in_time(desk: Desk, line: RecentGesture) -> bool:
    """A counter takes back what it did today, an import within a day, `ALONE_A_MINUTE` within a minute; the rest is
    for the supervisor."""
    if line.kind == ActKind.LIST_IMPORTED:
        return desk.now() - line.at <= WITHIN
    if line.kind in ALONE_A_MINUTE:
        return may_undo_alone(line.at, desk.now())
    return line.at.astimezone(desk.rules.zone).date() == desk.now().date()


def _undone(connection: Connection, act: Act, people: Mapping[str, Told]) -> bool:
    if act.kind == ActKind.ORIENTED:
        return orientation_of(connection, act.subject.id).undone
    if act.kind == ActKind.LIST_IMPORTED:
        return not any(one.stands for one in list_rows.lists_by_id(connection, [act.subject.id]).values())
    if act.kind == ActKind.BORDEREAU_MADE:
        return bool((permit_rows.bordereau(connection, act.subject.id) or {}).get("voided_at"))
    told = people.get(act.subject.id)
    if isinstance(told, Permit):
        return act.kind in TAKEN_BACK_BY and all(mark.act_id != act.act_id for mark in told.standing)
    if isinstance(told, Visit):
        return all(mark.act_id != act.act_id for mark in told.standing)
    return told is not None and act.act_id in told.taken_back


def _line(act: Act, told: Told | None, undone: bool) -> RecentGesture:
    verdict, final = act.details.get("verdict"), left_for_good(act)
    named = "number" if act.kind == ActKind.BORDEREAU_MADE else "name"
    return RecentGesture(
        act_id=act.act_id,
        subject_id=act.subject.id,
        at=act.at,
        kind=act.kind,
        verdict=None if verdict is None else str(verdict),
        counted_as="" if verdict is None else counted_as(str(verdict), act.details),
        name=_named(told) or str(act.details.get(named) or ""),
        agent=act.author.agent,
        undoable=(act.kind in TAKEN_BACK_BY or act.kind == ActKind.LIST_IMPORTED) and not undone and not final,
        undone=undone,
        channel=str(act.details.get("channel") or ""),
        together=str(act.details.get("together") or ""),
        final=final,
        contested=isinstance(told, Permit) and told.disputed and act.act_id in (one.act_id for one in told.departures),
        outcome=str(act.details.get("outcome") or "") if act.kind == ActKind.SERVICE_FINISHED else "",
    )


def _named(told: Told | None) -> str:
    """A person by name, somebody who waits by number."""
    if isinstance(told, Visit):
        return " / ".join(told.numbers)
    return told.name if told and told.listings else ""


def undo(desk: Desk, act_id: str | None = None, agreed: Override | None = None, *, whole: bool = False) -> Undone:
    """Take back a gesture of this desk: the last one that still stands, else the act named (`whole`: its gesture).

    With a reason and the supervisor who agreed, also one of another day, or a fault once its minute has passed; what
    somebody outside was told, or signs, needs a reason on the day itself.
    """
    if agreed and agrees_with_self(desk, agreed.approved_by):
        return Undone(False, None, OWN_AGREEMENT)
    imported = _import_named(desk, act_id) if act_id else None
    if imported:
        return replace(undo_import(desk, imported.subject_id), gesture=imported)
    with desk.gesture() as gesture:
        lines = _recent(gesture.connection, desk, LOOKED_AT)
        lines = [line for line in lines if line.kind != ActKind.LIST_IMPORTED]
        chosen, refusal, kept = _chosen(lines, act_id, agreed)
        if chosen is None or refusal:
            return Undone(False, chosen, refusal)
        if chosen.kind in WEIGHED:
            group = [chosen] if act_id and not whole else _gesture_of(chosen, lines)
            return _weighed(gesture, group, agreed)
        kind = ActKind(chosen.kind)
        if kind in OF_VISITS:
            return undo_of_visit(gesture, chosen, kept)
        if kind is ActKind.CHECKED_IN and not close_visit(desk, gesture, chosen):
            return Undone(False, chosen, "moved_since")
        details: dict[str, Json] = {"acts": [chosen.act_id]} if kind in OF_PERMITS else {"act": chosen.act_id}
        gesture.record(TAKEN_BACK_BY[kind], Subject(_subject_type(kind), chosen.subject_id), {**details, **kept})
    return Undone(True, chosen)


def _chosen(
    lines: Sequence[RecentGesture], act_id: str | None, agreed: Override | None
) -> tuple[RecentGesture | None, str, dict[str, Json]]:
    """The gesture meant, why it is not taken back, and what is kept of the supervisor's word."""
    chosen = next((line for line in lines if (line.undoable if act_id is None else line.act_id == act_id)), None)
    if chosen is None and act_id is not None:
        return None, "unknown_act", {}
    late = _late([chosen] if act_id and chosen else lines)
    if late and late.kind != ActKind.PERMIT_HANDED_OVER and is_agreement(agreed):
        return late, "", kept_of(agreed)
    if late:
        return late, "needs_supervisor", {}
    older = _not_today(lines if chosen is None else [chosen])
    if is_agreement(agreed) and older.reason == "too_old":
        return older.gesture, "", kept_of(agreed)
    if chosen is None:
        return older.gesture, older.reason, {}
    if chosen.undoable:
        return chosen, "", {}
    return chosen, "already_undone" if chosen.undone else "left_for_good" if chosen.final else older.reason, {}


def _gesture_of(chosen: RecentGesture, lines: Sequence[RecentGesture]) -> list[RecentGesture]:
    """The lines of one gesture about several permits, the one chosen first."""
    same = [one for one in lines if one.together and one.together == chosen.together and one.kind == chosen.kind]
    return [chosen, *(one for one in same if one is not chosen and one.undoable)]


def _weighed(gesture: Gesture, group: Sequence[RecentGesture], agreed: Override | None) -> Undone:
    """Take back gestures about permits that something may have followed: all those of the group that still can be."""
    falls = [fall_of(gesture.connection, line.act_id, ActKind(line.kind), line.subject_id) for line in group]
    standing = [fall for fall in falls if not fall.refusal]
    if not standing:
        return Undone(False, group[0], falls[0].refusal)
    kept = kept_of(agreed)
    if not kept.get("reason") and any(fall.reason_owed for fall in standing):
        return Undone(False, group[0], "needs_reason")
    for fall in standing:
        for subject, acts in fall.named:
            gesture.record(fall.kind, subject, details_of(acts, kept, gesture.at.isoformat(), gesture.author.agent))
    told = any(fall.told for fall in standing)
    return Undone(True, group[0], others=len(standing) - 1, told=told)


def _late(lines: Sequence[RecentGesture]) -> RecentGesture | None:
    """The last gesture that stands, when its minute has passed: nothing before it is taken back in its stead."""
    last = next((line for line in lines if stands(line)), None)
    return last if last and last.kind in ALONE_A_MINUTE and not last.undoable else None


def stands(line: RecentGesture) -> bool:
    """Whether a gesture could be taken back, time apart."""
    return line.kind in TAKEN_BACK_BY and not line.undone and not line.final


def _subject_type(kind: ActKind) -> SubjectType:
    if kind in OF_PERMITS:
        return SubjectType.PERMIT
    return SubjectType.ORIENTATION if kind is ActKind.ORIENTED else SubjectType.CONVOCATION


def _import_named(desk: Desk, act_id: str) -> RecentGesture | None:
    """The line of an import, which is taken back as a whole."""
    lines = gestures(desk, LOOKED_AT)
    return next((line for line in lines if line.act_id == act_id and line.kind == ActKind.LIST_IMPORTED), None)


def undo_last_import(desk: Desk) -> Undone:
    """Take back the last import of this desk, even one that stopped half-way."""
    list_id = last_import(desk)
    return undo_import(desk, list_id) if list_id else Undone(False, None, "nothing_to_undo")


def _not_today(lines: Sequence[RecentGesture]) -> Undone:
    """Nothing of today stands: the newest older gesture that does is too old to be taken back here."""
    older = next((line for line in lines if stands(line)), None)
    return Undone(False, older, "too_old" if older else "nothing_to_undo")
