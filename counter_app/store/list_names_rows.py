"""Whom each list names, kept apart from the rows of lists, and the people of whom that changes what is said."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from counter_app.domain.acts import Act, canonical
from counter_app.domain.convocation import Convocation
from counter_app.domain.convocation_fold import with_covered
from counter_app.domain.list_names import ListNames, covered, standing
from counter_app.store import plain_rows
from counter_app.store.partial_indexes import COVERED
from counter_app.store.plain_rows import State
from counter_app.store.statements import Row, batches, marks, rows, write

Names = Mapping[str, ListNames]
"""Lists that stand and say whom they name, by identity."""

_APART = ("id", "names")
"""What the state of a list holds while it is folded, and its row does not."""


def apply(state: State | None, act: Act) -> State | None:
    """A list after one more act (see `plain_rows.apply`)."""
    after = plain_rows.apply(state, act)
    return after if after is state or after is None else {**after, "id": act.subject.id}


def load(list_id: str, state: dict[str, Any]) -> State:
    """A list as its row keeps it."""
    return {**state, "id": list_id}


def dump(state: State) -> State:
    """A list as its row will keep it."""
    return {name: value for name, value in state.items() if name not in _APART}


_NO_MORE = "DELETE FROM list_names WHERE list_id = ?"
_INSERT = "INSERT OR REPLACE INTO list_names VALUES (?, ?, ?, ?, ?, ?, ?)"
_STANDS = "UPDATE list_names SET stands = ? WHERE list_id = ? AND stands <> ?"


def written(connection: sa.Connection, changes: Sequence[tuple[State | None, State]]) -> None:
    """Keep whom lists name in step with their rows: what an act says of it, and whether the import stands."""
    states = [after for _before, after in changes]
    told = [state for state in states if "names" in state]
    write(connection, _NO_MORE, [(state["id"],) for state in told])
    write(connection, _INSERT, [row for state in told if (row := _row(state))])
    write(connection, _STANDS, [(_stands(state), state["id"], _stands(state)) for state in states])


def _stands(state: State) -> bool:
    return not (state.get("undone") or state.get("undoing"))


def _row(state: State) -> Row | None:
    names = ListNames.read(str(state["id"]), state["names"])
    if names is None:
        return None
    told = (names.list_id, names.source, names.exported_at, names.first_day, names.last_day)
    return (*told, _stands(state), canonical(state["names"]))


_LISTS = "SELECT list_id, names FROM list_names WHERE stands AND"


def by_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, ListNames]:
    """Lists among these that stand and say whom they name."""
    found = [one for some in batches(ids) for one in _read(connection, f"list_id IN ({marks(some)})", some)]
    return {one.list_id: one for one in found}


def _read(connection: sa.Connection, wanted: str, values: Sequence[object]) -> list[ListNames]:
    told = (ListNames.read(row[0], json.loads(row[1])) for row in rows(connection, f"{_LISTS} {wanted}", values))
    return [one for one in told if one]


_LATER = "source = ? AND exported_at > ? AND first_day <= ? AND last_day >= ? ORDER BY exported_at, list_id"


def cover(
    connection: sa.Connection, changes: Sequence[tuple[Convocation | None, Convocation]], touched: Sequence[str]
) -> list[Convocation]:
    """People after a change, as the lists that name people leave them; lists are read for those of whom they may say
    something else than before: an arrival asks nothing of them."""
    again = set(touched)
    asked = [after for before, after in changes if after.id in again or before is None or _own(before) != _own(after)]
    lists = {
        source: _read(connection, _LATER, (source, oldest, last_day, first_day))
        for source, (oldest, first_day, last_day) in _spans(asked).items()
    }
    words = {one.id: covered(one, lists) for one in asked}
    return [with_covered(after, words.get(after.id, before.covered if before else ())) for before, after in changes]


def _own(state: Convocation) -> tuple[object, ...]:
    """What the acts about a person tell of lists."""
    return state.told or state.listings, state.vanished, state.withdrawn


def _spans(people: Iterable[Convocation]) -> dict[str, tuple[str, str, str]]:
    """By source, the oldest export of which something may change, and the first and last day that it told."""
    spans: dict[str, tuple[str, str, str]] = {}
    for one in people:
        told = one.told or one.listings
        newest = standing(told, (), one.withdrawn)
        for listing in told:
            day, held = listing.slot[:10], newest.get(listing.source)
            oldest, first_day, last_day = spans.get(listing.source, ("~", day, day))
            since = held.exported_at if held else ""
            spans[listing.source] = (min(oldest, since), min(first_day, day), max(last_day, day))
    return spans


def changed(connection: sa.Connection, before: Names, after: Names) -> list[str]:
    """Convocations of which lists that come, change or go may change what is said."""
    found: dict[str, None] = {}
    for list_id in sorted({*before, *after}):
        old, new = before.get(list_id), after.get(list_id)
        for names in (old, new) if old != new else ():
            if names is not None:
                found |= dict.fromkeys(_told_otherwise(connection, names))
    return list(found)


class _Key(NamedTuple):
    """What a source says of somebody now."""

    convocation_id: str
    day: str
    organisation: str
    present: bool
    exported_at: str


_KEYS = "SELECT convocation_id, day, organisation, present, exported_at FROM listing_key WHERE source = ? AND day"
_OF_DAYS = f"{_KEYS} BETWEEN ? AND ?"
_COVERED = f"SELECT id FROM convocation WHERE {COVERED}"
"""People of whom lists say otherwise than their own acts do: few, in an index of their own."""
_STARTS = "SELECT id FROM convocation WHERE id >= ? AND id < ?"


def _told_otherwise(connection: sa.Connection, names: ListNames) -> Iterable[str]:
    """Everybody of whom a list that comes or goes may change what is said: few of those that it names."""
    seen, of_days = set[str](), (names.source, names.first_day, names.last_day)
    for key in map(_Key._make, rows(connection, _OF_DAYS, of_days)):
        seen.add(key.convocation_id[:16])
        if not _kept(names, key):
            yield key.convocation_id
    yield from (row[0] for row in rows(connection, _COVERED))
    yield from _with_starts(connection, (start for start, _export in names.repeated() if start not in seen))


def _kept(names: ListNames, key: _Key) -> bool:
    """Whether what a source says of somebody, where lists say nothing else, is the same with this list and without."""
    if key.exported_at >= names.exported_at:
        return key.present
    export = names.export_of(key.convocation_id)
    if export is None:
        return not key.present or (key.day, key.organisation) not in names.scopes
    return export in ("", names.exported_at) or (key.present and export == key.exported_at)


def _with_starts(connection: sa.Connection, starts: Iterable[str]) -> Iterable[str]:
    for start in starts:
        yield from (row[0] for row in rows(connection, _STARTS, (start, f"{start}g")))
