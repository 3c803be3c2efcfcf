"""After a handover: take it back, contest it, settle a dispute. Each is an act; nothing is erased."""

from counter_app.domain.acts import Act, ActKind, Details, Json, Subject, SubjectType, device_of
from counter_app.domain.handover import may_undo_alone
from counter_app.domain.permit import Permit
from counter_app.domain.permit_fold import apply
from counter_app.domain.permit_marks import UNDOES, Mark
from counter_app.domain.settlement import Decision
from counter_app.domain.told_apart import undone_apart
from counter_app.domain.work_items import WorkItemKind, of_permit
from counter_app.store import permit_rows
from counter_app.usecases.agreement import OWN_AGREEMENT, agrees_with_self, is_agreement, kept_of
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.handover_answers import HandoverUndone
from counter_app.usecases.settling import note_settled


def undo_handover(
    desk: Desk, permit_id: str, agreed: Override | None = None, *, act_id: str | None = None
) -> HandoverUndone:
    """Take a handover back. The desk that made it does so alone within a minute; later, or elsewhere, a supervisor.

    `act_id` names the handover when two stand; else it is the one of this desk, else the last one.
    """
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        handover = _handover(desk, permit, act_id)
        if permit is None or handover is None:
            other = "unknown_act" if act_id and _handover(desk, permit, None) else "not_handed_over"
            return HandoverUndone(False, permit, other if permit else "unknown_permit")
        if agreed and agrees_with_self(desk, agreed.approved_by):
            return HandoverUndone(False, permit, OWN_AGREEMENT)
        mine = device_of(handover.stream) == device_of(desk.stream)
        alone = mine and may_undo_alone(handover.moment, gesture.at)
        if not alone and not is_agreement(agreed):
            return HandoverUndone(False, permit, "needs_supervisor" if agreed is None else "reason_needed")
        details: dict[str, Json] = {"acts": [handover.act_id], **kept_of(agreed)}
        return HandoverUndone(True, _recorded(gesture, permit, ActKind.HANDOVER_UNDONE, details))


def contest(desk: Desk, permit_id: str, reason: str) -> HandoverUndone:
    """Somebody says that the handover recorded is not true: the permit is disputed until a supervisor settles it."""
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        if permit is None or not permit.departures:
            return HandoverUndone(False, permit, "not_handed_over" if permit else "unknown_permit")
        if not reason.strip():
            return HandoverUndone(False, permit, "reason_needed")
        details: dict[str, Json] = {"reason": reason.strip()}
        return HandoverUndone(True, _recorded(gesture, permit, ActKind.HANDOVER_CONTESTED, details))


def settle(desk: Desk, permit_id: str, kept: str | None, agreed: Override) -> HandoverUndone:
    """A supervisor settles a dispute: one departure is true, or was truly taken back (`kept`, the act), or none of it
    and the card is to locate."""
    with desk.gesture() as gesture:
        permit = permit_rows.by_id(gesture.connection, permit_id)
        if permit is None or not permit.disputed:
            return HandoverUndone(False, permit, "not_disputed" if permit else "unknown_permit")
        if not is_agreement(agreed):
            return HandoverUndone(False, permit, "reason_needed")
        if agrees_with_self(desk, agreed.approved_by):
            return HandoverUndone(False, permit, OWN_AGREEMENT)
        if kept is not None and kept not in {mark.act_id for mark in may_be_kept(permit)}:
            return HandoverUndone(False, permit, "unknown_act")
        return HandoverUndone(True, settle_dispute(gesture, permit, kept, agreed)[1])


def settle_dispute(gesture: Gesture, permit: Permit, kept: str | None, agreed: Override) -> tuple[Act, Permit | None]:
    """Record the answer to a dispute, as the work item that it is, and its effect: the permit after it.

    A departure that was truly taken back leaves the card where it was: nobody's word of the departure stands.
    """
    item = next(one for one in of_permit(permit) if one.kind == WorkItemKind.DOUBLE_HANDOVER)
    act = note_settled(gesture, item, Decision.KEEP if kept else Decision.NONE, kept, agreed)
    acts: list[Json] = [act_id for act_id in item.acts if act_id != kept]
    details: dict[str, Json] = {"acts": acts, "kept": kept, **kept_of(agreed)}
    left = kept is None or kept in {mark.act_id for mark in permit.departures}
    settled = ActKind.DISPUTE_SETTLED if left else ActKind.DEPARTURE_SETTLED
    return act, _recorded(gesture, permit, settled, details)


def may_be_kept(permit: Permit) -> tuple[Mark, ...]:
    """What a supervisor may say is true of a disputed permit: a departure, or that it was taken back."""
    return permit.departures or tuple(mark for mark in undone_apart(permit) if mark.kind in UNDOES)


def _handover(desk: Desk, permit: Permit | None, act_id: str | None) -> Mark | None:
    """The handover meant: the one named, else the last of this desk, else the last."""
    made = [mark for mark in permit.departures if mark.kind == ActKind.PERMIT_HANDED_OVER] if permit else []
    if act_id is not None:
        return next((mark for mark in made if mark.act_id == act_id), None)
    mine = [mark for mark in made if device_of(mark.stream) == device_of(desk.stream)]
    return next(reversed(mine or made), None)


def _recorded(gesture: Gesture, permit: Permit, kind: ActKind, details: Details) -> Permit | None:
    return apply(permit, gesture.record(kind, Subject(SubjectType.PERMIT, permit.id), details))
