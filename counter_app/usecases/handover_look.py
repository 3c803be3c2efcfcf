"""Look: somebody stands at the handover window with a code, a number or a sleeve. What should happen?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import read_number
from counter_app.domain.handover import HandoverDecision, decide
from counter_app.domain.handover_attempts import CUSTODY_ELSEWHERE, WARNS, Attempt, attempts_of, last_mismatch
from counter_app.domain.handover_draft import BY_HAND, NOTHING_DONE, HandoverDraft, IdentityResult, StampShown
from counter_app.domain.handover_obstacles import Situation, UsedStamp
from counter_app.domain.handover_record import sleeve_told, stamps_in
from counter_app.domain.handover_window import closes_at, window_open
from counter_app.domain.permit import Permit
from counter_app.domain.permit_marks import Mark
from counter_app.domain.person_names import same_person_key
from counter_app.domain.verdict import Verdict
from counter_app.store import act_rows, permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import IssuedReceipt
from counter_app.usecases.attempts import note_unknown_scan
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.freshness import other_desks
from counter_app.usecases.handover_answers import NOBODY_KNOWN, HandoverAnswer
from counter_app.usecases.handover_search import Found, find_permits
from counter_app.usecases.holders import appointments_of, cancelled_collection
from counter_app.usecases.queue import received_by
from counter_app.usecases.receipts import receipt_of_handover

Begun = Mapping[str, datetime]
"""When the page of each permit was begun, of those that a desk keeps: who was inside is finished."""
NOT_BEGUN: Begun = MappingProxyType({})
NOT_A_NO = frozenset(
    {
        Verdict.PERMIT_READY,
        Verdict.HANDOVER_CLOSING_SOON,
        Verdict.OFFLINE_HANDOVER,
        Verdict.MINOR_WITH_GUARDIAN,
    }
)
"""What is told to somebody who gets the permit all the same: no attempt to keep."""


def look(desk: Desk, raw: str, draft: HandoverDraft = NOTHING_DONE, begun: Begun = NOT_BEGUN) -> HandoverAnswer:
    """The verdict of what was scanned or typed, without recording anything.

    A foreign number, the code or card number of a sleeve, a convocation, a ticket, a receipt, or an identity.
    """
    with desk.looking() as connection:
        return _of_found(desk, connection, find_permits(connection, raw), draft, begun)


def present(desk: Desk, raw: str, begun: Begun = NOT_BEGUN) -> HandoverAnswer:
    """As `look`; what leads to no permit, or to a no, is recorded as an attempt."""
    answer = look(desk, raw, begun=begun)
    if not answer.matches and answer.verdict not in NOT_A_NO:
        with desk.gesture() as gesture:
            record_attempt(gesture, answer, NOTHING_DONE)
    return answer


def judge(
    desk: Desk,
    permit_id: str,
    draft: HandoverDraft,
    *,
    offline: bool = False,
    lifted: frozenset[Verdict] = frozenset(),
) -> HandoverAnswer:
    """The verdict of a page as it stands, each time a line changes; `lifted`: as in `decide`. `offline`: whoever asks
    knows that the central does not answer. Records nothing."""
    with desk.looking() as connection:
        permit = known_permit(connection, permit_id)
        return _judged(desk, connection, permit, draft, offline=offline, lifted=lifted)


def note_attempt(desk: Desk, permit_id: str, draft: HandoverDraft, *, verdict: Verdict | None = None) -> HandoverAnswer:
    """Keep that this page was answered no: the wrong sleeve (a near miss), a document that does not match…

    `verdict`: what the person was told, when the page alone does not say it: they have no stamp, no document.
    """
    with desk.gesture() as gesture:
        permit = known_permit(gesture.connection, permit_id)
        answer = _judged(desk, gesture.connection, permit, draft)
        answer = replace(answer, verdict=verdict) if verdict else answer
        if answer.verdict not in NOT_A_NO:
            record_attempt(gesture, answer, draft)
    return answer


def known_permit(connection: Connection, permit_id: str) -> Permit:
    permit = permit_rows.by_id(connection, permit_id)
    assert permit is not None, "a chosen permit comes from this file"
    return permit


def _judged(
    desk: Desk,
    connection: Connection,
    permit: Permit,
    draft: HandoverDraft,
    *,
    offline: bool = False,
    lifted: frozenset[Verdict] = frozenset(),
) -> HandoverAnswer:
    situation = situation_of(desk, connection, permit, used_stamps(connection, permit, draft.stamps), offline=offline)
    decision = decide(permit, draft, desk.rules, situation, lifted=lifted)
    return answer_of(desk, connection, permit, draft, decision, situation)


def _of_found(desk: Desk, connection: Connection, found: Found, draft: HandoverDraft, begun: Begun) -> HandoverAnswer:
    at = desk.now()
    if len(found.permits) > 1:
        one_person = len({same_person_key(one.name) for one in found.permits}) == 1
        return HandoverAnswer(
            Verdict.SEVERAL_MATCHES,
            at,
            found.raw,
            matches=found.permits,
            convocation=found.convocation,
            notes=("several_permits",) if one_person else (),
            figures={"n": len(found.permits)},
        )
    repaired = ("layout_repaired",) if found.reading and found.reading.layout_repaired else ()
    if not found.permits:
        verdict = found.verdict or Verdict.PERMIT_NOT_RECEIVED
        figures = {"n": found.reading.digits_read} if found.reading else {}
        unknown = verdict is Verdict.PERMIT_NOT_RECEIVED and found.convocation is None and not found.expected
        notes = (*((NOBODY_KNOWN,) if unknown else ()), *repaired)
        return HandoverAnswer(verdict, at, found.raw, convocation=found.convocation, notes=notes, figures=figures)
    permit = found.permits[0]
    page = replace(draft, started_at=draft.started_at or begun.get(permit.id))
    answer = _judged(desk, connection, permit, _with_sleeve(page, found))
    return replace(answer, raw=found.raw, convocation=found.convocation, notes=(*answer.notes, *repaired))


def _with_sleeve(draft: HandoverDraft, found: Found) -> HandoverDraft:
    return replace(draft, sleeve=found.sleeve) if found.sleeve and not draft.sleeve else draft


def situation_of(
    desk: Desk, connection: Connection, permit: Permit, used: dict[str, UsedStamp], *, offline: bool
) -> Situation:
    """What the rules need to know beside the permit. A desk that its central did not answer is offline, told or not."""
    now = desk.now()
    others = other_desks(desk, connection, now)
    attempts = _attempts(desk, connection, permit)
    days = {now.date(), permit.slot.astimezone(desk.rules.zone).date() if permit.slot else now.date()}
    theirs = [one for _permit, one in appointments_of(connection, [permit], {permit.id: days})]
    came = _inside_since(desk, connection, theirs, now)
    cancelled = cancelled_collection(desk.rules, permit, theirs, now.date())
    cut_off, asking = offline or others.cut_off, others.asking and not offline
    return Situation(now, desk.name, cut_off, came, used, desk.stream, attempts, cancelled, asking)


def _attempts(desk: Desk, connection: Connection, permit: Permit) -> tuple[Attempt, ...]:
    """What was asked of this permit already; a permit of which nothing was asked is not looked up."""
    if not permit.attempts and all(mark.kind != ActKind.PERMIT_HANDED_OVER for mark in permit.marks):
        return ()
    acts = act_rows.acts_of_each(connection, SubjectType.PERMIT, [permit.id])
    return attempts_of(acts.get(permit.id, []), desk.stream)


def _inside_since(desk: Desk, connection: Connection, theirs: Sequence[Convocation], now: datetime) -> datetime | None:
    """When the reception desk saw this person today, or gave a ticket to whom this desk receives now."""
    arrivals = [arrival.moment for one in theirs for arrival in one.standing_arrivals]
    if not window_open(desk.rules, now):
        # A ticket names nobody: only that the person at this desk came before the window closed.
        arrivals += [came for one in received_by(desk, connection, now) if (came := one.arrived_at)]
    return min((at for at in arrivals if at.astimezone(now.tzinfo).date() == now.date()), default=None)


def used_stamps(connection: Connection, permit: Permit, stamps: Sequence[StampShown]) -> dict[str, UsedStamp]:
    """Stamps among these that another permit's handover spent, and stands."""
    used = {}
    for digest, other in permit_rows.spent(connection, [stamp.digest for stamp in stamps]):
        if other.id != permit.id:
            mark = next(one for one in other.departures if any(digest == s.digest for s in stamps_in(one)))
            receipt = receipt_of_handover(connection, other.id, mark.act_id)
            used[digest] = UsedStamp(other.id, mark.moment, receipt.number if receipt else "", mark.desk)
    return used


def answer_of(
    desk: Desk,
    connection: Connection,
    permit: Permit,
    draft: HandoverDraft,
    decision: HandoverDecision,
    situation: Situation,
) -> HandoverAnswer:
    departure = permit.departures[-1] if permit.departures else None
    return HandoverAnswer(
        verdict=decision.verdict,
        at=situation.now,
        permit=permit,
        draft=draft,
        chips=decision.chips,
        notes=decision.notes,
        lines=decision.lines,
        missing=decision.missing,
        lifted=decision.lifted,
        may_commit=decision.may_commit,
        figures=decision.figures,
        used=next((situation.used[s.digest] for s in draft.stamps if s.digest in situation.used), None),
        unmatched=last_mismatch(situation.attempts, situation.now),
        cancelled=situation.cancelled,
        departure=departure,
        receipt=_receipt(connection, permit, departure),
        next_opening=desk.rules.next_handover(situation.now),
        closes_at=closes_at(desk.rules, situation.now.date()),
    )


def _receipt(connection: Connection, permit: Permit, departure: Mark | None) -> IssuedReceipt | None:
    if departure is None or departure.kind != ActKind.PERMIT_HANDED_OVER:
        return None
    return receipt_of_handover(connection, permit.id, departure.act_id)


def record_attempt(gesture: Gesture, answer: HandoverAnswer, draft: HandoverDraft) -> None:
    """Keep what was asked and answered no. A stamp, a number that leads nowhere: digests at most, never the value."""
    if answer.permit is None:
        number = read_number(answer.raw).normalized if answer.verdict is Verdict.PERMIT_NOT_RECEIVED else None
        note_unknown_scan(gesture, answer.raw, answer.verdict, number)
        return
    details: dict[str, Json] = {
        "verdict": answer.verdict.value,
        "chips": [chip.value for chip in answer.chips],
        "missing": [line.value for line in answer.missing],
        "near_miss": answer.verdict is Verdict.WRONG_SLEEVE and draft.sleeve != BY_HAND,
        "sleeve": sleeve_told(answer.permit, draft),
    }
    if draft.identity_result:
        result = draft.identity_result.value
        details["identity"] = {"document": draft.identity_document, "result": result, "by": draft.collector.value}
    if draft.identity_result is IdentityResult.MISMATCH and answer.permit.in_stock:
        details[WARNS] = True
    if answer.held_elsewhere:
        details[CUSTODY_ELSEWHERE] = True
    gesture.record(ActKind.HANDOVER_ATTEMPTED, Subject(SubjectType.PERMIT, answer.permit.id), details)
