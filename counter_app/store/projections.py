"""Projections: rows that screens read, written in the transaction of the acts they are folded from.

Each projection is a pure fold of one kind of subject. A local act and a received one take the same way: acts newer
than what a row already holds are applied to it, otherwise the subject is folded again from the journal.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from counter_app.domain.acts import Act, SubjectType, canonical
from counter_app.store import list_names_rows, search_index, work_item_rows
from counter_app.store.act_rows import acts_of_each
from counter_app.store.journal import all_by_subject
from counter_app.store.projected import PROJECTED, Projection
from counter_app.store.statements import Row, batches, marks, rows, write
from counter_app.store.tables import PROJECTIONS

Order = tuple[int, str, str]
BATCH = 500
"""Subjects read by one statement."""


def project(connection: sa.Connection, acts: Sequence[Act]) -> None:
    """Fold acts just written into the rows of their subjects, in the same transaction."""
    by_type: dict[str, list[Act]] = {}
    for act in acts:
        by_type.setdefault(act.subject.type, []).append(act)
    people = _list_people(connection, by_type.pop(SubjectType.LIST, []))
    for subject_type, projection in PROJECTED.items():
        mine, touched = by_type.get(subject_type, []), people if subject_type == SubjectType.CONVOCATION else []
        if mine or touched:
            _project(connection, projection, mine, touched)
    work_item_rows.note_clocks(connection, acts)


def _list_people(connection: sa.Connection, acts: list[Act]) -> list[str]:
    """Fold acts about lists. Answers the people of whom they may change what is said."""
    if not acts:
        return []
    ids = sorted({act.subject.id for act in acts})
    before = list_names_rows.by_ids(connection, ids)
    _project(connection, PROJECTED[SubjectType.LIST], acts)
    return list_names_rows.changed(connection, before, list_names_rows.by_ids(connection, ids))


class _Folded(NamedTuple):
    """A subject after its acts; what its row told before, when there was one."""

    subject_id: str
    state: Any
    order: Order
    before: Any = None
    row: Row | None = None


def _project(connection: sa.Connection, projection: Projection, acts: list[Act], touched: Sequence[str] = ()) -> None:
    """Write the rows of the subjects of these acts, and of others that were `touched` by rows just written."""
    by_subject: dict[str, list[Act]] = {}
    for act in {act.act_id: act for act in acts}.values():
        by_subject.setdefault(act.subject.id, []).append(act)
    held = _held(connection, projection, [*by_subject, *(one for one in touched if one not in by_subject)])
    # Older than what the row holds, or received twice: only the journal tells the whole story in order.
    behind = [one for one, mine in by_subject.items() if one in held and min(a.order for a in mine) <= held[one][-3:]]
    whole = acts_of_each(connection, acts[0].subject.type, behind) if behind else {}
    folded = [
        _folded(projection, one, held.get(one), by_subject.get(one, []), whole.get(one))
        for one in dict.fromkeys((*by_subject, *held))
    ]
    _write(connection, projection, _completed(connection, projection, [one for one in folded if one], touched))


def _completed(
    connection: sa.Connection, projection: Projection, folded: Sequence[_Folded], touched: Sequence[str] = ()
) -> Sequence[_Folded]:
    """The subjects with what rows of others make of them."""
    if not projection.complete or not folded:
        return folded
    states = projection.complete(connection, [(one.before, one.state) for one in folded], touched)
    return [one._replace(state=state) for one, state in zip(folded, states, strict=True)]


def _held(connection: sa.Connection, projection: Projection, ids: list[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for some in batches(ids):
        question = f"SELECT * FROM {projection.table.name} WHERE id IN ({marks(some)})"
        found.update({row[0]: row for row in rows(connection, question, some)})
    return found


def _folded(
    projection: Projection, subject_id: str, row: Row | None, new: list[Act], whole: list[Act] | None
) -> _Folded | None:
    """A subject after new acts, if any; `whole`: all that the journal tells, where what the row holds cannot go on."""
    state = projection.load(subject_id, json.loads(row[-4])) if row else None
    if row and not new:
        return _Folded(subject_id, state, row[-3:], state, row)
    if whole is None:
        folded = _fold(projection, subject_id, state, sorted(new, key=lambda act: act.order))
    else:
        folded = _fold(projection, subject_id, None, whole)
    return folded._replace(before=state, row=row) if folded and row else folded


def _fold(projection: Projection, subject_id: str, state: Any, acts: Iterable[Act]) -> _Folded | None:
    """Fold acts in order. Those that this desk cannot read leave no trace: a row is the same with or without them."""
    order: Order | None = None
    for act in acts:
        after = projection.apply(state, act)
        if after is not state:
            state, order = after, act.order
    return _Folded(subject_id, state, order) if order else None


@cache
def _insert(table: sa.Table) -> str:
    return f"INSERT OR REPLACE INTO {table.name} VALUES ({marks(list(table.columns))})"


@cache
def _update(table: sa.Table, changed: tuple[int, ...]) -> str:
    """Sets only what changed: an index over other columns is left alone."""
    names = [column.name for column in table.columns]
    return f"UPDATE {table.name} SET {', '.join(f'{names[place]} = ?' for place in changed)} WHERE id = ?"


def _write(connection: sa.Connection, projection: Projection, folded: Sequence[_Folded]) -> None:
    new: list[Row] = []
    changes: dict[tuple[int, ...], list[Row]] = {}
    for one in folded:
        row = (one.subject_id, *projection.columns(one.state), canonical(projection.dump(one.state)), *one.order)
        if one.row is None:
            new.append(row)
        elif changed := tuple(place for place, value in enumerate(row) if value != one.row[place]):
            changes.setdefault(changed, []).append((*[row[place] for place in changed], one.subject_id))
    write(connection, _insert(projection.table), new)
    for changed, some in changes.items():
        write(connection, _update(projection.table, changed), some)
    states = [(one.before, one.state) for one in folded]
    for follow in (*projection.written, projection.contradict):
        if follow:
            follow(connection, states)


def refold_lists(connection: sa.Connection) -> None:
    """Fold every list again, and what they make of people: in a file that had no room yet for whom lists name."""
    lists = PROJECTED[SubjectType.LIST]
    connection.execute(lists.table.delete())
    for some in _in_batches(_refold(connection, SubjectType.LIST, lists)):
        _write(connection, lists, some)
        names = list_names_rows.by_ids(connection, [one.subject_id for one in some])
        people = list_names_rows.changed(connection, {}, names)
        _project(connection, PROJECTED[SubjectType.CONVOCATION], [], people)


def refold_permits(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Fold these permits again from the journal."""
    permits = PROJECTED[SubjectType.PERMIT]
    for some in map(list, batches(ids)):
        held, acts = _held(connection, permits, some), acts_of_each(connection, SubjectType.PERMIT, some)
        _write(connection, permits, [one for it in held if (one := _folded(permits, it, held[it], acts[it], acts[it]))])


@dataclass(frozen=True, slots=True)
class Rebuild:
    """Outcome of a rebuild: `differences` names the tables whose rows were not what the journal tells."""

    same: bool
    rows: int
    differences: tuple[str, ...]


def rebuild(connection: sa.Connection) -> Rebuild:
    """Recompute every projection from the journal and compare byte for byte; the journal's version is kept."""
    before = {table.name: fingerprint(connection, table) for table in PROJECTIONS}
    for table in PROJECTIONS:
        connection.execute(table.delete())
    search_index.clear(connection)
    for subject_type, projection in PROJECTED.items():
        for some in _in_batches(_refold(connection, subject_type, projection)):
            _write(connection, projection, _completed(connection, projection, some))
    work_item_rows.refold_clocks(connection)
    after = {table.name: fingerprint(connection, table) for table in PROJECTIONS}
    differences = tuple(name for name, print_ in after.items() if before[name] != print_)
    return Rebuild(not differences, sum(rows for rows, _digest in after.values()), differences)


def find_contradictions(connection: sa.Connection, subject_types: Sequence[str]) -> None:
    """Write the work items of a file whose rows of these subjects are what the journal tells, when it had no room for
    them yet."""
    for projection in (PROJECTED[one] for one in subject_types):
        assert projection.contradict is not None, "asked for what can contradict"
        told = rows(connection, f"SELECT id, state FROM {projection.table.name}")
        for some in batches(told):
            states = [projection.load(row[0], json.loads(row[1])) for row in some]
            projection.contradict(connection, [(None, state) for state in states])
    work_item_rows.refold_clocks(connection)


def fingerprint(connection: sa.Connection, table: sa.Table) -> tuple[int, str]:
    """Number of rows of a table and the digest of all of them in key order."""
    keys = ", ".join(column.name for column in table.primary_key)
    digest, count = sha256(), 0
    for row in connection.exec_driver_sql(f"SELECT * FROM {table.name} ORDER BY {keys}"):
        digest.update(canonical(list(row)).encode())
        count += 1
    return count, digest.hexdigest()


def _refold(connection: sa.Connection, subject_type: str, projection: Projection) -> Iterator[_Folded]:
    acts = all_by_subject(connection, subject_type)
    for subject_id, mine in groupby(acts, key=lambda act: act.subject.id):
        if folded := _fold(projection, subject_id, None, mine):
            yield folded


def _in_batches(folded: Iterator[_Folded]) -> Iterator[list[_Folded]]:
    batch: list[_Folded] = []
    for one in folded:
        batch.append(one)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch
