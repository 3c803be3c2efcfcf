"""Undo by what is in hand: the last gesture of this desk about one permit, or a bordereau by its number."""

from counter_app.domain.acts import ActKind
from counter_app.domain.permit import Permit
from counter_app.usecases.answers import Override, RecentGesture, Undone
from counter_app.usecases.bordereaux import find_bordereau
from counter_app.usecases.desk import Desk
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock_answers import StockAnswer
from counter_app.usecases.undo import LOOKED_AT, gestures, stands, undo


def undo_about(desk: Desk, raw: str, agreed: Override | None = None) -> Undone | StockAnswer:
    """Take back the last gesture of this desk that stands about a permit, or a bordereau; a `StockAnswer` tells why
    what was typed means neither.

    A permit that left under a bordereau is here again when the whole bordereau is voided, never alone.
    """
    slip = find_bordereau(desk, raw)
    if slip is None:
        with desk.looking() as connection:
            answer = sought(connection, raw)
        if answer.permit is None:
            return answer
        if (number := _left_under(answer.permit)) is not None:
            return Undone(False, None, "under_bordereau", about=number)
    subject = slip.id if slip else answer.permit.id if answer.permit else ""
    line = _last(desk, subject)
    return undo(desk, line.act_id, agreed) if line else Undone(False, None, "nothing_to_undo")


def _left_under(permit: Permit) -> str | None:
    return permit.departure.text("bordereau") if permit.departure else None


def _last(desk: Desk, subject_id: str) -> RecentGesture | None:
    """The last gesture about a subject that stands; a bordereau that does not stand any more is told as such."""
    mine = [one for one in gestures(desk, LOOKED_AT) if one.subject_id == subject_id]
    voided = (one for one in mine if one.kind == ActKind.BORDEREAU_MADE)
    return next((one for one in mine if stands(one)), None) or next(voided, None)
