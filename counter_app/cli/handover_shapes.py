"""Shapes of handovers. Keys are a contract, listed in docs/cli.md: add, never rename or remove."""

from counter_app.cli.permit_shapes import permit
from counter_app.cli.shapes import Shape, receipt
from counter_app.domain.handover_record import HandoverRecord
from counter_app.usecases.handover_answers import HandoverAnswer, HandoverUndone


def handover_answer(answer: HandoverAnswer) -> Shape:
    """The answer of `hand-over`. No handover of a disputed permit stands: none is told as if it did."""
    stands = not (answer.permit and answer.permit.disputed)
    return {
        "verdict": answer.verdict.value,
        "family": answer.family.value,
        "recorded": answer.recorded,
        "at": answer.at.isoformat(),
        "permit": permit(answer.permit) if answer.permit else None,
        "matches": [permit(one) for one in answer.matches],
        "receipt": receipt(answer.receipt) if stands else None,
        "missing": [line.value for line in answer.missing],
        "lines": [{"line": one.line.value, "required": one.required, "done": one.done} for one in answer.lines],
        "chips": [chip.value for chip in answer.chips],
        "notes": list(answer.notes),
        "lifted": [verdict.value for verdict in answer.lifted],
        "figures": dict(answer.figures),
        "record": _record(answer.record) if stands else None,
        "undo_until": answer.undo_until.isoformat() if answer.undo_until else None,
        "next_opening": answer.next_opening.isoformat() if answer.next_opening else None,
    }


def _record(record: HandoverRecord | None) -> Shape | None:
    """What the handover that stands was. Of a stamp and of a document, the last characters."""
    if record is None:
        return None
    old, agreed = record.old_document, record.agreed
    return {
        "sleeve": record.sleeve,
        "identity": record.identity_document or None,
        "identity_result": record.identity_result.value if record.identity_result else None,
        "identity_number": record.identity_number or None,
        "collector": record.collector.value,
        "old_document": ("surrendered" if old.surrendered else f"missing:{old.reason}") if old else None,
        "stamps": [stamp.last for stamp in record.stamps],
        "amount_due": record.amount_due,
        "amount_reason": record.amount_reason or None,
        "exempt": record.exempt or None,
        "signature": record.signature.value if record.signature else None,
        "read_through": record.read_through,
        "offline": record.offline,
        "reason": agreed.reason if agreed else None,
        "approved_by": agreed.approved_by if agreed else None,
    }


def undone(answer: HandoverUndone) -> Shape:
    """What `handover-undo`, `handover-contest` and `handover-settle` did."""
    return {
        "done": answer.done,
        "reason": answer.reason,
        "permit": permit(answer.permit) if answer.permit else None,
    }
