"""The count of a tray: everything in it is scanned, every difference is explained, nothing is moved in silence."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.permit import Permit, PermitState
from counter_app.domain.permit_listing import plain_tray
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.find_permit import sought
from counter_app.usecases.stock import recorded
from counter_app.usecases.stock_answers import StockAnswer, Stray, TrayCount


def compare_tray(desk: Desk, tray: str, scans: Sequence[str]) -> TrayCount:
    """What the scans say of a tray so far; nothing is written."""
    with desk.looking() as connection:
        return _compared(desk, connection, plain_tray(tray), scans)


def count_tray(desk: Desk, tray: str, scans: Sequence[str], *, settle: bool = False) -> TrayCount:
    """Record the count of a tray. With `settle`, what is missing is to locate and strays are shelved here."""
    with desk.gesture() as gesture:
        count = _compared(desk, gesture.connection, plain_tray(tray), scans)
        count = replace(count, count_id=uuid4().hex, settled=settle)
        gesture.record(ActKind.TRAY_COUNTED, Subject(SubjectType.TRAY_COUNT, str(count.count_id)), _details(count))
        if settle:
            _settle(gesture, count)
    return count


def _compared(desk: Desk, connection: Connection, tray: str, scans: Sequence[str]) -> TrayCount:
    answers = [sought(connection, raw) for raw in scans if raw.strip()]
    seen = {answer.permit.id: answer.permit for answer in answers if answer.permit}
    listed = [one for one in permit_rows.of_tray(connection, tray) if one.whereabouts is PermitState.SHELVED]
    shelved = [one for one in listed if not _taken_from(desk, one)]
    expected = {permit.id for permit in shelved}
    return TrayCount(
        tray=tray,
        expected=len(expected),
        present=tuple(permit for permit in shelved if permit.id in seen),
        missing=tuple(permit for permit in shelved if permit.id not in seen),
        elsewhere=tuple(one for one in listed if one.id not in expected and one.id not in seen),
        unexpected=tuple(_stray(desk, permit) for permit in seen.values() if permit.id not in expected),
        unread=tuple(answer for answer in answers if answer.permit is None),
    )


def _taken_from(desk: Desk, permit: Permit) -> bool:
    """Whether the safe or another desk took the card since it was last put in a tray."""
    return permit.moved_to is not None and not permit.custody.held_by(desk.name, desk.stream)


def _stray(desk: Desk, permit: Permit) -> Stray:
    if not permit.in_stock:
        return Stray(permit, permit.state.value)
    if _taken_from(desk, permit):
        return Stray(permit, "held_elsewhere")
    if permit.whereabouts is PermitState.TO_LOCATE:
        return Stray(permit, "to_locate", permit.place.tray if permit.place else None)
    if permit.place is None:
        return Stray(permit, "not_shelved")
    return Stray(permit, "belongs_to", permit.place.tray)


def _details(count: TrayCount) -> dict[str, Json]:
    return {
        "tray": count.tray,
        "expected": count.expected,
        "present": len(count.present),
        "missing": [permit.id for permit in count.missing],
        "elsewhere": [permit.id for permit in count.elsewhere],
        "unexpected": [{"permit": one.permit.id, "why": one.why, "tray": one.tray} for one in count.unexpected],
        "unread": len(count.unread),
        "settled": count.settled,
    }


def _settle(gesture: Gesture, count: TrayCount) -> None:
    """A card seen after it left is no stray to shelve: only a person can say what happened."""
    for permit in count.missing:
        recorded(gesture, StockAnswer(None, permit=permit), ActKind.PERMIT_TO_LOCATE, {})
    for stray in count.unexpected:
        if stray.permit.in_stock:
            answer = StockAnswer(None, permit=stray.permit)
            recorded(gesture, answer, ActKind.PERMIT_SHELVED, {"tray": count.tray})
