"""Which rows are written of which subjects: a table for each kind, and how its states are folded, kept and shown.

Lists come first: whom they name makes what is said of people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from counter_app.domain.acts import Act, SubjectType
from counter_app.store import (
    contradictions,
    convocation_rows,
    counted_rows,
    list_names_rows,
    permit_rows,
    plain_rows,
    receipt_rows,
    visit_rows,
    work_item_rows,
)
from counter_app.store.tables import (
    bordereau,
    convocation,
    imported_list,
    lot,
    permit,
    receipt,
    set_aside_row,
    setting,
    settlement,
    visit,
)


@dataclass(frozen=True, slots=True)
class Projection:
    """How one kind of subject becomes rows of one table. States are typed by each projection's own module."""

    table: sa.Table
    apply: Callable[[Any, Act], Any]
    load: Callable[[str, dict[str, Any]], Any]
    dump: Callable[[Any], Any]
    columns: Callable[[Any], tuple[object, ...]]
    """Values of the columns between `id` and `state`."""
    written: tuple[Callable[[sa.Connection, Sequence[tuple[Any, Any]]], None], ...] = ()
    """What else is written when states (before, after) change: tables that only index them, or that figures count."""
    contradict: Callable[[sa.Connection, Sequence[tuple[Any, Any]]], None] | None = None
    """Writes what contradicts once states (before, after) have changed: the work items."""
    complete: Callable[[sa.Connection, Sequence[tuple[Any, Any]], Sequence[str]], list[Any]] | None = None
    """What rows of other subjects, written before, make of states (before, after); those of the subjects named last
    may be others than before."""


PROJECTED: dict[str, Projection] = {
    SubjectType.LIST: Projection(
        imported_list,
        list_names_rows.apply,
        list_names_rows.load,
        list_names_rows.dump,
        plain_rows.list_columns,
        (list_names_rows.written,),
    ),
    SubjectType.CONVOCATION: Projection(
        convocation,
        convocation_rows.apply,
        convocation_rows.load,
        convocation_rows.dump,
        convocation_rows.columns,
        (convocation_rows.written, counted_rows.note_people),
        contradictions.of_convocations,
        list_names_rows.cover,
    ),
    SubjectType.RECEIPT: Projection(
        receipt,
        receipt_rows.apply,
        receipt_rows.load,
        receipt_rows.dump,
        receipt_rows.columns,
        (counted_rows.note_receipts,),
        contradict=contradictions.of_receipts,
    ),
    SubjectType.ROW: Projection(
        set_aside_row, plain_rows.apply, plain_rows.load, plain_rows.dump, plain_rows.row_columns
    ),
    SubjectType.SETTING: Projection(
        setting, plain_rows.apply, plain_rows.load, plain_rows.dump, plain_rows.setting_columns
    ),
    SubjectType.PERMIT: Projection(
        permit,
        permit_rows.apply,
        permit_rows.load,
        permit_rows.dump,
        permit_rows.columns,
        (permit_rows.written, counted_rows.note_permits),
        contradictions.of_permits,
    ),
    SubjectType.LOT: Projection(lot, plain_rows.apply, plain_rows.load, plain_rows.dump, plain_rows.lot_columns),
    SubjectType.BORDEREAU: Projection(
        bordereau, plain_rows.apply, plain_rows.load, plain_rows.dump, plain_rows.bordereau_columns
    ),
    SubjectType.VISIT: Projection(
        visit,
        visit_rows.apply,
        visit_rows.load,
        visit_rows.dump,
        visit_rows.columns,
        (counted_rows.note_visits,),
        contradict=contradictions.of_visits,
    ),
    SubjectType.WORK_ITEM: Projection(
        settlement,
        work_item_rows.apply,
        work_item_rows.load,
        work_item_rows.dump,
        work_item_rows.columns,
        contradict=contradictions.of_settlements,
    ),
}
