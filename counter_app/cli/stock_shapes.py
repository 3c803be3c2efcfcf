"""Shapes that the verbs of the stock print. Keys are a contract, listed in docs/cli.md: add, never rename or remove."""

from counter_app.cli.permit_shapes import permit
from counter_app.cli.shapes import Shape, row_problem
from counter_app.domain.acts import Json
from counter_app.telling.stock import lot_told, not_done, unheard_told
from counter_app.usecases.answers import Undone
from counter_app.usecases.stock_answers import Aged, Bordereau, LotFile, Received, StockAnswer, TrayCount


def stock_answer(answer: StockAnswer) -> Shape:
    """What one gesture on one permit did."""
    return {
        "done": answer.done,
        "refusal": answer.refusal.value if answer.refusal else None,
        "message": not_done(answer) or None,
        "permit": permit(answer.permit) if answer.permit else None,
        "matches": [permit(one) for one in answer.matches],
        "act": answer.act_id,
        "warning": unheard_told(answer) or None,
    }


def received(outcome: Received, *, dry_run: bool) -> Shape:
    """What receiving a file did, or would do."""
    return {
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "rejected": [row_problem(problem) for problem in outcome.rejected],
        "superseded": outcome.superseded,
        "returned": [permit(one) for one in outcome.returned],
        "lots": list(outcome.lots),
        "lot": outcome.lot_id,
        "notes": [row_problem(note) for note in outcome.notes],
        "told": list(lot_told(outcome)),
        "dry_run": dry_run,
    }


def lot_file(one: LotFile) -> Shape:
    """A file received here."""
    return {
        "id": one.id,
        "received_at": one.received_at.isoformat(),
        "lots": list(one.lots),
        "rows": one.rows,
        "rejected": [row_problem(problem) for problem in one.rejected],
    }


def bordereau(slip: Bordereau | None) -> Shape | None:
    """A bordereau as it was made."""
    if slip is None:
        return None
    lines: list[Json] = [
        {
            "card_number": line.card_number,
            "foreign_number": line.foreign_number,
            "name": line.name,
            "kind": line.kind,
            "tracking": line.tracking or None,
        }
        for line in slip.lines
    ]
    return {
        "id": slip.id,
        "number": slip.number,
        "kind": slip.kind.value,
        "made_at": slip.made_at,
        "desk": slip.desk,
        "agent": slip.agent,
        "reason": slip.reason or None,
        "recipient": slip.recipient or None,
        "voided_at": slip.voided_at or None,
        "voided_by": slip.voided_by or None,
        "voided_reason": slip.voided_reason or None,
        "lines": lines,
    }


def undone(outcome: Undone | None, unknown: StockAnswer | None = None) -> Shape:
    """What an undo took back, or why it took nothing; `unknown`: what was typed means no permit and no bordereau."""
    line = outcome.gesture if outcome else None
    refusal = unknown.refusal.value if unknown and unknown.refusal else ""
    return {
        "done": outcome.done if outcome else False,
        "reason": outcome.reason if outcome else refusal,
        "act": line.act_id if line else None,
        "kind": line.kind if line else None,
        "name": line.name if line else None,
        "at": line.at.isoformat() if line else None,
        "others": outcome.others if outcome else 0,
        "told": outcome.told if outcome else False,
        "bordereau": (outcome.about or None) if outcome else None,
    }


def tray_count(count: TrayCount) -> Shape:
    """What a tray holds against what it should hold."""
    strays: list[Json] = [{"why": one.why, "belongs_to": one.tray, **permit(one.permit)} for one in count.unexpected]
    return {
        "tray": count.tray,
        "expected": count.expected,
        "present": len(count.present),
        "missing": [permit(one) for one in count.missing],
        "elsewhere": [permit(one) for one in count.elsewhere],
        "unexpected": strays,
        "unread": [stock_answer(one) for one in count.unread],
        "settled": count.settled,
        "count": count.count_id,
    }


def aged(one: Aged) -> Shape:
    """A permit and its age."""
    return {**permit(one.permit), "days": one.days, "old": one.old}
