"""What the desk looks up for the number screen: the answer, the people it may be, and who waits for a confirmation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import LENGTH, NumberStatus, read_number
from counter_app.usecases.desk import Desk
from counter_app.usecases.verify_number import NumberAnswer, verify_number


@dataclass(frozen=True, slots=True)
class Asked:
    """What the agent gave: the number as typed, and what else is printed on the document."""

    raw: str
    expiry: date | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer and the people of the lists, today's first."""

    asked: Asked
    answer: NumberAnswer
    people: tuple[Convocation, ...]
    waiting: Convocation | None
    """Somebody whose list holds only the number as it was read: an agent may confirm the ten digits for them."""
    today: date


def look(desk: Desk, asked: Asked) -> Looked:
    """Verify a number and find whose it is. Records nothing."""
    answer = verify_number(desk, asked.raw, asked.expiry, asked.postcode)
    today = desk.now().date()
    also = (answer.elsewhere,) if answer.elsewhere else ()
    people = _each_once((*answer.holders, *also), today)
    return Looked(asked, answer, people, _waiting(answer, people), today)


def _each_once(people: Iterable[Convocation], today: date) -> tuple[Convocation, ...]:
    known = {one.id: one for one in people}
    return tuple(sorted(known.values(), key=lambda one: (one.slot.date() != today, one.slot, one.name)))


def _waiting(answer: NumberAnswer, people: Iterable[Convocation]) -> Convocation | None:
    number = answer.reading.normalized
    settled = answer.reading.status in (NumberStatus.VALID, NumberStatus.WARN_UNKNOWN_PREFIX)
    if not settled or number is None or len(number) != LENGTH:
        return None
    return next((one for one in people if not one.foreign_number and _may_mean(one, number)), None)


def _may_mean(one: Convocation, number: str) -> bool:
    return number in read_number(one.best("number_as_read") or "").candidates
