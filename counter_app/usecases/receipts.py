"""Receipts: issued with the gesture they prove, printed, printed again as DUPLICATA and counted."""

from datetime import datetime
from secrets import randbits

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.codes import CodeKind, OwnCode, make_code, read_code
from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.receipt import ON_A_ROLL, Receipt, ReceiptKind
from counter_app.store import convocation_rows, journal, permit_rows, receipt_rows, visit_rows
from counter_app.store.connection import Connection
from counter_app.store.journal import new_act_id
from counter_app.usecases.answers import IssuedReceipt, Paper
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.handover_paper import as_handed_over, handover_page
from counter_app.usecases.papers import proof_page, ticket_page
from counter_app.usecases.scanned_paper import spellings
from counter_app.usecases.slips import orientation_of, slip_page
from counter_app.usecases.ticket_place import ticket_place

LETTER = {
    ReceiptKind.ARRIVAL_TICKET: "T",
    ReceiptKind.PROOF_OF_PRESENCE: "P",
    ReceiptKind.ORIENTATION_SLIP: "F",
    ReceiptKind.HANDOVER_RECEIPT: "R",
}
LOOKED_AT = 1000
"""Last acts among which papers owed are looked for: a day of one desk."""
CODE_KIND = {ReceiptKind.ORIENTATION_SLIP: CodeKind.SLIP, ReceiptKind.HANDOVER_RECEIPT: CodeKind.HANDOVER}
"""Receipts whose code is not that of a ticket."""


def issue(
    desk: Desk, gesture: Gesture, kind: ReceiptKind, convocation_id: str, arrival: str, service: str = ""
) -> IssuedReceipt:
    """Give a gesture its receipt: numbers run without gap within a desk, a kind and a day; those of tickets within a
    service, by its letter, too."""
    day, letters = gesture.at.strftime("%y%m%d"), f"{service}{desk.ticket_letter}"
    series = f"{LETTER[kind]}-{desk.rules.department}-{letters}-{day}"
    ordinal = _next(gesture, series)
    details: dict[str, Json] = {
        "kind": kind.value,
        "number": f"{series}-{ordinal:03d}",
        "code": make_code(CODE_KIND.get(kind, CodeKind.TICKET), randbits(32)),
        "series": series,
        "ordinal": ordinal,
        "ticket": f"{letters} {ordinal:03d}" if kind is ReceiptKind.ARRIVAL_TICKET else "",
        "convocation": convocation_id,
        "arrival": arrival,
    }
    act = gesture.record(ActKind.RECEIPT_ISSUED, Subject(SubjectType.RECEIPT, new_act_id(gesture.at)), details)
    return IssuedReceipt(
        id=act.subject.id,
        number=str(details["number"]),
        code=str(details["code"]),
        kind=kind.value,
        ticket=str(details["ticket"]),
        convocation_id=convocation_id,
        issued_at=gesture.at,
        desk=desk.name,
        agent=desk.agent,
        arrival=arrival,
    )


def _next(gesture: Gesture, series: str) -> int:
    made = sum(1 for act in gesture.acts if act.details.get("series") == series)
    return receipt_rows.next_ordinal(gesture.connection, series) + made


def proof_of_presence(desk: Desk, convocation_id: str) -> IssuedReceipt | None:
    """A proof that the person came; None when no arrival stands, since the desk proves only what it recorded."""
    with desk.gesture() as gesture:
        convocation = convocation_rows.by_id(gesture.connection, convocation_id)
        arrival = convocation.last_arrival if convocation else None
        if arrival is None:
            return None
        return issue(desk, gesture, ReceiptKind.PROOF_OF_PRESENCE, convocation_id, arrival.act_id)


def find_receipt(desk: Desk, text: str) -> IssuedReceipt | None:
    """A receipt by its identity, number or code, in any case; a code with or without its spaces."""
    with desk.looking() as connection:
        receipt = receipt_rows.find(connection, _as_written(text))
        return _issued(connection, receipt) if receipt else None


def _as_written(text: str) -> str:
    """A code loses the spaces it is printed with; an identity or a number stays."""
    code = read_code(text)
    return code.text if isinstance(code, OwnCode) else text.strip()


def _known(connection: Connection, receipt: Receipt) -> bool:
    """Whether what it proves is still here: a recovery may have saved the receipt alone."""
    if receipt.kind == ReceiptKind.ORIENTATION_SLIP:
        return orientation_of(connection, receipt.arrival).act is not None
    if receipt.kind == ReceiptKind.HANDOVER_RECEIPT:
        permit = permit_rows.by_id(connection, receipt.convocation_id)
        return permit is not None and bool(permit.listings)
    if not receipt.convocation_id:
        return visit_rows.by_id(connection, receipt.arrival) is not None
    convocation = convocation_rows.by_id(connection, receipt.convocation_id)
    return convocation is not None and bool(convocation.listings)


def last_receipt(desk: Desk, convocation_id: str) -> IssuedReceipt | None:
    """The newest receipt about a convocation."""
    with desk.looking() as connection:
        receipts = receipt_rows.of_convocation(connection, convocation_id)
        return _issued(connection, receipts[0]) if receipts else None


def receipts_of_number(desk: Desk, text: str) -> list[IssuedReceipt]:
    """Receipts about the holder of a foreign number, the newest first: those that prove something still, when any does;
    none when the text is no such number."""
    reading = read_number(text.strip())
    if reading.number_class is not NumberClass.AGDREF:
        return []
    numbers = [reading.nine_digits] if reading.nine_digits else spellings(reading.normalized or "")
    with desk.looking() as connection:
        about = [one.id for one in convocation_rows.by_numbers(connection, numbers)]
        about += [one.id for one in permit_rows.by_numbers(connection, numbers)]
        found = [one for subject in about for one in receipt_rows.of_convocation(connection, subject)]
        issued = [_issued(connection, one) for one in found if _known(connection, one)]
    issued.sort(key=lambda one: one.issued_at, reverse=True)
    return [one for one in issued if not one.undone] or issued


def receipt_of_arrival(connection: Connection, convocation: Convocation) -> IssuedReceipt | None:
    """The ticket that was given with the arrival that counts, of the last day that has one."""
    arrival = convocation.last_arrival
    if arrival is None:
        return None
    receipts = receipt_rows.of_convocation(connection, convocation.id)
    return next((_issued(connection, one) for one in receipts if one.arrival == arrival.act_id and one.ticket), None)


def receipt_of_handover(connection: Connection, permit_id: str, handover: str) -> IssuedReceipt | None:
    """The receipt given with a handover, which the act of an identity records."""
    receipts = receipt_rows.of_convocation(connection, permit_id)
    return next((_issued(connection, one) for one in receipts if one.arrival == handover), None)


def _issued(connection: Connection, receipt: Receipt) -> IssuedReceipt:
    return IssuedReceipt(
        id=receipt.id,
        number=receipt.number,
        code=receipt.code,
        kind=receipt.kind,
        ticket=receipt.ticket,
        convocation_id=receipt.convocation_id,
        issued_at=datetime.fromisoformat(receipt.issued_at),
        desk=receipt.desk,
        agent=receipt.agent,
        copies=receipt.copies,
        arrival=receipt.arrival,
        undone=_undone(connection, receipt),
    )


def _undone(connection: Connection, receipt: Receipt) -> bool:
    if receipt.kind == ReceiptKind.ORIENTATION_SLIP:
        return orientation_of(connection, receipt.arrival).undone
    if receipt.kind == ReceiptKind.HANDOVER_RECEIPT:
        permit = permit_rows.by_id(connection, receipt.convocation_id)
        return permit is None or all(mark.act_id != receipt.arrival for mark in permit.standing)
    if not receipt.convocation_id:
        visit = visit_rows.by_id(connection, receipt.arrival)
        return visit is not None and not visit.openings
    convocation = convocation_rows.by_id(connection, receipt.convocation_id)
    return bool(convocation and receipt.arrival in convocation.taken_back)


def print_receipt(desk: Desk, text: str) -> Paper | None:
    """One paper of a receipt: the original the first time, then DUPLICATA, each counted.

    None when no receipt of this desk answers to the identity, number or code given.
    """
    with desk.gesture() as gesture:
        receipt = receipt_rows.find(gesture.connection, _as_written(text))
        if receipt is None or not _known(gesture.connection, receipt):
            return None
        subject = Subject(SubjectType.RECEIPT, receipt.id)
        gesture.record(ActKind.RECEIPT_PRINTED, subject, {"copy": receipt.copies + 1})
    issued = find_receipt(desk, receipt.id)
    assert issued is not None
    return _paper(desk, issued, desk.now())


def hold(desk: Desk, receipt_id: str, copy: int) -> None:
    """A paper never came out, the printer could not take it: its number is free again, and it is owed."""
    with desk.gesture() as gesture:
        receipt = receipt_rows.find(gesture.connection, receipt_id)
        if receipt is not None and receipt.copies == copy:
            gesture.record(ActKind.RECEIPT_HELD, Subject(SubjectType.RECEIPT, receipt.id), {"copy": copy})


def owed(desk: Desk, *, every: bool) -> list[IssuedReceipt]:
    """Receipts of today whose paper never came out, the oldest first: those a printer could not take; with `every`,
    also those issued and never printed, such as after a power cut."""
    kinds = (ActKind.RECEIPT_HELD, ActKind.RECEIPT_ISSUED) if every else (ActKind.RECEIPT_HELD,)
    today = desk.now().date()
    with desk.looking() as connection:
        acts = journal.latest(connection, desk.stream, kinds, LOOKED_AT)
        told = [act.subject.id for act in reversed(acts) if act.at.astimezone(desk.rules.zone).date() == today]
        found = [receipt_rows.find(connection, one) for one in dict.fromkeys(told)]
        unseen = [one for one in found if one is not None and one.copies == 0 and _known(connection, one)]
        return [issued for one in unseen if not (issued := _issued(connection, one)).undone]


def _paper(desk: Desk, receipt: IssuedReceipt, printed_at: datetime) -> Paper:
    handover = receipt.kind == ReceiptKind.HANDOVER_RECEIPT
    roll = desk.handover_paper == "80mm" if handover else receipt.kind in ON_A_ROLL
    return Paper(_page(desk, receipt, printed_at), f"{receipt.number}-{receipt.copies}.pdf", receipt, roll)


def _page(desk: Desk, receipt: IssuedReceipt, printed_at: datetime) -> bytes:
    with desk.looking() as connection:
        if receipt.kind == ReceiptKind.ORIENTATION_SLIP:
            oriented = orientation_of(connection, receipt.arrival).act
            assert oriented is not None, "a slip names an orientation of this file"
            return slip_page(desk, receipt, oriented, printed_at)
        if receipt.kind == ReceiptKind.HANDOVER_RECEIPT:
            permit = permit_rows.by_id(connection, receipt.convocation_id)
            assert permit is not None, "a handover receipt names a permit of this file"
            return handover_page(desk, receipt, permit, as_handed_over(connection, permit, receipt.arrival), printed_at)
        if receipt.kind == ReceiptKind.ARRIVAL_TICKET:
            return ticket_page(desk, receipt, ticket_place(desk, connection, receipt), printed_at)
        convocation = convocation_rows.by_id(connection, receipt.convocation_id)
    assert convocation is not None, "a receipt names a convocation of this file"
    return proof_page(desk, receipt, convocation, printed_at)
