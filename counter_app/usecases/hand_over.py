"""Hand a permit over: decide again and record, in one transaction. A permit is handed over once."""

from dataclasses import replace

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.handover import (
    SUPERVISOR_MAY_LIFT,
    UNDO_ALONE,
    HandoverDecision,
    decide,
)
from counter_app.domain.handover_attempts import INSIDE_SINCE
from counter_app.domain.handover_draft import HandoverDraft, StampShown
from counter_app.domain.handover_obstacles import Situation, inside_since, sleeve_scanned
from counter_app.domain.handover_record import Agreed, record_of
from counter_app.domain.handover_window import closes_at
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_fold import apply
from counter_app.domain.permit_marks import Mark
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.tax_stamps import StampReading, last_digits, read_stamp, stamp_digest
from counter_app.domain.unheeded import KNEW, warnings
from counter_app.domain.verdict import Verdict
from counter_app.usecases.agreement import OWN_AGREEMENT, agrees_with_self, is_agreement
from counter_app.usecases.answers import Override
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.handover_answers import HandoverAnswer
from counter_app.usecases.handover_look import (
    answer_of,
    judge,
    known_permit,
    record_attempt,
    situation_of,
    used_stamps,
)
from counter_app.usecases.receipts import issue

STILL_TOLD = frozenset({"stamp_twice", "validity_over", "finishing", "mismatch_today", "amount_unknown"})
"""Notes that are as true once the permit is handed over."""


def hand_over(
    desk: Desk, permit_id: str, draft: HandoverDraft, override: Override | None = None, *, offline: bool = False
) -> HandoverAnswer:
    """Hand the permit over, when nothing stands against it that an override does not lift.

    Judged again inside the transaction that holds the writer's seat: of two desks on one file, one hands over and the
    other is told so. What is not done is recorded as an attempt, with its verdict.
    """
    alone, agreed = _agreement(desk, override)
    with desk.gesture() as gesture:
        permit = known_permit(gesture.connection, permit_id)
        used = used_stamps(gesture.connection, permit, draft.stamps)
        situation = situation_of(desk, gesture.connection, permit, used, offline=offline)
        lifted = _liftable(agreed)
        decision = decide(permit, draft, desk.rules, situation, asked=True, lifted=lifted)
        if decision.may_commit:
            return _handed_over(desk, gesture, permit, draft, decision, agreed, situation)
        answer = answer_of(desk, gesture.connection, permit, draft, decision, situation)
        record_attempt(gesture, answer, draft)
        answer = replace(answer, permit=_faulty(gesture, permit, draft, decision.verdict))
        return replace(answer, notes=(*answer.notes, OWN_AGREEMENT)) if alone else answer


def foresee(
    desk: Desk, permit_id: str, draft: HandoverDraft, override: Override | None = None, *, offline: bool = False
) -> HandoverAnswer:
    """Whether the permit would change hands, with this agreement too. Records nothing; lines may still lack."""
    alone, agreed = _agreement(desk, override)
    answer = judge(desk, permit_id, draft, offline=offline, lifted=_liftable(agreed))
    return replace(answer, notes=(*answer.notes, OWN_AGREEMENT)) if alone else answer


def _agreement(desk: Desk, override: Override | None) -> tuple[bool, Override | None]:
    """Whether somebody agreed with themselves alone, and the agreement that counts: another's, with a reason."""
    alone = agrees_with_self(desk, override.approved_by if override else None)
    return alone, override if is_agreement(override) and not alone else None


def _liftable(agreed: Override | None) -> frozenset[Verdict]:
    return SUPERVISOR_MAY_LIFT if agreed else frozenset()


def _handed_over(
    desk: Desk,
    gesture: Gesture,
    permit: Permit,
    draft: HandoverDraft,
    decision: HandoverDecision,
    override: Override | None,
    situation: Situation,
) -> HandoverAnswer:
    subject = Subject(SubjectType.PERMIT, permit.id)
    agreed = _agreed(override, decision)
    record = record_of(permit, draft, decision, offline=situation.offline, agreed=agreed)
    before = [gesture.record(kind, subject, told) for kind, told in _found_first(desk, permit, draft, agreed)]
    known: dict[str, Json] = {KNEW: warnings(permit.marks), **_since(draft, decision, situation)}
    act = gesture.record(ActKind.PERMIT_HANDED_OVER, subject, {**record.to_json(), **known})
    receipt = issue(desk, gesture, ReceiptKind.HANDOVER_RECEIPT, permit.id, act.act_id)
    after: Permit | None = permit
    for one in (*before, act):
        after = apply(after, one)
    return HandoverAnswer(
        Verdict.HANDED_OVER,
        gesture.at,
        permit=after,
        draft=draft,
        chips=tuple(chip for chip in (decision.verdict, *decision.chips) if chip is not Verdict.PERMIT_READY),
        notes=tuple(note for note in decision.notes if note in STILL_TOLD),
        lines=decision.lines,
        lifted=decision.lifted,
        figures={**decision.figures, "n": int(UNDO_ALONE.total_seconds())},
        departure=Mark.of(act),
        receipt=receipt,
        recorded=True,
        undo_until=gesture.at + UNDO_ALONE,
        closes_at=closes_at(desk.rules, gesture.at.date()),
    )


def _since(draft: HandoverDraft, decision: HandoverDecision, situation: Situation) -> dict[str, Json]:
    """When whoever is finished after closing came in."""
    since = inside_since(draft, situation) if "finishing" in decision.notes else None
    return {INSIDE_SINCE: since.isoformat()} if since else {}


def _faulty(gesture: Gesture, permit: Permit, draft: HandoverDraft, verdict: Verdict) -> Permit | None:
    """The permit once the error told of it is a fact of the stock; of a card out of another sleeve nothing is said."""
    if not permit.in_stock or verdict is Verdict.WRONG_SLEEVE:
        return permit
    after: Permit | None = permit
    for told in _new_fault(permit, draft):
        after = apply(after, gesture.record(ActKind.PERMIT_FAULTY, Subject(SubjectType.PERMIT, permit.id), told))
    return after


def _new_fault(permit: Permit, draft: HandoverDraft) -> list[dict[str, Json]]:
    """The error told of the permit, when nobody noted the same before."""
    field = draft.fault.strip()
    return [{"field": field}] if field and field != permit.fault else []


def _agreed(override: Override | None, decision: HandoverDecision) -> Agreed | None:
    """What the supervisor really went beyond; an agreement that was not needed is not recorded as one."""
    if override is None or not decision.lifted:
        return None
    lifted = tuple(verdict.value for verdict in decision.lifted)
    return Agreed(override.reason.strip(), (override.approved_by or "").strip(), lifted, decision.beyond)


def _found_first(
    desk: Desk, permit: Permit, draft: HandoverDraft, agreed: Agreed | None
) -> list[tuple[ActKind, dict[str, Json]]]:
    """What the handover itself tells first: an error gone beyond, a card looked for is found, one held elsewhere is
    here."""
    told = [(ActKind.PERMIT_FAULTY, fault) for fault in _new_fault(permit, draft)]
    if agreed and not permit.custody.held_by(desk.name, desk.stream):
        reason: dict[str, Json] = {"reason": agreed.reason, "approved_by": agreed.approved_by}
        told.append((ActKind.CUSTODY_OVERRIDDEN, {"to": desk.name, **reason}))
    if permit.whereabouts is PermitState.TO_LOCATE and sleeve_scanned(permit, draft):
        told.append((ActKind.PERMIT_FOUND, {}))
    return told


def stamp_shown(desk: Desk, raw: str, amount: int | None = None) -> tuple[StampReading, StampShown | None]:
    """A stamp read: what was read, and what may be kept of it (None when it is no stamp number)."""
    reading = read_stamp(raw)
    if not reading.ok:
        return reading, None
    shown = StampShown(last_digits(reading.digits), stamp_digest(reading.digits, desk.stamp_key), amount)
    return reading, shown
