"""Rows of receipts: found by number, code, or the arrival they prove; numbered without gap."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from counter_app.domain.acts import device_of
from counter_app.domain.other_items import Numbered
from counter_app.domain.receipt import Receipt, apply, from_json, to_json
from counter_app.store.statements import Row, batches, first, marks, rows

__all__ = ["apply", "columns", "dump", "load"]

dump = to_json


def load(subject_id: str, state: dict[str, Any]) -> Receipt:
    """A receipt as its row keeps it."""
    return from_json(subject_id, state)


def columns(state: Receipt) -> tuple[object, ...]:
    """code, number, series, ordinal, convocation_id, issued_at."""
    return (state.code, state.number, state.series, state.ordinal, state.convocation_id or None, state.issued_at)


_NEXT = "SELECT coalesce(max(ordinal), 0) + 1 FROM receipt WHERE series = ?"
_FIND = "SELECT id, state FROM receipt WHERE id = ? OR number = ? OR code = ?"
_OF = "SELECT id, state FROM receipt WHERE convocation_id = ? ORDER BY issued_at DESC"


def next_ordinal(connection: sa.Connection, series: str) -> int:
    """Next number of a series; the writer's seat is held, so no two gestures get the same."""
    found = first(connection, _NEXT, (series,))
    assert found is not None, "an aggregate always answers"
    return int(found[0])


def find(connection: sa.Connection, text: str) -> Receipt | None:
    """A receipt by its identity (small letters), its number or its code (capitals), typed in any case."""
    row = first(connection, _FIND, (text.lower(), text.upper(), text.upper()))
    return from_json(row[0], json.loads(row[1])) if row else None


_SHARED = "SELECT number FROM receipt{wanted} GROUP BY number HAVING count(*) > 1"
_GIVEN = (
    "SELECT number, receipt.id, stream FROM receipt JOIN {table} ON subject_type = 'receipt' "
    "AND subject_id = receipt.id AND kind = 'receipt_issued' WHERE {wanted} IN ({values})"
)


def shared(connection: sa.Connection, numbers: Sequence[str] | None = None) -> list[str]:
    """Numbers that more than one paper bears, among these or all."""
    wanted = "" if numbers is None else f" WHERE number IN ({marks(numbers)})"
    return [row[0] for row in rows(connection, _SHARED.format(wanted=wanted), numbers or ()) if row[0]]


def papers_of(connection: sa.Connection, numbers: Sequence[str]) -> list[Numbered]:
    """Papers of these numbers, each with the device that gave it: of one that several gave, the first by name."""
    given: dict[str, Numbered] = {}
    for number, receipt, stream in _given(connection, "number", numbers):
        told = Numbered(number, receipt, device_of(stream))
        given[receipt] = min(told, given.get(receipt, told))
    return list(given.values())


def given_twice(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Papers that more than one act gave: no desk of ours writes this."""
    counted = Counter(receipt for _number, receipt, _stream in _given(connection, "receipt.id", ids))
    return {receipt for receipt, acts in counted.items() if acts > 1}


def _given(connection: sa.Connection, wanted: str, values: Sequence[str]) -> list[Row]:
    return [
        row
        for some in batches(values)
        for table in ("act", "apart")
        for row in rows(connection, _GIVEN.format(table=table, wanted=wanted, values=marks(some)), some)
    ]


def of_convocation(connection: sa.Connection, convocation_id: str) -> list[Receipt]:
    """Receipts about a convocation, newest first."""
    return [from_json(row[0], json.loads(row[1])) for row in rows(connection, _OF, (convocation_id,))]
