"""What the journal keeps of somebody who was presented and not admitted."""

from collections.abc import Sequence
from hashlib import sha256
from secrets import token_hex
from uuid import uuid4

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.foreign_number import NumberStatus, read_number
from counter_app.domain.verdict import Verdict
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.usecases.desk import Gesture
from counter_app.usecases.permits_of_number import permits_of_paper


def record_attempt(gesture: Gesture, answer: ArrivalAnswer) -> None:
    """Keep what was presented and not admitted. What does not parse is kept only as a digest: it can hold anything; and
    nothing of a paper is, but which permits of this stock are its holder's, so that nobody notes them absent."""
    if answer.convocation:
        subject = Subject(SubjectType.CONVOCATION, answer.convocation.id)
        gesture.record(ActKind.ARRIVAL_ATTEMPTED, subject, {"verdict": answer.verdict.value})
        return
    if answer.paper is None:
        note_unknown_scan(gesture, answer.raw, answer.verdict, _number_kept(answer.raw))
        return
    permits = permits_of_paper(gesture.connection, answer.paper, answer.at.date())
    note_unknown_scan(gesture, answer.raw, answer.verdict, permits=[one.id for one in permits if one.in_stock])


def _number_kept(raw: str) -> str | None:
    """The foreign number that a text is, whole, or its nine digits of the old form; None when it is none."""
    reading = read_number(raw)
    whole = reading.status in (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
    return reading.normalized if whole else reading.nine_digits


def note_unknown_scan(
    gesture: Gesture, raw: str, verdict: Verdict, number: str | None = None, permits: Sequence[str] = ()
) -> None:
    """Keep that something read is nobody's of the lists: its number when it is one, else a salted digest and its
    length; and the permits of whoever showed it."""
    salted = sha256(f"{token_hex(16)}{raw}".encode()).hexdigest()
    kept: dict[str, Json] = {"number": number} if number else {"digest": salted}
    theirs: dict[str, Json] = {"permits": [*permits]} if permits else {}
    details: dict[str, Json] = {"verdict": verdict.value, "length": len(raw), **kept, **theirs}
    gesture.record(ActKind.SCAN_UNKNOWN, Subject(SubjectType.SCAN, str(uuid4())), details)
