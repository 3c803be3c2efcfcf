"""Rows of imported lists and of the rows they set aside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from counter_app.store.statements import first, marks, rows
from counter_app.store.tables import imported_list, set_aside_row

_FRESHEST = "SELECT max(imported_at) FROM imported_list WHERE first_day <= ? AND last_day >= ?"


def freshest(connection: sa.Connection, day: date) -> datetime | None:
    """When the newest list that covers a day was imported here; None when there was none."""
    found = first(connection, _FRESHEST, (day.isoformat(), day.isoformat()))
    return datetime.fromisoformat(found[0]) if found and found[0] else None


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list already imported: what it was, when it was exported, which (day, organisation) it covers."""

    file_digest: str
    exported_at: str
    scopes: tuple[tuple[str, str], ...]


def lists_of(connection: sa.Connection, source: str) -> list[KnownList]:
    """Every list of a source imported here."""
    query = sa.select(imported_list.c.state).where(imported_list.c.source == source)
    states = (json.loads(state) for state in connection.execute(query).scalars())
    return [
        KnownList(state["file_digest"], state["exported_at"], tuple((day, place) for day, place in state["scopes"]))
        for state in states
        if {"file_digest", "exported_at", "scopes"} <= set(state)
    ]


class OlderKey(NamedTuple):
    """A convocation that an older list of a source still held."""

    convocation_id: str
    organisation: str


_OLDER = (
    "SELECT convocation_id, organisation FROM listing_key "
    "WHERE source = ? AND day = ? AND present AND exported_at < ? ORDER BY source_key, convocation_id"
)


def older_keys(connection: sa.Connection, source: str, day: str, exported_at: str) -> list[OlderKey]:
    """What lists older than this one held of a day: a new list of the day must still hold it."""
    return [OlderKey(*row) for row in rows(connection, _OLDER, (str(source), day, exported_at))]


def known_keys(connection: sa.Connection, source: str, keys: Sequence[str]) -> dict[str, str]:
    """Convocation of each source key already met: the one that its newest list still holds, when a key moved."""
    found: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        question = (
            f"SELECT source_key, convocation_id FROM listing_key WHERE source = ? AND source_key IN ({marks(some)}) "
            "ORDER BY present, exported_at, convocation_id"
        )
        found.update(rows(connection, question, (str(source), *some)))
    return found


def open_rows(connection: sa.Connection) -> list[tuple[str, dict[str, Any]]]:
    """Rows that wait to be repaired, oldest list first."""
    query = (
        sa.select(set_aside_row).where(set_aside_row.c.open).order_by(set_aside_row.c.last_clock, set_aside_row.c.row)
    )
    return [(row.id, json.loads(row.state)) for row in connection.execute(query)]


def row_by_id(connection: sa.Connection, row_id: str) -> dict[str, Any] | None:
    """One row set aside."""
    found = connection.execute(sa.select(set_aside_row.c.state).where(set_aside_row.c.id == row_id)).scalar()
    return json.loads(found) if found else None


def known_rows(connection: sa.Connection, ids: Sequence[str]) -> set[str]:
    """Which of these rows were already set aside."""
    found: set[str] = set()
    for start in range(0, len(ids), 500):
        query = sa.select(set_aside_row.c.id).where(set_aside_row.c.id.in_(list(ids[start : start + 500])))
        found.update(connection.execute(query).scalars())
    return found
