"""A receipt: the printed proof of a gesture, with its own number, code and count of copies. No legal force."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from counter_app.domain.acts import UNREADABLE, VERSION, Act, ActKind, Json


class ReceiptKind(StrEnum):
    """Papers that carry a number of their own."""

    ARRIVAL_TICKET = "arrival_ticket"
    PROOF_OF_PRESENCE = "proof_of_presence"
    ORIENTATION_SLIP = "orientation_slip"
    HANDOVER_RECEIPT = "handover_receipt"


_MOST = 1 << 31
"""No series is so long, and every database holds such a number."""

ON_A_ROLL = frozenset({ReceiptKind.ARRIVAL_TICKET, ReceiptKind.ORIENTATION_SLIP})
"""Papers 80 mm wide: they go to the printer of tickets."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """State of one receipt, folded from its acts."""

    id: str
    kind: str = ""
    number: str = ""
    code: str = ""
    series: str = ""
    """Numbers run without gap inside a series: one desk, one kind, one year."""
    ordinal: int = 0
    ticket: str = ""
    convocation_id: str = ""
    """The convocation it is about; of a handover, the permit."""
    arrival: str = ""
    """Act of the arrival that the paper proves; of a slip, its orientation; of a handover, the handover."""
    issued_at: str = ""
    desk: str = ""
    agent: str = ""
    copies: int = 0
    """Papers made: 1 is the original, each one more is a DUPLICATA."""


def apply(receipt: Receipt | None, act: Act) -> Receipt | None:
    """The receipt after one more act; one that this desk cannot read changes nothing."""
    if act.version > VERSION:
        return receipt
    try:
        return _applied(receipt, act)
    except UNREADABLE:
        return receipt


def _applied(receipt: Receipt | None, act: Act) -> Receipt | None:
    now = receipt or Receipt(id=act.subject.id)
    if act.kind == ActKind.RECEIPT_PRINTED:
        return replace(now, copies=now.copies + 1)
    if act.kind == ActKind.RECEIPT_HELD:
        return replace(now, copies=now.copies - 1) if act.details["copy"] == now.copies else now
    if act.kind != ActKind.RECEIPT_ISSUED:
        return receipt
    details = act.details
    ordinal = int(str(details["ordinal"]))
    if not 0 < ordinal < _MOST:
        raise ValueError("a paper has a place in its series")
    return replace(
        now,
        kind=str(details["kind"]),
        number=str(details["number"]),
        code=str(details["code"]),
        series=str(details["series"]),
        ordinal=ordinal,
        ticket=str(details.get("ticket", "")),
        convocation_id=str(details.get("convocation", "")),
        arrival=str(details.get("arrival", "")),
        issued_at=act.at.isoformat(),
        desk=act.author.desk,
        agent=act.author.agent,
    )


def to_json(receipt: Receipt) -> dict[str, Json]:
    """The whole state, as a projection keeps it."""
    return {name: getattr(receipt, name) for name in FIELDS}


def from_json(subject_id: str, state: Mapping[str, object]) -> Receipt:
    """Read back what `to_json` wrote."""
    return Receipt(**{**{name: state[name] for name in FIELDS}, "id": subject_id})  # type: ignore[arg-type]


FIELDS = tuple(Receipt.__dataclass_fields__)
