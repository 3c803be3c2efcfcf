"""Files of permits received: which they are, and their rows that gave no permit, repaired by hand or set down."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from counter_app.domain.acts import ActKind, Details, Json, Subject, SubjectType
from counter_app.domain.permit import Permit
from counter_app.domain.permit_listing import PermitListing, permit_id
from counter_app.domain.person_names import same_person_key
from counter_app.imports.listed import RejectedRow
from counter_app.imports.permits import repair_permit_row
from counter_app.store import permit_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import OpenRow, RowProblem
from counter_app.usecases.desk import Desk, Gesture
from counter_app.usecases.lot_state import settled_name, texts_of
from counter_app.usecases.receive_permits import listed_of, listing_of, news, received_of
from counter_app.usecases.stock_answers import LotFile

SHARED = "card_number_shared"


def lot_files(desk: Desk) -> list[LotFile]:
    """Files received here, the newest first, with the rows that still give no permit."""
    with desk.looking() as connection:
        return [_lot_file(one) for one in permit_rows.lots(connection) if "received_at" in one]


def open_lot_rows(desk: Desk) -> list[OpenRow]:
    """Rows of files received here that wait to be repaired, those of the newest file first."""
    with desk.looking() as connection:
        lots = permit_rows.lots(connection)
    return [_open_row(state, row) for state in lots for row in _waiting(state)]


def repair_lot_row(desk: Desk, row_id: str, corrections: Mapping[str, str]) -> RowProblem | None:
    """Read the row again with some cells corrected; None when its permit was received, else what is still wrong."""
    with desk.gesture() as gesture:
        state, row = _row(gesture.connection, row_id)
        read = repair_permit_row(row, corrections, desk.rules.zone, desk.now().date())
        if isinstance(read, RejectedRow):
            return _problem(read)
        subject = permit_id(desk.rules.site, read.card_number)
        held = permit_rows.by_id(gesture.connection, subject)
        listing, before = listing_of(read, str(state["exported_at"])), listed_of(held)
        if held and (of_other := _other_holder(held, listing)):
            return RowProblem(row.row, row.column, SHARED, of_other, read.card_number)
        if told := news(before, listing, before is not None and listing.exported_at < before.exported_at):
            details = received_of(held or Permit(subject), told)
            gesture.record(ActKind.PERMIT_RECEIVED, Subject(SubjectType.PERMIT, subject), details)
        _settle(gesture, state, row.row, {"repaired": True})
    return None


def set_down_lot_row(desk: Desk, row_id: str, reason: str) -> None:
    """Close a row without taking it (a total line, a card of another list), with the reason told."""
    with desk.gesture() as gesture:
        state, row = _row(gesture.connection, row_id)
        _settle(gesture, state, row.row, {"set_down": reason.strip()})


def _settle(gesture: Gesture, state: Details, row: int, how: dict[str, Json]) -> None:
    """One detail for each row: two desks that settle two rows lose neither."""
    subject = Subject(SubjectType.LOT, str(state["id"]))
    gesture.record(ActKind.LOT_ROW_REPAIRED, subject, {settled_name(row): how})


def _other_holder(held: Permit, listing: PermitListing) -> str:
    """Why a card that somebody else holds is nobody's: a sentence, empty when it is the same person."""
    known = next((one for one in held.listings if one.name), None)
    numbers = {known.foreign_number, listing.foreign_number} - {None} if known else set()
    if known is None or (same_person_key(known.name) == same_person_key(listing.name) and len(numbers) < 2):
        return ""
    return f"Cette carte est déjà celle de {known.name}\u00a0: relisez son numéro sur la carte."


def _row(connection: Connection, row_id: str) -> tuple[Details, RejectedRow]:
    lot_id, _dash, number = row_id.rpartition("-")
    state = next(one for one in permit_rows.lots(connection) if one.get("id") == lot_id)
    return state, next(row for row in _rejected(state) if str(row.row) == number)


def _waiting(state: Details) -> Iterator[RejectedRow]:
    return (row for row in _rejected(state) if settled_name(row.row) not in state)


def _rejected(state: Details) -> Iterator[RejectedRow]:
    rejected = state.get("rejected")
    return (_read(one) for one in (rejected if isinstance(rejected, list) else []) if isinstance(one, dict))


def _read(one: Details) -> RejectedRow:
    number, column, cells = one.get("row"), one.get("column"), one.get("cells")
    pairs = [pair for pair in cells if isinstance(pair, list) and len(pair) > 1] if isinstance(cells, list) else []
    code, reason, value = (str(one.get(name, "")) for name in ("reason_code", "reason", "value"))
    return RejectedRow(
        row=number if isinstance(number, int) else 0,
        column=None if column is None else str(column),
        reason_code=code,
        reason=reason,
        value=value,
        cells=tuple((str(pair[0]), str(pair[1])) for pair in pairs),
    )


def _problem(row: RejectedRow) -> RowProblem:
    return RowProblem(row.row, row.column, row.reason_code, row.reason, row.value)


def _open_row(state: Details, row: RejectedRow) -> OpenRow:
    return OpenRow(f"{state.get('id', '')}-{row.row}", _problem(row), row.cells, ", ".join(texts_of(state.get("lots"))))


def _lot_file(state: Details) -> LotFile:
    rows = state.get("rows")
    return LotFile(
        id=str(state.get("id", "")),
        received_at=datetime.fromisoformat(str(state["received_at"])),
        lots=tuple(texts_of(state.get("lots"))),
        rows=rows if isinstance(rows, int) else 0,
        rejected=tuple(_problem(row) for row in _waiting(state)),
    )
