"""Rows of receipts: found by number, code, or the arrival they prove; numbered without gap."""

import json
from typing import Any

import sqlalchemy as sa

from counter_app.domain.receipt import Receipt, apply, from_json, to_json
from counter_app.store.tables import receipt as table

__all__ = ["apply", "columns", "dump", "load"]

dump = to_json


def load(subject_id: str, state: dict[str, Any]) -> Receipt:
    """A receipt as its row keeps it."""
    return from_json(subject_id, state)


def columns(state: Receipt) -> tuple[object, ...]:
    """code, number, series, ordinal, convocation_id, issued_at."""
    return (state.code, state.number, state.series, state.ordinal, state.convocation_id or None, state.issued_at)


_NEXT = sa.select(sa.func.coalesce(sa.func.max(table.c.ordinal), 0) + 1).where(table.c.series == sa.bindparam("series"))
_FIND = sa.select(table.c.id, table.c.state).where(
    sa.or_(
        table.c.id == sa.bindparam("small"),
        table.c.number == sa.bindparam("capitals"),
        table.c.code == sa.bindparam("capitals"),
    )
)
_OF = (
    sa.select(table.c.id, table.c.state)
    .where(table.c.convocation_id == sa.bindparam("convocation"))
    .order_by(table.c.issued_at.desc())
)


def next_ordinal(connection: sa.Connection, series: str) -> int:
    """Next number of a series; the writer's seat is held, so no two gestures get the same."""
    return int(connection.execute(_NEXT, {"series": series}).scalar_one())


def find(connection: sa.Connection, text: str) -> Receipt | None:
    """A receipt by its identity (small letters), its number or its code (capitals), typed in any case."""
    row = connection.execute(_FIND, {"small": text.lower(), "capitals": text.upper()}).first()
    return from_json(row.id, json.loads(row.state)) if row else None


def of_convocation(connection: sa.Connection, convocation_id: str) -> list[Receipt]:
    """Receipts about a convocation, newest first."""
    rows = connection.execute(_OF, {"convocation": convocation_id})
    return [from_json(row.id, json.loads(row.state)) for row in rows]
