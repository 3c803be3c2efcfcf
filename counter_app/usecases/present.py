"""Someone presents a code, a number or a name chosen in the list: who is it, and what should happen?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain.acts import device_of
from counter_app.domain.arrival import SETTLED, UNTOLD, Decision, decide, doubted
from counter_app.domain.codes import read_code
from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.foreign_number import NumberStatus
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import same_person_key
from counter_app.domain.verdict import RECORDS_ARRIVAL, Verdict
from counter_app.store import convocation_rows, list_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import ArrivalAnswer, OpenElsewhere
from counter_app.usecases.arrival_paper import with_paper
from counter_app.usecases.attempts import record_attempt
from counter_app.usecases.desk import Desk
from counter_app.usecases.freshness import OtherDesks, certainty, clock_behind, newest_if_ahead, other_desks
from counter_app.usecases.handover_search import find_permits
from counter_app.usecases.lookalikes import seems_received
from counter_app.usecases.permits_of_number import permit_known, permits_of_number, permits_of_paper
from counter_app.usecases.presented import Presented, one_each, resolve
from counter_app.usecases.receipts import receipt_of_arrival
from counter_app.usecases.replacement import replacement_of
from counter_app.usecases.scanned_paper import people_of, read_paper


def preview(desk: Desk, raw: str) -> ArrivalAnswer:
    """The verdict of a code or number, without recording anything."""
    with desk.looking() as connection:
        code = read_code(raw.strip())
        paper = None if code else read_paper(desk, raw)
        if paper is None:
            return _answer(desk, connection, resolve(connection, raw, code))
        permits = permits_of_paper(connection, paper, desk.now().date())
        found = Presented(raw, tuple(people_of(connection, paper)), permits=tuple(permits))
        return with_paper(_answer(desk, connection, found), paper)


def present(desk: Desk, raw: str) -> ArrivalAnswer:
    """The verdict of a code or number; what cannot be admitted is recorded as an attempt."""
    answer = preview(desk, raw)
    if answer.verdict not in RECORDS_ARRIVAL:
        with desk.gesture() as gesture:
            record_attempt(gesture, answer)
    return answer


def choose(desk: Desk, convocation_id: str) -> ArrivalAnswer:
    """The verdict for a person chosen in a list."""
    with desk.looking() as connection:
        convocation = listed(connection, convocation_id)
        return judge(desk, connection, convocation) if convocation else unknown_person(desk, connection, "")


def listed(connection: Connection, convocation_id: str) -> Convocation | None:
    """Somebody chosen in a list; None when its import was undone since it was shown."""
    convocation = convocation_rows.by_id(connection, convocation_id)
    return convocation if convocation and convocation.listings else None


def _answer(desk: Desk, connection: Connection, presented: Presented) -> ArrivalAnswer:
    at = desk.now()
    if presented.found:
        several = one_each(presented.found, at)
        if len(several) > 1:
            return ArrivalAnswer(
                Verdict.SEVERAL_MATCHES, at, presented.raw, matches=tuple(several), figures={"n": len(several)}
            )
        return judge(desk, connection, several[0], presented.raw, ("layout_repaired",) if presented.repaired else ())
    return _of_nobody(desk, connection, presented)


def _of_nobody(desk: Desk, connection: Connection, presented: Presented) -> ArrivalAnswer:
    at = desk.now()
    imported_at = list_rows.freshest(connection, at.date())
    others = other_desks(desk, connection, at)
    unsure = presented.unlisted or _unsure(desk, connection, at, imported_at, others)
    verdict = _verdict_of_nobody(presented, unsure)
    repaired = ("layout_repaired",) if presented.repaired else ()
    permits = _permits_of(connection, presented) if verdict in _NOBODY else ()
    notes, left = permit_known(permits)
    figures = {"n": presented.reading.digits_read} if presented.reading else {}
    matches: tuple[Convocation, ...] = ()
    if verdict is Verdict.NUMBER_LEGACY and presented.reading:
        matches = tuple(convocation_rows.by_numbers(connection, presented.reading.candidates))
    told = ArrivalAnswer(
        verdict,
        at,
        presented.raw,
        matches=matches,
        figures=figures,
        notes=(*notes, *repaired),
        list_imported_at=imported_at,
        permit_left=left,
    )
    return _as_sure_as(told, desk, others)


def _permits_of(connection: Connection, presented: Presented) -> Sequence[Permit]:
    """By the number read or the paper scanned, else by the sleeve, the card or the receipt that it is."""
    number = presented.reading.normalized if presented.reading else None
    found = permits_of_number(connection, number) if number else presented.permits
    return found or find_permits(connection, presented.raw).permits


CAME_BEFORE = "came_before"
"""Note: an arrival of an earlier day is recorded, and keeps nobody out today."""
RESEMBLES_RECEIVED = "resembles_received"
"""Note: a desk received somebody who may be this person under other words."""
_NOBODY = (Verdict.UNKNOWN, Verdict.UNKNOWN_STALE_DATA)


def _as_sure_as(answer: ArrivalAnswer, desk: Desk, others: OtherDesks) -> ArrivalAnswer:
    """How far an answer can be believed, knowing how far the other desks are known."""
    here = answer.first is not None and device_of(answer.first.stream) == device_of(desk.stream)
    return replace(answer, verified_at=others.verified_at, certainty=certainty(desk, others, here=here))


def opened_elsewhere(answer: ArrivalAnswer, elsewhere: OpenElsewhere) -> ArrivalAnswer:
    """Somebody deals with this person at another desk: what would be recorded here waits; else it is told beside."""
    if answer.verdict not in RECORDS_ARRIVAL:
        return replace(answer, elsewhere=elsewhere, chips=(*answer.chips, Verdict.OPEN_ELSEWHERE))
    chips = answer.chips if answer.verdict in UNTOLD else (answer.verdict, *answer.chips)
    return replace(answer, verdict=Verdict.OPEN_ELSEWHERE, elsewhere=elsewhere, chips=chips)


def unknown_person(desk: Desk, connection: Connection, raw: str) -> ArrivalAnswer:
    """Nobody answers to these words: unknown is not no when the desk's list is old."""
    at = desk.now()
    imported_at, others = list_rows.freshest(connection, at.date()), other_desks(desk, connection, at)
    unsure = _unsure(desk, connection, at, imported_at, others)
    verdict = Verdict.UNKNOWN_STALE_DATA if unsure else Verdict.UNKNOWN
    return _as_sure_as(ArrivalAnswer(verdict, at, raw, list_imported_at=imported_at), desk, others)


def _verdict_of_nobody(presented: Presented, unsure: bool) -> Verdict:
    reading = presented.reading
    if presented.unreadable:
        return Verdict.UNREADABLE_CODE
    if reading and reading.status is NumberStatus.LEGACY_EXPANDED:
        return Verdict.NUMBER_LEGACY
    if reading and reading.status is NumberStatus.INVALID_LENGTH:
        return Verdict.NUMBER_LENGTH
    if reading and reading.number_class not in (NumberClass.AGDREF, NumberClass.UNKNOWN):
        return Verdict.NUMBER_OTHER_KIND
    return Verdict.UNKNOWN_STALE_DATA if unsure else Verdict.UNKNOWN


def _unsure(desk: Desk, connection: Connection, at: datetime, imported_at: datetime | None, others: OtherDesks) -> bool:
    """Unknown is not no: nobody can be said to be unknown without a recent list of the day, without the other desks, or
    by a clock that may tell another day."""
    stale = imported_at is None or at - imported_at > desk.rules.list_stale_after
    return stale or others.unsure or clock_behind(desk, newest_if_ahead(desk, connection, at)) > 0


def judge(
    desk: Desk, connection: Connection, convocation: Convocation, raw: str = "", notes: tuple[str, ...] = ()
) -> ArrivalAnswer:
    """The verdict for one convocation at this desk, now; `notes` are those of how it was read."""
    at = desk.now()
    decision = _believed(desk, connection, convocation, at)
    replacement = replacement_of(connection, convocation, at)
    homonyms = _homonyms(connection, convocation)
    answer = ArrivalAnswer(
        verdict=_unless_replaced(decision.verdict, replacement),
        at=at,
        raw=raw,
        convocation=convocation,
        matches=(replacement,) if replacement else (),
        chips=decision.chips,
        notes=(
            *_notes(convocation, decision, replacement is not None),
            *((RESEMBLES_RECEIVED,) if seems_received(connection, convocation) else ()),
            *(("homonyms",) if homonyms else ()),
            *notes,
        ),
        figures={**decision.figures, **homonyms},
        first=convocation.last_arrival,
        receipt=receipt_of_arrival(connection, convocation),
        list_imported_at=list_rows.freshest(connection, at.date()),
        next_opening=desk.rules.next_opening(at) if decision.verdict is Verdict.CLOSED else None,
    )
    return _as_sure_as(answer, desk, other_desks(desk, connection, at))


def _believed(desk: Desk, connection: Connection, convocation: Convocation, at: datetime) -> Decision:
    """The decision, or « heure décalée » where it hangs on a clock that is behind this desk's own last acts."""
    decision, newest = decide(convocation, at, desk.rules), newest_if_ahead(desk, connection, at)
    minutes = clock_behind(desk, newest)
    if not minutes or newest is None:
        return decision
    return doubted(decision, decide(convocation, newest, desk.rules), minutes)


def _unless_replaced(verdict: Verdict, replacement: Convocation | None) -> Verdict:
    """« Remplacée » names the new appointment; where none is known, a person has to look."""
    if replacement:
        return Verdict.REPLACED
    return Verdict.CONFLICT_PENDING if verdict is Verdict.REPLACED else verdict


def _notes(convocation: Convocation, decision: Decision, replaced: bool) -> tuple[str, ...]:
    notes = []
    if convocation.arrival and SETTLED.isdisjoint((decision.verdict, *decision.chips)):
        notes.append(CAME_BEFORE)
    if convocation.status is ConvocationStatus.ABSENT_FROM_LIST:
        notes.append("absent_from_list")
    if convocation.status is ConvocationStatus.RESCHEDULED and not replaced:
        notes.append("rescheduled")
    if convocation.sources_disagree:
        notes.append("sources_disagree")
    return tuple(notes)


def _homonyms(connection: Connection, convocation: Convocation) -> dict[str, int]:
    """How many of the day bear the name, when there is another one."""
    key = same_person_key(convocation.name)
    named = convocation_rows.of_same_person_key(connection, convocation.slot.date(), key)
    return {"homonyms": named} if named > 1 else {}
