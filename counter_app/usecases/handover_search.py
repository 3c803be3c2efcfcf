"""Find a permit by what was scanned or typed: exact hits only, never a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.codes import BrokenCode, CodeKind, OwnCode, read_code
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import NumberReading, NumberStatus, read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.permit import Permit
from counter_app.domain.receipt import ReceiptKind
from counter_app.domain.verdict import Verdict
from counter_app.store import convocation_rows, permit_rows, receipt_rows
from counter_app.store.connection import Connection
from counter_app.usecases.scanned_paper import spellings

_IDENTITY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read, and the permits it can mean."""

    raw: str
    permits: tuple[Permit, ...] = ()
    convocation: Convocation | None = None
    reading: NumberReading | None = None
    sleeve: str = ""
    """The code or card number itself, when that is what was read: the sleeve is then in hand."""
    verdict: Verdict | None = None
    """Why nothing was looked for: the text is no code and no number."""
    expected: bool = False
    """Whether a list of this desk knows the holder of the number, of whom no permit is known."""


def find_permits(connection: Connection, raw: str) -> Found:
    """Permits of a sleeve's code, a convocation's code, a receipt, a card number, a foreign number or an identity."""
    text = raw.strip()
    code = read_code(text)
    if isinstance(code, BrokenCode):
        return Found(raw, verdict=Verdict.UNREADABLE_CODE)
    if isinstance(code, OwnCode):
        return _of_code(connection, raw, code)
    if _IDENTITY.fullmatch(text):
        known = permit_rows.by_id(connection, text)
        return Found(raw, (known,) if known else ())
    reading = read_number(text)
    found = _of_number(connection, reading)
    if found:
        return Found(raw, _most_likely(found), reading=reading)
    cards = permit_rows.by_card(connection, text)
    if cards:
        return Found(raw, tuple(cards), sleeve=text)
    return _of_receipt(connection, text) or _of_nobody(connection, raw, reading)


def _of_code(connection: Connection, raw: str, code: OwnCode) -> Found:
    if code.kind is CodeKind.HANDOVER:
        permits = permit_rows.by_code(connection, code.value)
        return Found(raw, tuple(permits), sleeve=code.text) if permits else _of_printed(connection, raw, code)
    if code.kind is CodeKind.CONVOCATION:
        return _of_convocations(connection, raw, convocation_rows.by_code(connection, code.value))
    return _of_printed(connection, raw, code)


def _of_printed(connection: Connection, raw: str, code: OwnCode) -> Found:
    receipt = receipt_rows.find(connection, code.text)
    if receipt and receipt.kind != ReceiptKind.HANDOVER_RECEIPT:
        known = convocation_rows.by_id(connection, receipt.convocation_id)
        return _of_convocations(connection, raw, [known] if known and known.listings else [])
    return _of_receipt(connection, code.text) or Found(raw)


def _of_receipt(connection: Connection, text: str) -> Found | None:
    receipt = receipt_rows.find(connection, text)
    if receipt is None or receipt.kind != ReceiptKind.HANDOVER_RECEIPT:
        return None
    known = permit_rows.by_id(connection, receipt.convocation_id)
    return Found(text, (known,)) if known else None


def _of_convocations(connection: Connection, raw: str, convocations: Sequence[Convocation]) -> Found:
    """Permits of the person convened: by the number alone, since two people can have one name."""
    number = next((one.foreign_number for one in convocations if one.foreign_number), None)
    permits = permit_rows.by_numbers(connection, spellings(number)) if number else []
    return Found(raw, _most_likely(permits), next(iter(convocations), None))


def _of_number(connection: Connection, reading: NumberReading) -> list[Permit]:
    if reading.number_class is not NumberClass.AGDREF:
        return []
    if reading.nine_digits:
        # The list itself may hold the nine digits: then nothing has to be added to find the person.
        return permit_rows.by_numbers(connection, [reading.nine_digits])
    return permit_rows.by_numbers(connection, spellings(reading.normalized or ""))


def _most_likely(permits: Sequence[Permit]) -> tuple[Permit, ...]:
    """Of one person's permits, those still in stock; else the one that left last."""
    here = tuple(one for one in permits if one.in_stock)
    if here or not permits:
        return here
    return (max(permits, key=lambda one: (max((mark.at for mark in one.departures), default=""), one.id)),)


def _of_nobody(connection: Connection, raw: str, reading: NumberReading) -> Found:
    """No permit here: a sound number is one not received, of somebody whom a list knows or not; the rest is told for
    what it is."""
    if reading.number_class is NumberClass.AGDREF and reading.status is not NumberStatus.LEGACY_EXPANDED:
        expected = bool(convocation_rows.by_numbers(connection, spellings(reading.normalized or "")))
        return Found(raw, reading=reading, verdict=Verdict.PERMIT_NOT_RECEIVED, expected=expected)
    verdict = {
        NumberStatus.LEGACY_EXPANDED: Verdict.NUMBER_LEGACY,
        NumberStatus.INVALID_LENGTH: Verdict.NUMBER_LENGTH,
    }.get(reading.status)
    if verdict is None:
        other = reading.number_class is not NumberClass.UNKNOWN
        verdict = Verdict.NUMBER_OTHER_KIND if other else Verdict.UNREADABLE_CODE
    return Found(raw, reading=reading, verdict=verdict)
