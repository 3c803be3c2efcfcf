"""Rows of convocations, and the keys under which each source knows them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from counter_app.domain.codes import CodeKind, make_code
from counter_app.domain.convocation import Convocation
from counter_app.domain.convocation_fold import apply, from_json, to_json
from counter_app.domain.foreign_number import read_number
from counter_app.domain.listing import Listing
from counter_app.domain.person_names import same_person_key
from counter_app.store.search_index import forget, index_subjects
from counter_app.store.statements import batches, first, marks, rows, write

__all__ = ["apply", "columns", "dump", "load", "written"]

dump = to_json


def load(subject_id: str, state: dict[str, Any]) -> Convocation:
    """A convocation as its row keeps it."""
    return from_json(subject_id, state)


def columns(state: Convocation) -> tuple[object, ...]:
    """code, reference, foreign_number, day, slot, name, person_key, status."""
    if not state.listings:
        return (code_of(state), None, None, None, None, None, None, None)
    slot, name = state.listing.slot, state.name
    found_by = (code_of(state), state.best("reference"), number_of(state))
    return (*found_by, slot[:10], slot, name, same_person_key(name), state.status.value)


def number_of(state: Convocation) -> str | None:
    """The number under which a person is found: ten digits, or the nine that a list holds, without separators."""
    return state.foreign_number or nine_digits(state.best("number_as_read"))


def nine_digits(as_read: str | None) -> str | None:
    """The digits of a number of the old form, as a list holds it; None for anything else."""
    return None if as_read is None else read_number(as_read).nine_digits


def code_of(convocation: Convocation) -> str:
    """The printed code of a convocation: 32 bits of its identity, so that every desk prints the same."""
    return make_code(CodeKind.CONVOCATION, int(convocation.code, 16))


_NO_KEY = "DELETE FROM listing_key WHERE source = ? AND source_key = ? AND convocation_id = ?"
_KEY = "INSERT INTO listing_key VALUES (?, ?, ?, ?, ?, ?, ?)"


def written(connection: sa.Connection, changes: Sequence[tuple[Convocation | None, Convocation]]) -> None:
    """Keep the source keys and the search index in step with the rows: both say what these states say, no more."""
    told = [(before, after) for before, after in changes if before is None or _told(before) != _told(after)]
    gone = [(one.source, one.source_key, before.id) for before, _after in told if before for one in before.listings]
    write(connection, _NO_KEY, gone)
    write(connection, _KEY, [_key(after, listing) for _before, after in told for listing in after.listings])
    known = [after for _before, after in told if after.listings]
    forget(connection, [after.id for before, after in told if before and before.listings and not after.listings])
    index_subjects(connection, [(one.id, one.name, number_of(one), one.best("reference")) for one in known])


def _told(state: Convocation) -> tuple[object, ...]:
    """What keys and index are made of: an arrival changes none of it."""
    return state.listings, state.confirmed_number


def _key(state: Convocation, listing: Listing) -> tuple[object, ...]:
    where = (listing.slot[:10], listing.organisation or "", listing.present, listing.exported_at)
    return (listing.source, listing.source_key, state.id, *where)


_STATES = "SELECT id, state FROM convocation"
_BY_ID = f"{_STATES} WHERE id = ?"
_BY_CODE = f"{_STATES} WHERE id >= ? AND id < ? AND slot IS NOT NULL"
_BY_REFERENCE = f"{_STATES} WHERE reference = ? AND slot IS NOT NULL"
_BY_DAY = f"{_STATES} WHERE day = ? ORDER BY slot, name"
_EVERY = f"{_STATES} WHERE slot IS NOT NULL ORDER BY slot, id"
_SAME_PERSON = "SELECT count(*) FROM convocation WHERE day = ? AND person_key = ?"


def by_id(connection: sa.Connection, convocation_id: str) -> Convocation | None:
    """The convocation of an identity."""
    return next(iter(_read(connection, _BY_ID, (convocation_id,))), None)


def by_code(connection: sa.Connection, value: int) -> list[Convocation]:
    """Convocations whose printed code carries these 32 bits: nearly always one, never guessed when there are two."""
    return _read(connection, _BY_CODE, (f"{value:08x}", f"{value:08x}g"))


def by_reference(connection: sa.Connection, reference: str) -> list[Convocation]:
    """Convocations that a list knows under a reference of its own."""
    return _read(connection, _BY_REFERENCE, (reference,))


def by_numbers(connection: sa.Connection, numbers: Sequence[str]) -> list[Convocation]:
    """Convocations of the holders of any of these foreign numbers, any day, by hour."""
    wanted = f"foreign_number IN ({marks(numbers)}) AND slot IS NOT NULL ORDER BY slot, id"
    return _read(connection, f"{_STATES} WHERE {wanted}", tuple(numbers))


def by_day(connection: sa.Connection, day: date) -> list[Convocation]:
    """Everybody convened on a day, by hour then name."""
    return _read(connection, _BY_DAY, (day.isoformat(),))


def every(connection: sa.Connection) -> Iterator[Convocation]:
    """Every convocation ever listed, by hour."""
    found = connection.exec_driver_sql(_EVERY, execution_options={"yield_per": 1000})
    return (from_json(row[0], json.loads(row[1])) for row in found)


def by_people(connection: sa.Connection, people: Sequence[tuple[str, str]]) -> list[Convocation]:
    """Convocations of a day in the name that a key stands for (see `same_person_key`), for each (day, key)."""
    found: list[Convocation] = []
    for some in batches(people):
        wanted = f"(day, person_key) IN (VALUES {', '.join(['(?, ?)'] * len(some))})"
        values = tuple(value for person in some for value in person)
        found += _read(connection, f"{_STATES} WHERE {wanted} ORDER BY id", values)
    return found


def by_slots(connection: sa.Connection, slots: Sequence[tuple[str, str]]) -> list[Convocation]:
    """Convocations of these (day, hour as the lists tell it)."""
    found: list[Convocation] = []
    for some in batches(slots):
        wanted = f"(day, slot) IN (VALUES {', '.join(['(?, ?)'] * len(some))})"
        found += _read(connection, f"{_STATES} WHERE {wanted} ORDER BY id", tuple(one for slot in some for one in slot))
    return found


def by_references(connection: sa.Connection, references: Sequence[str]) -> list[Convocation]:
    """Convocations that lists know under any of these references."""
    found: list[Convocation] = []
    for some in batches(references):
        wanted = f"reference IN ({marks(some)}) AND slot IS NOT NULL ORDER BY id"
        found += _read(connection, f"{_STATES} WHERE {wanted}", tuple(some))
    return found


def of_same_person_key(connection: sa.Connection, day: date, key: str) -> int:
    """How many convocations of a day are in the name that this key stands for (see `same_person_key`)."""
    found = first(connection, _SAME_PERSON, (day.isoformat(), key))
    assert found is not None, "a count always answers"
    return int(found[0])


def by_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Convocation]:
    """Convocations by identity; unknown ones are left out."""
    return {found.id: found for found in _read(connection, f"{_STATES} WHERE id IN ({marks(ids)})", tuple(ids))}


def arrived(connection: sa.Connection, ids: Sequence[str]) -> list[Convocation]:
    """Convocations among these of which some desk recorded an arrival, whether or not it still stands."""
    came = "json_extract(state, '$.arrivals[0]') IS NOT NULL"
    found: list[Convocation] = []
    for some in batches(ids):
        found += _read(connection, f"{_STATES} WHERE id IN ({marks(some)}) AND {came}", tuple(some))
    return found


def _read(connection: sa.Connection, query: str, values: tuple[str, ...]) -> list[Convocation]:
    return [from_json(row[0], json.loads(row[1])) for row in rows(connection, query, values)]
