"""The appointment that stands in for one that no longer does: named by the newest list, or found, never guessed."""

from datetime import datetime, timedelta

from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.person_names import fold, same_person_key
from counter_app.store import convocation_rows
from counter_app.store.connection import Connection

GONE = (ConvocationStatus.CANCELLED, ConvocationStatus.CANCELLED_BY_OFFICE, ConvocationStatus.ABSENT_FROM_LIST)
STANDS = (ConvocationStatus.EXPECTED, ConvocationStatus.CHECKED_IN, ConvocationStatus.SERVED)
LOOKED_AHEAD = 90
"""Days in which an appointment that a list says moved, without saying when, is looked for."""
LONGEST = 10
"""An appointment moved more often than this is looked up by a person."""


def replacement_of(connection: Connection, convocation: Convocation, at: datetime) -> Convocation | None:
    """What to open instead of a convocation that is cancelled, absent from its list, or moved."""
    if convocation.status is ConvocationStatus.RESCHEDULED:
        if convocation.listing.replaced_by:
            return _followed(connection, convocation)
        return _of_number(connection, convocation, at) or _of_person(connection, convocation, at)
    return _of_number(connection, convocation, at) if convocation.status in GONE else None


def _followed(connection: Connection, convocation: Convocation) -> Convocation | None:
    """The end of the chain, when it still stands: an appointment may be moved several times."""
    last: Convocation | None = convocation
    for _step in range(LONGEST):
        if last is None or not last.listings or last.status is not ConvocationStatus.RESCHEDULED:
            break
        last = convocation_rows.by_id(connection, last.listing.replaced_by or "")
    return last if last and last.listings and last.status in STANDS else None


def _of_number(connection: Connection, convocation: Convocation, at: datetime) -> Convocation | None:
    number = convocation_rows.number_of(convocation)
    if number is None:
        return None
    person = same_person_key(convocation.name)
    others = [one for one in convocation_rows.by_numbers(connection, [number]) if same_person_key(one.name) == person]
    coming = [one for one in others if one.status is ConvocationStatus.EXPECTED and one.slot.date() >= at.date()]
    return min(coming, key=lambda one: one.slot, default=None)


def _of_person(connection: Connection, convocation: Convocation, at: datetime) -> Convocation | None:
    """The only coming appointment of the same name, birth date and purpose."""
    key, birth = same_person_key(convocation.name), convocation.best("birth_date")
    days = [(at.date() + timedelta(days=ahead)).isoformat() for ahead in range(LOOKED_AHEAD)]
    found = [
        one
        for one in convocation_rows.by_people(connection, [(day, key) for day in days])
        if birth is not None and one.best("birth_date") == birth and fold(one.purpose) == fold(convocation.purpose)
        if one.status is ConvocationStatus.EXPECTED and one.id != convocation.id
    ]
    return found[0] if len(found) == 1 else None
