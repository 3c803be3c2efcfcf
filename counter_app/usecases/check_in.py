"""Check in: record that a person convened has arrived, give the ticket and open the visit, in one transaction."""

from dataclasses import replace
from uuid import uuid4

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.convocation_fold import apply
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.verdict import AGENT_MAY_GO_ON, RECORDS_ARRIVAL, SUPERVISOR_MAY_GO_ON, Verdict
from counter_app.usecases.agreement import OWN_AGREEMENT, agrees_with_self, is_agreement, kept_of
from counter_app.usecases.answers import ArrivalAnswer, OpenElsewhere, Override
from counter_app.usecases.attempts import record_attempt
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.present import (
    CAME_BEFORE,
    judge,
    listed,
    opened_elsewhere,
    preview,
    unknown_person,
)
from counter_app.usecases.receipts import issue
from counter_app.usecases.visits import open_visit, service_of


def check_in(
    desk: Desk, raw: str, override: Override | None = None, elsewhere: OpenElsewhere | None = None
) -> ArrivalAnswer:
    """A code or number presented, answered and, when the verdict allows, recorded at once.

    `elsewhere`: who has the person's file open at another desk.
    """
    answer, agreed = preview(desk, raw), another_agrees(desk, override)
    if answer.convocation is None or not may_record(answer.verdict, agreed):
        with desk.gesture() as gesture:
            record_attempt(gesture, answer)
        return told_alone(answer, override, agreed)
    broken = answer.verdict is Verdict.SEAL_BROKEN
    done = admit(desk, answer.convocation.id, override, seal_broken=broken, elsewhere=elsewhere)
    return replace(done, raw=raw, notes=answer.notes, paper=answer.paper)


def another_agrees(desk: Desk, override: Override | None) -> Override | None:
    """What was agreed, unless the agent agreed with themselves."""
    return None if override and agrees_with_self(desk, override.approved_by) else override


def told_alone(answer: ArrivalAnswer, override: Override | None, agreed: Override | None) -> ArrivalAnswer:
    """The answer, with why the agreement given is none."""
    return answer if agreed is override else replace(answer, notes=(*answer.notes, OWN_AGREEMENT))


def may_record(verdict: Verdict, override: Override | None) -> bool:
    """Whether an arrival may be recorded under this verdict, with what was agreed."""
    if verdict in RECORDS_ARRIVAL:
        return True
    if override is None or not override.reason.strip():
        return False
    return verdict in AGENT_MAY_GO_ON or (verdict in SUPERVISOR_MAY_GO_ON and is_agreement(override))


def admit(
    desk: Desk,
    convocation_id: str,
    override: Override | None = None,
    *,
    seal_broken: bool = False,
    elsewhere: OpenElsewhere | None = None,
) -> ArrivalAnswer:
    """Record the arrival of a known person. Judged again inside the transaction: nobody arrives twice at one desk.

    `seal_broken`: the paper shown has a seal that does not check, so that a supervisor has to agree.
    `elsewhere`: another desk deals with the person: the same, and who is overruled is kept with the act.
    """
    agreed = another_agrees(desk, override)
    with desk.gesture() as gesture:
        convocation = listed(gesture.connection, convocation_id)
        if convocation is None:
            return unknown_person(desk, gesture.connection, "")
        answer = judge(desk, gesture.connection, convocation)
        if seal_broken and may_record(answer.verdict, agreed):
            answer = replace(answer, verdict=Verdict.SEAL_BROKEN)
        if elsewhere:
            answer = opened_elsewhere(answer, elsewhere)
        if not may_record(answer.verdict, agreed):
            if answer.verdict is not Verdict.OPEN_ELSEWHERE:
                record_attempt(gesture, answer)
            return told_alone(answer, override, agreed)
        subject = Subject(SubjectType.CONVOCATION, convocation.id)
        arrival = gesture.record(ActKind.CHECKED_IN, subject, _details(answer, agreed))
        letter = service_of(desk, convocation).letter
        ticket = issue(desk, gesture, ReceiptKind.ARRIVAL_TICKET, convocation.id, arrival.act_id, letter)
        open_visit(desk, gesture, convocation, arrival, ticket)
    return replace(answer, recorded=True, receipt=ticket, convocation=apply(convocation, arrival))


def _details(answer: ArrivalAnswer, override: Override | None) -> dict[str, Json]:
    figure = "clock_behind" if answer.verdict is Verdict.CLOCK_SKEW else "minutes"
    details: dict[str, Json] = {"verdict": answer.verdict.value, figure: answer.figures.get("n", 0)}
    if answer.verdict not in RECORDS_ARRIVAL:
        details |= {name: value for name, value in kept_of(override).items() if value}
    if answer.convocation and CAME_BEFORE in answer.notes:
        details["besides"] = [one.act_id for one in answer.convocation.standing_arrivals]
    if answer.elsewhere:
        details["open_at"] = {"desk": answer.elsewhere.desk, "agent": answer.elsewhere.agent}
    return details


def identity_differs(desk: Desk, convocation_id: str, document: str) -> ArrivalAnswer:
    """The paper shown is not this person's: noted with the kind of document, never its number."""
    return _noted(desk, convocation_id, Verdict.IDENTITY_MISMATCH, {"document": document})


def number_of_a_relative(desk: Desk, convocation_id: str) -> ArrivalAnswer:
    """Booked with somebody else's foreign number: it may not be honoured (notice of Loiret)."""
    return _noted(desk, convocation_id, Verdict.NUMBER_OF_ANOTHER_PERSON, {})


def instruct(desk: Desk, convocation_id: str, instruction: str) -> None:
    """Ask, from now on, that the supervisor be seen before this person is received; an empty text lifts it."""
    with desk.gesture() as gesture:
        details: dict[str, Json] = {"instruction": instruction.strip() or None}
        gesture.record(ActKind.INSTRUCTION_GIVEN, Subject(SubjectType.CONVOCATION, convocation_id), details)


def _noted(desk: Desk, convocation_id: str, verdict: Verdict, details: dict[str, Json]) -> ArrivalAnswer:
    with desk.gesture() as gesture:
        convocation = listed(gesture.connection, convocation_id)
        if convocation is None:
            return unknown_person(desk, gesture.connection, "")
        subject = Subject(SubjectType.CONVOCATION, convocation_id)
        gesture.record(ActKind.ARRIVAL_ATTEMPTED, subject, {"verdict": verdict.value, **details})
        return replace(judge(desk, gesture.connection, convocation), verdict=verdict)


def note_provisional_arrival(desk: Desk, raw: str, name: str) -> str:
    """« Arrivée à confirmer »: the desk's data are old, the person is not sent away. Answers the note's identity."""
    with desk.gesture() as gesture:
        return _provisional(gesture, raw, name)


def _provisional(gesture: Gesture, raw: str, name: str) -> str:
    note = str(uuid4())
    details: dict[str, Json] = {"verdict": Verdict.UNKNOWN_STALE_DATA.value, "name": name, "length": len(raw)}
    gesture.record(ActKind.SCAN_UNKNOWN, Subject(SubjectType.SCAN, note), details)
    return note
