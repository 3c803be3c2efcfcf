"""Rows of receipts: found by number, code, or the arrival they prove; numbered without gap."""

import json
from typing import Any

import sqlalchemy as sa

from counter_app.domain.receipt import Receipt, apply, from_json, to_json
from counter_app.store.statements import first, rows

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


def of_convocation(connection: sa.Connection, convocation_id: str) -> list[Receipt]:
    """Receipts about a convocation, newest first."""
    return [from_json(row[0], json.loads(row[1])) for row in rows(connection, _OF, (convocation_id,))]
