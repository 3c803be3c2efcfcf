"""Rows of work items, kept in step with what acts fold to, and of what supervisors answered to them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from counter_app.domain.acts import Act, Json, Subject, canonical
from counter_app.domain.clock import milliseconds
from counter_app.domain.other_items import of_act, of_clock, of_fork
from counter_app.domain.settlement import Settlement, apply, from_json, to_json
from counter_app.domain.work_items import WorkItem
from counter_app.store.partial_indexes import FAR
from counter_app.store.statements import batches, marks, rows, write

__all__ = ["apply", "columns", "dump", "load"]

dump = to_json

Told = tuple[WorkItem, ...]


def load(subject_id: str, state: Mapping[str, Json]) -> Settlement:
    """A settlement as its row keeps it."""
    return from_json(subject_id, state)


def columns(state: Settlement) -> tuple[object, ...]:
    """settled_at."""
    return (state.settled.at if state.settled else None,)


_GONE = "DELETE FROM work_item WHERE id = ?"
_NO_MORE = "DELETE FROM work_item WHERE subject_type = ? AND subject_id = ?"
_ITEM = "INSERT OR REPLACE INTO work_item (id, kind, subject_type, subject_id, at, state) VALUES (?, ?, ?, ?, ?, ?)"


def follow(connection: sa.Connection, changes: Iterable[tuple[Told, Told]]) -> None:
    """Write what contradicts after a change, and no longer what contradicted before it."""
    told = [(before, after) for before, after in changes if before != after]
    write(connection, _GONE, [(item.id,) for before, _after in told for item in before])
    write(connection, _ITEM, [_row(item) for _before, after in told for item in after])


def tell(connection: sa.Connection, subjects: Iterable[Subject], items: Iterable[WorkItem]) -> None:
    """Write everything that contradicts about these subjects."""
    write(connection, _NO_MORE, [tuple(map(str, subject)) for subject in subjects])
    write(connection, _ITEM, [_row(item) for item in items])


def note_clocks(connection: sa.Connection, acts: Sequence[Act]) -> None:
    """Items of the desks whose clock was wrong when they wrote these acts."""
    found = {item.id: item for act in acts if (item := of_act(act))}
    write(connection, _ITEM, [_row(item) for item in found.values()])


_FAR_HOURS = f"SELECT stream, at, clock FROM act WHERE {FAR} UNION SELECT stream, at, clock FROM apart WHERE {FAR}"


def refold_clocks(connection: sa.Connection) -> None:
    """The same, from the whole journal."""
    told = rows(connection, _FAR_HOURS)
    items = (of_clock(stream, datetime.fromisoformat(at), clock) for stream, at, clock in told)
    write(connection, _ITEM, [_row(item) for item in {one.id: one for one in items if one}.values()])


def _row(item: WorkItem) -> tuple[object, ...]:
    state = canonical({"acts": [*item.acts], "facts": dict(item.facts)})
    return (item.id, str(item.kind), str(item.subject.type), item.subject.id, item.at, state)


_LIVE = "SELECT id, kind, subject_type, subject_id, at, state FROM work_item"
_FORKED = (
    "SELECT stream, json_group_array(branch), max(clock) FROM branch WHERE branch NOT IN ('', '?') "
    "GROUP BY stream, base ORDER BY stream, min(first), base"
)
_ANSWERED = "SELECT id, state FROM settlement"


def live(connection: sa.Connection) -> list[WorkItem]:
    """Everything that contradicts now, settled or not: forked streams too."""
    return [*_read(connection, _LIVE, ()), *_forks(connection)]


def by_id(connection: sa.Connection, item_id: str) -> WorkItem | None:
    """What contradicts now under an identity."""
    found = _read(connection, f"{_LIVE} WHERE id = ?", (item_id,))
    return next((one for one in (*found, *_forks(connection)) if one.id == item_id), None)


def settlements(connection: sa.Connection, ids: Sequence[str] | None = None) -> dict[str, Settlement]:
    """What was answered to these items, or to all; none where nobody answered."""
    found: dict[str, Settlement] = {}
    if ids is None:
        return {row[0]: from_json(row[0], json.loads(row[1])) for row in rows(connection, _ANSWERED)}
    for some in batches(ids):
        told = rows(connection, f"{_ANSWERED} WHERE id IN ({marks(some)})", some)
        found |= {row[0]: from_json(row[0], json.loads(row[1])) for row in told}
    return found


def open_count(connection: sa.Connection) -> int:
    """How many items wait for an answer."""
    question = "SELECT id FROM settlement WHERE settled_at IS NOT NULL"
    settled = {row[0] for row in rows(connection, question)}
    waiting = {row[0] for row in rows(connection, "SELECT id FROM work_item")}
    return len((waiting | {item.id for item in _forks(connection)}) - settled)


def _forks(connection: sa.Connection) -> list[WorkItem]:
    return [
        of_fork(stream, json.loads(branches), datetime.fromtimestamp(milliseconds(clock) / 1000, UTC))
        for stream, branches, clock in rows(connection, _FORKED)
    ]


def _read(connection: sa.Connection, question: str, values: Sequence[object]) -> list[WorkItem]:
    return [_item(*row) for row in rows(connection, question, values)]


def _item(item_id: str, kind: str, subject_type: str, subject_id: str, at: str, state: str) -> WorkItem:
    told = json.loads(state)
    return WorkItem(item_id, kind, Subject(subject_type, subject_id), tuple(told["acts"]), at, told["facts"])
