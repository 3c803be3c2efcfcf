"""Whom a code, a number or a reference presented at the desk can mean: exact hits only, one for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.codes import BrokenCode, CodeKind, OwnCode
from counter_app.domain.convocation import Convocation, ConvocationStatus
from counter_app.domain.foreign_number import NumberReading, NumberStatus, read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.permit import Permit
from counter_app.domain.person_names import same_person_key
from counter_app.store import convocation_rows, receipt_rows
from counter_app.store.connection import Connection
from counter_app.usecases.scanned_paper import spellings


@dataclass(frozen=True, slots=True)
class Presented:
    """What was read, and the convocations it can mean."""

    raw: str
    found: tuple[Convocation, ...] = ()
    reading: NumberReading | None = None
    unreadable: bool = False
    repaired: bool = False
    unlisted: bool = False
    """A paper of somebody whom a desk received, and whose list is not here yet: unknown is not no."""
    permits: tuple[Permit, ...] = ()
    """Permits of the holder of a scanned paper."""


def resolve(connection: Connection, raw: str, code: OwnCode | BrokenCode | None) -> Presented:
    """Own code first, then foreign number, then the reference of a list: exact hits only."""
    if isinstance(code, BrokenCode):
        return Presented(raw, unreadable=True)
    if isinstance(code, OwnCode):
        known = _of_code(connection, code)
        found = tuple(one for one in known if one.listings)
        return Presented(raw, found, unlisted=bool(known) and not found)
    text = raw.strip()
    reading = read_number(text)
    numbered = _of_number(connection, reading) or convocation_rows.by_reference(connection, text)
    readable = reading.number_class is not NumberClass.UNKNOWN or reading.status is NumberStatus.INVALID_LENGTH
    return Presented(raw, tuple(numbered), reading, not numbered and not readable, reading.layout_repaired)


def _of_code(connection: Connection, code: OwnCode) -> list[Convocation]:
    if code.kind is CodeKind.CONVOCATION:
        return convocation_rows.by_code(connection, code.value)
    receipt = receipt_rows.find(connection, code.text)
    known = convocation_rows.by_id(connection, receipt.convocation_id) if receipt else None
    return [known] if known else []


def _of_number(connection: Connection, reading: NumberReading) -> list[Convocation]:
    if reading.number_class is not NumberClass.AGDREF:
        return []
    if reading.nine_digits:
        # The list itself may hold the nine digits: then nothing has to be added to find the person.
        return convocation_rows.by_numbers(connection, [reading.nine_digits])
    return convocation_rows.by_numbers(connection, spellings(reading.normalized or ""))


def one_each(found: Sequence[Convocation], at: datetime) -> list[Convocation]:
    """One convocation for each different person: the one they most likely come for."""
    if len(found) == 1:
        return [found[0]]
    by_person: dict[str, list[Convocation]] = {}
    for one in found:
        by_person.setdefault(same_person_key(one.name), []).append(one)
    return [_relevant(theirs, at) for theirs in by_person.values()]


def _relevant(found: Sequence[Convocation], at: datetime) -> Convocation:
    """Of one person's appointments: today's first, still expected first, then the nearest hour."""

    def distance(one: Convocation) -> tuple[bool, bool, float]:
        slot = one.slot.astimezone(at.tzinfo)
        settled = one.status is not ConvocationStatus.EXPECTED
        return (slot.date() != at.date(), settled, abs((slot - at).total_seconds()))

    return min(found, key=distance)
