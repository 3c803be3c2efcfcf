"""Verify a foreign number: its form, and what the lists of this desk know about it, shown apart."""

from dataclasses import dataclass
from datetime import date, datetime

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import NumberReading, read_number
from counter_app.domain.number_check import KnownHolder, ThreeAnswers, number_verdict, three_answers
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.person_names import same_person_key
from counter_app.domain.verdict import FAMILY, Family, Verdict
from counter_app.store import convocation_rows, search_index
from counter_app.store.connection import Connection
from counter_app.usecases.attempts import note_unknown_scan
from counter_app.usecases.desk import Desk
from counter_app.usecases.scanned_paper import ALIKE, ScannedPaper, read_paper, reading_of, spellings


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """What was read, the three answers, and whose number it is when a list knows it."""

    raw: str
    at: datetime
    reading: NumberReading
    verdict: Verdict
    answers: ThreeAnswers
    holders: tuple[Convocation, ...] = ()
    """Convocations of the people that lists know under this number, by hour, the last one last."""
    expiry: date | None = None
    """Validity date that was compared: the one given, else the scanned paper's."""
    postcode: str | None = None
    paper: ScannedPaper | None = None
    """What was scanned, when it was a zone or a seal rather than a number."""
    elsewhere: Convocation | None = None
    """The same person under another number: their last convocation."""

    @property
    def family(self) -> Family:
        """Family of the verdict."""
        return FAMILY[self.verdict]


def verify_number(desk: Desk, raw: str, expiry: date | None = None, postcode: str | None = None) -> NumberAnswer:
    """Read a number, or a paper that carries one, and compare it with the lists of this desk. Records nothing."""
    paper = read_paper(desk, raw)
    reading = reading_of(paper) if paper else read_number(raw)
    if paper:
        expiry, postcode = expiry or paper.identity.expiry, postcode or paper.identity.postcode
    with desk.looking() as connection:
        holders = convocation_rows.by_numbers(connection, _numbers(reading))
        elsewhere = _under_another_number(connection, holders[-1], reading) if holders else None
    known = _known(holders[-1], reading, elsewhere) if holders else None
    answers = three_answers(reading, expiry, postcode, known)
    verdict = (paper and paper.verdict) or Verdict(number_verdict(reading, answers, known))
    return NumberAnswer(raw, desk.now(), reading, verdict, answers, tuple(holders), expiry, postcode, paper, elsewhere)


def note_broken_seal(desk: Desk, answer: NumberAnswer) -> None:
    """Keep that a seal did not check, without anything of the paper: once for each scan, by the door that scanned."""
    if answer.verdict is Verdict.SEAL_BROKEN:
        with desk.gesture() as gesture:
            note_unknown_scan(gesture, answer.raw, answer.verdict)


def _numbers(reading: NumberReading) -> list[str]:
    own = reading.normalized if reading.number_class is NumberClass.AGDREF else None
    return [*(spellings(own) if own else ()), *reading.candidates]


def _under_another_number(connection: Connection, holder: Convocation, reading: NumberReading) -> Convocation | None:
    """The last convocation of the same name and birth date that bears another number; without a date, nobody."""
    hits = search_index.find_subjects(connection, holder.name, ALIKE)
    known = convocation_rows.by_ids(connection, [hit.subject_id for hit in hits]).values()
    person, same = _person(holder), {holder.foreign_number, *_numbers(reading), None}
    found = [one for one in known if _person(one) == person and one.foreign_number not in same]
    return max(found, key=lambda one: one.slot, default=None) if person[1] else None


def _person(one: Convocation) -> tuple[str, str | None]:
    return same_person_key(one.name), one.best("birth_date")


def _known(convocation: Convocation, reading: NumberReading, elsewhere: Convocation | None) -> KnownHolder:
    """What the list says; of nine digits held by a list, the reading just made is the number."""
    expiry = convocation.best("document_expiry")
    number = convocation.foreign_number or reading.normalized or ""
    other = elsewhere.foreign_number if elsewhere else None
    return KnownHolder(number, date.fromisoformat(expiry) if expiry else None, convocation.best("postcode"), other)


def confirm_number(desk: Desk, convocation_id: str, number: str, as_read: str) -> None:
    """Keep the number an agent confirmed for a person, with what had been read: nothing is corrected silently."""
    with desk.gesture() as gesture:
        details = {"number": number, "as_read": as_read}
        gesture.record(ActKind.NUMBER_CONFIRMED, Subject(SubjectType.CONVOCATION, convocation_id), details)
