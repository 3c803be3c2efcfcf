"""Rows of imported lists and of the rows they set aside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from counter_app.store.statements import batches, first, marks, rows
from counter_app.store.tables import imported_list, set_aside_row

_FRESHEST = (
    "SELECT imported_at FROM imported_list WHERE first_day <= ? AND last_day >= ? ORDER BY imported_at DESC LIMIT 1"
)


def freshest(connection: sa.Connection, day: date) -> datetime | None:
    """When the newest list that covers a day was imported here; None when there was none."""
    found = first(connection, _FRESHEST, (day.isoformat(), day.isoformat()))
    return datetime.fromisoformat(found[0]) if found and found[0] else None


@dataclass(frozen=True, slots=True)
class KnownList:
    """A list of which something is here: what it was, when it was exported, which (day, organisation) it covers."""

    id: str
    source: str
    file_name: str
    file_digest: str
    exported_at: str
    begun_at: str
    imported_at: str
    """Empty until the whole list was imported once."""
    scopes: tuple[tuple[str, str], ...]
    complete: bool
    """False while an import of it is under way, or when it stopped half-way."""
    undone: bool
    """Taken back, or being taken back."""
    undoing: bool
    """The undo is under way, or stopped half-way."""

    @property
    def stands(self) -> bool:
        """Whether something of it still speaks: an undo that stopped half-way has to be ended."""
        return self.undoing or not self.undone

    @property
    def imported(self) -> bool:
        """Whether the whole list was imported once."""
        return bool(self.imported_at)

    @property
    def days(self) -> set[str]:
        """Days it covers, as ISO texts."""
        return {day for day, _organisation in self.scopes}


_NOT_ENDED = "NOT coalesce(json_extract(state, '$.complete'), 1) OR json_extract(state, '$.undoing')"


def lists_of(connection: sa.Connection, source: str) -> list[KnownList]:
    """Every list of a source of which something is here, the oldest import first."""
    query = sa.select(imported_list.c.id, imported_list.c.state).where(imported_list.c.source == source)
    return _known(connection, query.order_by(imported_list.c.imported_at, imported_list.c.id))


def lists_by_id(connection: sa.Connection, ids: Sequence[str]) -> dict[str, KnownList]:
    """Lists by identity; unknown ones are left out."""
    query = sa.select(imported_list.c.id, imported_list.c.state).where(imported_list.c.id.in_(list(ids)))
    return {one.id: one for one in _known(connection, query)}


def not_ended(connection: sa.Connection) -> list[KnownList]:
    """Imports and undos that began and did not end: under way, or stopped half-way."""
    query = sa.select(imported_list.c.id, imported_list.c.state).where(sa.text(_NOT_ENDED))
    return [one for one in _known(connection, query) if one.undoing or not (one.complete or one.undone)]


def _known(connection: sa.Connection, query: sa.Select[str, str]) -> list[KnownList]:
    states = ((row[0], json.loads(row[1])) for row in connection.execute(query))
    return [_list(list_id, state) for list_id, state in states if {"file_digest", "exported_at"} <= set(state)]


def _list(list_id: str, state: dict[str, Any]) -> KnownList:
    def text(name: str) -> str:
        return str(state.get(name) or "")

    return KnownList(
        id=list_id,
        source=text("source"),
        file_name=text("file_name"),
        file_digest=text("file_digest"),
        exported_at=text("exported_at"),
        begun_at=text("begun_at"),
        imported_at=text("imported_at"),
        scopes=tuple((day, place) for day, place in state.get("scopes", ())),
        complete=bool(state.get("complete", True)),
        undone=bool(state.get("undone") or state.get("undoing")),
        undoing=bool(state.get("undoing")),
    )


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


class DayTold(NamedTuple):
    """What the lists of a source say of a day: how many people they held, and how many the newest does no more."""

    day: str
    gone: int
    held: int


_TOLD = (
    "SELECT day, sum(NOT present), count(*) FROM listing_key WHERE day >= ? GROUP BY source, day ORDER BY day, source"
)


def days_told(connection: sa.Connection, since: str) -> list[DayTold]:
    """Days that lists tell of, from one on, by source."""
    return [DayTold(*row) for row in rows(connection, _TOLD, (since,))]


def known_keys(connection: sa.Connection, source: str, keys: Sequence[str]) -> dict[str, str]:
    """Convocation of each source key already met: the one that its newest list still holds, when a key moved."""
    found: dict[str, str] = {}
    for some in batches(keys):
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
    for some in batches(ids):
        query = sa.select(set_aside_row.c.id).where(set_aside_row.c.id.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def rows_of_list(connection: sa.Connection, list_id: str) -> list[str]:
    """Rows that a list set aside and that still wait."""
    query = sa.select(set_aside_row.c.id).where(set_aside_row.c.list_id == list_id, set_aside_row.c.open)
    return list(connection.execute(query.order_by(set_aside_row.c.id)).scalars())


def rows_closed_by(connection: sa.Connection, list_id: str) -> list[str]:
    """Rows of older lists that no longer wait because this one told them right."""
    told = sa.func.json_extract(set_aside_row.c.state, "$.closed_by") == list_id
    return list(connection.execute(sa.select(set_aside_row.c.id).where(told).order_by(set_aside_row.c.id)).scalars())
