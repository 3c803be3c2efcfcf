"""Taking back what was done about permits: what falls with it, what keeps it from falling, when a reason is owed."""

from dataclasses import dataclass

from counter_app.domain.acts import Act, ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import CONVENING, CUSTODY, SUMMONS, TELLING, Mark
from counter_app.store import permit_rows
from counter_app.store.connection import Connection

WEIGHED = CUSTODY | CONVENING | {ActKind.BORDEREAU_MADE}
"""Gestures about permits whose undo looks at what came after them."""
ALONE_A_MINUTE = frozenset({ActKind.PERMIT_HANDED_OVER, ActKind.PERMIT_FAULTY})
"""What an agent takes back alone within a minute only: it says that a card left, or that it may not. A handover is then
taken back by a door of its own (`handover_aftermath`)."""
SENT_BY_SERVER = "smtp"
"""The carrier of messages that nobody brings back."""


@dataclass(frozen=True, slots=True)
class Fall:
    """What taking back one gesture records, or the word that keeps it standing."""

    kind: ActKind
    named: tuple[tuple[Subject, tuple[str, ...]], ...] = ()
    """Each subject, with the acts that fall."""
    refusal: str = ""
    """`already_undone`, `moved_since`, `out_of_stock` or `left_for_good`."""
    reason_owed: bool = False
    """Somebody outside was told, a slip has its number, or a supervisor agreed: why is kept for ever."""
    told: bool = False
    """Whether the person had been told what no longer holds, or a message lies in a folder."""


def left_for_good(act: Act) -> bool:
    """Whether an act says that a message left through a mail server."""
    return act.kind in TELLING and act.details.get("carrier") == SENT_BY_SERVER


def fall_of(connection: Connection, act_id: str, kind: ActKind, subject_id: str) -> Fall:
    """What falls with one of the gestures of `WEIGHED`."""
    if kind is ActKind.BORDEREAU_MADE:
        return _of_bordereau(connection, subject_id)
    permit = permit_rows.by_id(connection, subject_id)
    standing = {mark.act_id: mark for mark in permit.standing} if permit else {}
    undone_by = ActKind.CUSTODY_UNDONE if kind in CUSTODY else ActKind.SUMMONS_UNDONE
    if permit is None or act_id not in standing:
        return Fall(undone_by, refusal="already_undone")
    mark = standing[act_id]
    return _of_custody(permit, mark) if kind in CUSTODY else _of_summons(permit, mark)


def _of_custody(permit: Permit, mark: Mark) -> Fall:
    """The last move of the card that stands; an offer as long as nobody took it."""
    moves = [one for one in permit.standing if one.kind in CUSTODY | {ActKind.PERMIT_BACK_IN_STOCK}]
    waits = mark.act_id in {offer.act_id for offer in permit.custody.offers}
    if not permit.in_stock:
        return Fall(ActKind.CUSTODY_UNDONE, refusal="out_of_stock")
    if not waits and moves[-1] is not mark:
        return Fall(ActKind.CUSTODY_UNDONE, refusal="moved_since")
    agreed = mark.kind == ActKind.CUSTODY_OVERRIDDEN
    return Fall(ActKind.CUSTODY_UNDONE, ((_subject(permit), (mark.act_id,)),), reason_owed=agreed)


def _of_summons(permit: Permit, mark: Mark) -> Fall:
    """An hour falls with every message about it: whoever was told waits to be told again."""
    if not permit.in_stock:
        return Fall(ActKind.SUMMONS_UNDONE, refusal="out_of_stock")
    if mark.kind in TELLING and mark.text("carrier") == SENT_BY_SERVER:
        return Fall(ActKind.SUMMONS_UNDONE, refusal="left_for_good")
    if mark.kind in TELLING:
        written = mark.text("carrier") is not None
        return Fall(ActKind.SUMMONS_UNDONE, ((_subject(permit), (mark.act_id,)),), told=written)
    same = SUMMONS | {ActKind.SLOT_MISSED} if mark.kind in SUMMONS else {mark.kind}
    if [one for one in permit.standing if one.kind in same][-1] is not mark:
        return Fall(ActKind.SUMMONS_UNDONE, refusal="moved_since")
    messages = TELLING - {ActKind.MISSED_TOLD} if mark.kind in SUMMONS else frozenset()
    told = [one.act_id for one in permit.standing if one.kind in messages]
    acts = (mark.act_id, *told)
    return Fall(ActKind.SUMMONS_UNDONE, ((_subject(permit), acts),), reason_owed=bool(told), told=bool(told))


def _of_bordereau(connection: Connection, slip_id: str) -> Fall:
    """All of its permits are here again, or the slip stands: its number is never given to another."""
    state = permit_rows.bordereau(connection, slip_id) or {}
    permits = permit_rows.by_ids(connection, _permits_of(state))
    left = {one.id: [mark for mark in one.departures if mark.text("slip") == slip_id] for one in permits.values()}
    moves = state.get("kind") != "transfer"
    if state.get("voided_at"):
        return Fall(ActKind.BORDEREAU_VOIDED, refusal="already_undone")
    if moves and not all(left.get(permit_id) for permit_id in _permits_of(state)):
        return Fall(ActKind.BORDEREAU_VOIDED, refusal="moved_since")
    named = tuple((_subject(permits[one]), tuple(mark.act_id for mark in marks)) for one, marks in left.items())
    slip = (Subject(SubjectType.BORDEREAU, slip_id), ())
    return Fall(ActKind.BORDEREAU_VOIDED, (slip, *(named if moves else ())), reason_owed=True)


def _permits_of(state: Details) -> list[str]:
    lines = state.get("lines")
    return [str(one.get("permit_id")) for one in lines if isinstance(one, dict)] if isinstance(lines, list) else []


def _subject(permit: Permit) -> Subject:
    return Subject(SubjectType.PERMIT, permit.id)


def details_of(acts: tuple[str, ...], why: Details, at: str, agent: str) -> dict[str, Json]:
    """Details of the act that takes back; on a bordereau, which names no act, when and by whom it was voided."""
    reason: dict[str, Json] = {name: value for name, value in why.items() if value}
    if acts:
        return {"acts": list(acts), **reason}
    return {"voided_at": at, "voided_by": agent, **{f"voided_{name}": value for name, value in reason.items()}}
