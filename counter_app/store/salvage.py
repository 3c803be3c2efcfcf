"""Acts read out of a damaged file: whatever still verifies is carried into a sound one, and what is lost is named."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from counter_app.domain.acts import Act
from counter_app.domain.refusal import StoreRefused
from counter_app.store import projections
from counter_app.store.engine import Store
from counter_app.store.journal import COLUMNS, details_hold, link_holds, read_act
from counter_app.store.tables import act as acts
from counter_app.store.tables import head

Row = dict[str, object]
Gap = tuple[str, int, int]
"""Acts that are lost: stream, first position, last position (0: to an end that nobody knows)."""

SMALLEST_ROW = 256
"""Bytes: no act takes less, so a file holds at most one per so many."""
PATIENCE = 20_000
"""Failed reads before giving up: each isolates a damaged page."""
HOPELESS = 200
"""Failed reads before giving up when none succeeded: the root of the table itself is damaged."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many acts a sound file took from a damaged one, and which places of its streams stay empty."""

    taken: int
    lost: tuple[Gap, ...]


def salvage(damaged: Path, key: bytes, sound: Store) -> Salvaged:
    """Copy every act of the damaged file that reads and verifies, and that the sound file lacks."""
    store = Store(damaged, key)
    try:
        rows, broken = _readable(store)
        heads = _heads(store)
    finally:
        store.close()
    with sound.writing() as connection:
        known = {tuple(place) for place in connection.execute(sa.select(acts.c.stream, acts.c.seq))}
        missing = [row for row in rows if (row["stream"], row["seq"]) not in known]
        if missing:
            _insert(connection, missing)
        lost = (*_gaps(connection), *_lost_ends(connection, heads, broken))
    return Salvaged(len(missing), lost)


def _readable(store: Store) -> tuple[list[Row], bool]:
    """Acts of every page that reads. A range that does not is cut in two, down to the acts that are lost."""
    found: list[Row] = []
    reads = failures = 0
    ranges = deque([(1, max(1, _size(store.path) // SMALLEST_ROW))])
    while ranges and failures < (PATIENCE if reads else HOPELESS):
        first, last = ranges.popleft()
        try:
            found += _sound_rows(store, first, last)
            reads += 1
        except StoreRefused:
            failures += 1
            middle = (first + last) // 2
            ranges.extend([(first, middle), (middle + 1, last)] if first < last else [])
    return found, failures > 0


def _size(path: Path) -> int:
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.is_file())


def _sound_rows(store: Store, first: int, last: int) -> list[Row]:
    rowid: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    with store.reading() as connection:
        rows = connection.execute(sa.select(acts).where(rowid.between(first, last)).order_by(rowid))
        return [dict(row._mapping) for row in rows if details_hold(row) and link_holds(row)]


def _heads(store: Store) -> dict[str, int] | None:
    """Where the damaged file says that each stream ended; None when it no longer says."""
    try:
        with store.reading() as connection:
            return {row.stream: row.seq for row in connection.execute(sa.select(head))}
    except StoreRefused:
        return None


def _insert(connection: sa.Connection, rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    values = [tuple(row[name] for name in COLUMNS) for row in rows]
    connection.exec_driver_sql(f"INSERT INTO act ({', '.join(COLUMNS)}) VALUES ({marks})", values)
    for stream in {str(row["stream"]) for row in rows}:
        connection.execute(head.delete().where(head.c.stream == stream))
        connection.execute(head.insert().from_select(["stream", "seq", "digest", "clock"], _last(stream)))
    projections.project(connection, list(_acts(connection, [str(row["act_id"]) for row in rows])))


def _last(stream: str) -> sa.Select[tuple[object, ...]]:
    columns = (acts.c.stream, acts.c.seq, acts.c.digest, acts.c.clock)
    return sa.select(*columns).where(acts.c.stream == stream).order_by(acts.c.seq.desc()).limit(1)


def _acts(connection: sa.Connection, ids: Sequence[str]) -> Iterator[Act]:
    for start in range(0, len(ids), 500):
        some = sa.select(acts).where(acts.c.act_id.in_(ids[start : start + 500]))
        yield from map(read_act, connection.execute(some))


_GAPS = (
    "SELECT stream, before + 1, seq - 1 FROM "
    "(SELECT stream, seq, lag(seq, 1, 0) OVER (PARTITION BY stream ORDER BY seq) AS before FROM act) "
    "WHERE seq <> before + 1 ORDER BY stream, seq"
)
_ENDS = (
    "SELECT a.stream, a.seq, a.signature IS NULL FROM act AS a JOIN head AS h ON h.stream = a.stream AND h.seq = a.seq"
)


def _gaps(connection: sa.Connection) -> list[Gap]:
    return [(stream, first, last) for stream, first, last in connection.exec_driver_sql(_GAPS)]


def _lost_ends(connection: sa.Connection, heads: dict[str, int] | None, broken: bool) -> list[Gap]:
    """Streams whose last acts are gone: the damaged file knew more of them, or the last one left is not signed."""
    lost: list[Gap] = []
    for stream, seq, unsigned in connection.exec_driver_sql(_ENDS).fetchall():
        told = 0 if heads is None else heads.get(stream, 0)
        if told > seq:
            lost.append((stream, seq + 1, told))
        elif unsigned or (broken and heads is None):
            lost.append((stream, seq + 1, 0))
    return lost
