"""Rows of convocations, and the keys under which each source knows them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.convocation import Convocation, apply, from_json, to_json
from counter_app.domain.foreign_number import NumberStatus, read_number
from counter_app.domain.keyboard import plain_digits
from counter_app.store.search_index import index_subjects
from counter_app.store.tables import convocation as table

__all__ = ["apply", "columns", "dump", "load", "written"]

dump = to_json


def load(subject_id: str, state: dict[str, Any]) -> Convocation:
    """A convocation as its row keeps it."""
    return from_json(subject_id, state)


def columns(state: Convocation) -> tuple[object, ...]:
    """code, reference, foreign_number, day, slot, name, status."""
    if not state.listings:
        return (code_of(state), None, None, None, None, None, None)
    slot = state.listing.slot
    reference = state.best("reference")
    return (code_of(state), reference, number_of(state), slot[:10], slot, state.name, state.status.value)


def number_of(state: Convocation) -> str | None:
    """The number under which a person is found: ten digits, or the nine that a list holds, without separators."""
    if state.foreign_number:
        return state.foreign_number
    as_read = state.best("number_as_read")
    if as_read is None or read_number(as_read).status is not NumberStatus.LEGACY_EXPANDED:
        return None
    return "".join(filter(str.isdigit, plain_digits(as_read)))


def code_of(convocation: Convocation) -> str:
    """The printed code of a convocation: 32 bits of its identity, so that every desk prints the same."""
    return make_code(CodeKind.CONVOCATION, int(convocation.code, 16))


_NO_KEY = "DELETE FROM listing_key WHERE convocation_id = ?"
_KEY = "INSERT INTO listing_key VALUES (?, ?, ?, ?, ?, ?, ?)"


def written(connection: sa.Connection, states: Sequence[Convocation]) -> None:
    """Keep the source keys and the search index in step with the rows: both say what these states say, no more."""
    connection.exec_driver_sql(_NO_KEY, [(state.id,) for state in states])
    keys = [
        (
            listing.source,
            listing.source_key,
            state.id,
            listing.slot[:10],
            listing.organisation or "",
            listing.present,
            listing.exported_at,
        )
        for state in states
        for listing in state.listings
    ]
    if keys:
        connection.exec_driver_sql(_KEY, keys)
    _index(connection, states)


def _index(connection: sa.Connection, states: Sequence[Convocation]) -> None:
    """Make people findable by name, last digits or reference."""
    known = [state for state in states if state.listings]
    index_subjects(connection, [(one.id, one.name, number_of(one), one.best("reference")) for one in known])


_BY_ID = sa.select(table.c.id, table.c.state).where(table.c.id == sa.bindparam("id"))
_BY_CODE = sa.select(table.c.id, table.c.state).where(table.c.code == sa.bindparam("code"), table.c.slot.is_not(None))
_BY_REFERENCE = sa.select(table.c.id, table.c.state).where(
    table.c.reference == sa.bindparam("reference"), table.c.slot.is_not(None)
)
_BY_NUMBERS = (
    sa.select(table.c.id, table.c.state)
    .where(table.c.foreign_number.in_(sa.bindparam("numbers", expanding=True)), table.c.slot.is_not(None))
    .order_by(table.c.slot, table.c.id)
)
_BY_DAY = (
    sa.select(table.c.id, table.c.state).where(table.c.day == sa.bindparam("day")).order_by(table.c.slot, table.c.name)
)
_NAMES = sa.select(table.c.id, table.c.name).where(table.c.day == sa.bindparam("day"))
_BY_IDS = sa.select(table.c.id, table.c.state).where(table.c.id.in_(sa.bindparam("ids", expanding=True)))


def by_id(connection: sa.Connection, convocation_id: str) -> Convocation | None:
    """The convocation of an identity."""
    return next(iter(_read(connection, _BY_ID, {"id": convocation_id})), None)


def by_code(connection: sa.Connection, code: str) -> list[Convocation]:
    """Convocations that carry a printed code: nearly always one, and never guessed when there are two."""
    return _read(connection, _BY_CODE, {"code": code})


def by_reference(connection: sa.Connection, reference: str) -> list[Convocation]:
    """Convocations that a list knows under a reference of its own."""
    return _read(connection, _BY_REFERENCE, {"reference": reference})


def by_numbers(connection: sa.Connection, numbers: Sequence[str]) -> list[Convocation]:
    """Convocations of the holders of any of these foreign numbers, any day, by hour."""
    return _read(connection, _BY_NUMBERS, {"numbers": list(numbers)})


def by_day(connection: sa.Connection, day: date) -> list[Convocation]:
    """Everybody convened on a day, by hour then name."""
    return _read(connection, _BY_DAY, {"day": day.isoformat()})


def every(connection: sa.Connection) -> Iterator[Convocation]:
    """Every convocation ever listed, by hour."""
    query = sa.select(table.c.id, table.c.state).where(table.c.slot.is_not(None)).order_by(table.c.slot, table.c.id)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield from_json(row.id, json.loads(row.state))


def names_of_day(connection: sa.Connection, day: date) -> list[tuple[str, str]]:
    """(identity, name) of everybody convened on a day."""
    return [(row.id, row.name) for row in connection.execute(_NAMES, {"day": day.isoformat()})]


def by_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Convocation]:
    """Convocations by identity; unknown ones are left out."""
    return {found.id: found for found in _read(connection, _BY_IDS, {"ids": list(ids)})}


def _read(connection: sa.Connection, query: sa.Select[Any], values: dict[str, object]) -> list[Convocation]:
    return [from_json(row.id, json.loads(row.state)) for row in connection.execute(query, values)]
