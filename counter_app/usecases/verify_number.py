"""Verify a foreign number: its form, and what the lists of this desk know about it, shown apart."""

from dataclasses import dataclass
from datetime import date

from counter_app.domain.acts import ActKind, Subject, SubjectType
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import NumberReading, read_number
from counter_app.domain.number_check import KnownHolder, ThreeAnswers, number_verdict, three_answers
from counter_app.domain.verdict import FAMILY, Family, Verdict
from counter_app.store import convocation_rows
from counter_app.usecases.desk import Desk
from counter_app.usecases.present import spellings


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """What was read, the three answers, and whose number it is when a list knows it."""

    raw: str
    reading: NumberReading
    verdict: Verdict
    answers: ThreeAnswers
    holders: tuple[Convocation, ...] = ()
    """Convocations of the people that lists know under this number, by hour, the last one last."""

    @property
    def family(self) -> Family:
        """Family of the verdict."""
        return FAMILY[self.verdict]


def verify_number(desk: Desk, raw: str, expiry: date | None = None, postcode: str | None = None) -> NumberAnswer:
    """Read a number and compare it with the lists of this desk. Records nothing: looking is not an act."""
    reading = read_number(raw)
    numbers = [] if reading.normalized is None else [*spellings(reading.normalized), *reading.candidates]
    with desk.looking() as connection:
        holders = convocation_rows.by_numbers(connection, numbers or reading.candidates)
    known = _known(holders[-1], reading) if holders else None
    answers = three_answers(reading, expiry, postcode, known)
    verdict = Verdict(number_verdict(reading, answers, known))
    return NumberAnswer(raw, reading, verdict, answers, tuple(holders))


def _known(convocation: Convocation, reading: NumberReading) -> KnownHolder:
    """What the list says; of nine digits held by a list, the reading just made is the number."""
    expiry = convocation.best("document_expiry")
    number = convocation.foreign_number or reading.normalized or ""
    return KnownHolder(number, date.fromisoformat(expiry) if expiry else None, convocation.best("postcode"))


def confirm_number(desk: Desk, convocation_id: str, number: str, as_read: str) -> None:
    """Keep the number an agent confirmed for a person, with what had been read: nothing is corrected silently."""
    with desk.gesture() as gesture:
        details = {"number": number, "as_read": as_read}
        gesture.record(ActKind.NUMBER_CONFIRMED, Subject(SubjectType.CONVOCATION, convocation_id), details)
