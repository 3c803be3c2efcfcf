"""Rows of a list that could not be read: shown, repaired by hand, or left open. Never dropped."""

from collections.abc import Mapping as Corrections
from typing import Any

from counter_app.domain.acts import ActKind, Json, Subject, SubjectType
from counter_app.domain.corrected import corrects
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import same_person_key
from counter_app.imports.appointments import repair_row
from counter_app.imports.listed import ListedAppointment, RejectedRow
from counter_app.store import convocation_rows, list_names_rows, list_rows
from counter_app.store.connection import Connection
from counter_app.usecases.answers import OpenRow, RowProblem
from counter_app.usecases.claims import Claims
from counter_app.usecases.desk import Desk
from counter_app.usecases.import_rows import listing_of
from counter_app.usecases.older_rows import mapping_of
from counter_app.usecases.recognise import identities


def open_rows(desk: Desk) -> list[OpenRow]:
    """Rows that wait, oldest list first."""
    with desk.looking() as connection:
        return [_open_row(row_id, state) for row_id, state in list_rows.open_rows(connection)]


def _open_row(row_id: str, state: dict[str, Any]) -> OpenRow:
    problem = RowProblem(state["row"], state["column"], state["reason_code"], state["reason"], state["value"])
    cells = tuple((heading, value) for heading, value in state["cells"])
    return OpenRow(row_id, problem, cells, state["source"])


def repair(desk: Desk, row_id: str, corrections: Corrections[str, str]) -> RowProblem | None:
    """Read the row again with some cells corrected; None when it was taken, else what is still wrong."""
    with desk.gesture() as gesture:
        state = list_rows.row_by_id(gesture.connection, row_id)
        assert state is not None, "a row to repair comes from this file"
        cells = tuple((heading, value) for heading, value in state["cells"])
        mapping = mapping_of(state) if state.get("mapping") else None
        rows = repair_row(cells, corrections, mapping, desk.rules.zone, row=state["row"])
        if isinstance(rows, RejectedRow):
            return RowProblem(state["row"], rows.column, rows.reason_code, rows.reason, rows.value)
        for row in rows:
            listing = listing_of(row, state["source"], state["exported_at"], state["list_id"])
            identity = _identity(desk, gesture.connection, row, listing)
            subject = Subject(SubjectType.CONVOCATION, identity)
            gesture.record(ActKind.CONVOCATION_LISTED, subject, listing.to_json())
        gesture.record(ActKind.ROW_REPAIRED, Subject(SubjectType.ROW, row_id), {"repaired": True})
    return None


def _identity(desk: Desk, connection: Connection, row: ListedAppointment, listing: Listing) -> str:
    """The convocation of a row repaired by hand, unless the same list already gave it to another row."""
    claimed = _claims(connection, row, listing)
    found = identities(connection, desk.rules.site, listing.source, [row], claimed)[row.source_key]
    return found if convocation_rows.by_id(connection, found) else _corrected(connection, listing) or found


def _corrected(connection: Connection, listing: Listing) -> str | None:
    """The only person of an older list whom the row surely corrects, and whom its own list names in no other row."""
    (names,) = list_names_rows.by_ids(connection, [str(listing.list_id)]).values() or (None,)
    same = [
        one.id
        for one in convocation_rows.by_slots(connection, [(listing.slot[:10], listing.slot)])
        for told in one.listings
        if told.source == listing.source and told.present and told.exported_at < listing.exported_at
        if names and names.export_of(one.id) is None and corrects(told, listing)
    ]
    return same[0] if len(same) == 1 else None


def _claims(connection: Connection, row: ListedAppointment, listing: Listing) -> Claims:
    """Convocations of the same person and day that the list of this row names by other rows."""
    person = (row.slot.date().isoformat(), same_person_key(row.name))
    return Claims(
        {
            one.id: held.source_key
            for one in convocation_rows.by_people(connection, [person])
            for held in one.listings
            if (held.source, held.exported_at) == (listing.source, listing.exported_at)
        }
    )


def set_down(desk: Desk, row_id: str, reason: str) -> None:
    """Close a row without taking it (a total line, a note), with the reason told."""
    with desk.gesture() as gesture:
        details: dict[str, Json] = {"repaired": True, "set_down": reason}
        gesture.record(ActKind.ROW_REPAIRED, Subject(SubjectType.ROW, row_id), details)
