"""Work items: what desks recorded and that cannot all be true, shown with both sides, settled by a supervisor."""

from counter_app.domain.acts import Act
from counter_app.domain.settlement import Decision, Settlement
from counter_app.domain.work_items import WorkItem, WorkItemKind
from counter_app.store import permit_rows, work_item_rows
from counter_app.store.connection import Connection
from counter_app.usecases.agreement import agrees_with_self
from counter_app.usecases.answers import Override
from counter_app.usecases.conflict_answers import Conflict, Settled, SettleRefusal
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.handover_aftermath import may_be_kept, settle_dispute
from counter_app.usecases.settling import note_settled, take_effect
from counter_app.usecases.work_item_look import shown


def open_items(desk: Desk) -> list[Conflict]:
    """Work items that wait for an answer, the oldest first."""
    with desk.looking() as connection:
        live = work_item_rows.live(connection)
        answered = work_item_rows.settlements(connection, [item.id for item in live])
        waiting = [item for item in live if item.id not in answered or answered[item.id].settled is None]
        return shown(desk, connection, waiting, answered)


def every_item(desk: Desk) -> list[Conflict]:
    """Work items that wait, and all those ever settled, the oldest first."""
    with desk.looking() as connection:
        live = {item.id: item for item in work_item_rows.live(connection)}
        answered = work_item_rows.settlements(connection)
        past = {item_id: _as_it_was(one) for item_id, one in answered.items() if one.settled and item_id not in live}
        return shown(desk, connection, [*live.values(), *past.values()], answered)


def item(desk: Desk, item_id: str) -> Conflict | None:
    """The work item of an identity, settled or not."""
    with desk.looking() as connection:
        return _one(desk, connection, item_id)


def open_count(desk: Desk) -> int:
    """How many work items wait for an answer."""
    with desk.looking() as connection:
        return work_item_rows.open_count(connection)


def settle(desk: Desk, item_id: str, keep: str, reason: str, approved_by: str | None) -> Settled:
    """Answer a work item: `keep` is an act, `both`, `none`, or `supervisor` to hand it to the person named.

    `approved_by`: the supervisor who agreed; None where the one who signs answers alone, which is told as such.

    The answer and its effect are recorded together: arrivals, departures and words of lists that are not kept no longer
    stand. Two desks that answer while they are apart both keep their answer, and the earliest in the order of acts
    stands.
    """
    with desk.gesture() as gesture:
        found = _one(desk, gesture.connection, item_id)
        refusal = _refusal(desk, found, keep, reason, approved_by)
        if found is None or refusal:
            return Settled(found, refusal)
        live = work_item_rows.by_id(gesture.connection, item_id)
        assert live is not None, "an open item contradicts now"
        act = _recorded(desk, gesture, live, keep, Override(reason.strip(), (approved_by or "").strip()))
        gesture.write_down()
        return Settled(_one(desk, gesture.connection, item_id), act_id=act.act_id)


def _refusal(
    desk: Desk, found: Conflict | None, keep: str, reason: str, approved_by: str | None
) -> SettleRefusal | None:
    if found is None:
        return SettleRefusal.UNKNOWN_ITEM
    if not found.open:
        return SettleRefusal.ALREADY_SETTLED
    if keep not in found.choices:
        return SettleRefusal.NOT_A_CHOICE
    if not reason.strip():
        return SettleRefusal.REASON_MISSING
    if agrees_with_self(desk, approved_by):
        return SettleRefusal.OWN_AGREEMENT
    alone = approved_by is None and keep != Decision.SUPERVISOR
    return None if alone or (approved_by or "").strip() else SettleRefusal.APPROVAL_MISSING


def _recorded(desk: Desk, gesture: Gesture, live: WorkItem, keep: str, agreed: Override) -> Act:
    words = {one.value for one in Decision} - {Decision.KEEP.value}
    decision, kept = (Decision(keep), None) if keep in words else (Decision.KEEP, keep)
    if live.kind == WorkItemKind.DOUBLE_HANDOVER and decision is not Decision.SUPERVISOR:
        permit = permit_rows.by_id(gesture.connection, live.subject.id)
        assert permit is not None, "a disputed permit is in this file"
        true = kept if kept in {mark.act_id for mark in may_be_kept(permit)} else None
        return settle_dispute(gesture, permit, true, agreed)[0]
    act = note_settled(gesture, live, decision, kept, agreed)
    if decision is not Decision.SUPERVISOR:
        take_effect(desk, gesture, live, kept, agreed)
    return act


def _one(desk: Desk, connection: Connection, item_id: str) -> Conflict | None:
    answered = work_item_rows.settlements(connection, [item_id])
    live = work_item_rows.by_id(connection, item_id)
    if live is None and item_id in answered:
        live = _as_it_was(answered[item_id])
    return next(iter(shown(desk, connection, [live] if live else [], answered)), None)


def _as_it_was(settlement: Settlement) -> WorkItem:
    """An item that contradicts no more, told by those who settled it."""
    at = settlement.answers[0].at
    return WorkItem(settlement.id, settlement.kind, settlement.subject, settlement.acts, at, settlement.facts or {})
