"""Acts read out of a damaged file: whatever still verifies is carried into a sound one, and what is lost is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.store import projections
from counter_app.store.engine import Store
from counter_app.store.journal import COLUMNS, details_hold, link_holds, mark, read_act
from counter_app.store.pages import Value, table_rows
from counter_app.store.statements import driver
from counter_app.store.tables import act as acts
from counter_app.store.tables import head

Gap = tuple[str, int, int]
"""Acts that are lost: stream, first position, last position (0: to an end that nobody knows)."""

MANY = 1000
"""Acts carried over at a time."""
STREAM, DIGEST, SIGNED = (re.compile(form) for form in ("[0-9a-f]{12}:[0-9a-f]{12}", "[0-9a-f]{64}", "[0-9a-f]{128}"))

_WHOLE_NUMBERS = [isinstance(column.type, sa.Integer) for column in acts.columns]
_MAY_BE_EMPTY = [bool(column.nullable) for column in acts.columns]
_STREAM, _SEQ = COLUMNS.index("stream"), COLUMNS.index("seq")
_NAMES = ", ".join(COLUMNS)
_FOUND = f"CREATE TABLE salvaged ({_NAMES}, PRIMARY KEY (act_id))"
"""In the new file itself: it is enciphered, and there may be a million of them."""
_UNLESS_ERASED = "ON CONFLICT (act_id) DO UPDATE SET details = NULL, salt = NULL WHERE excluded.details IS NULL"
"""Details that retention erased in one state of a page do not come back from an older one."""
_FIND = f"INSERT INTO salvaged ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))}) {_UNLESS_ERASED}"
_TAKE = (
    f"INSERT INTO act ({_NAMES}) SELECT {_NAMES} FROM salvaged WHERE true ORDER BY clock, stream, seq "
    f"{_UNLESS_ERASED} ON CONFLICT DO NOTHING"
)
"""In the order in which they were recorded, whatever the order of the pages."""
_SET_HEADS = (
    "INSERT OR REPLACE INTO head (stream, seq, digest, clock) "
    "SELECT stream, max(seq), digest, clock FROM act WHERE stream IN (SELECT stream FROM act WHERE rowid > ?) "
    "GROUP BY stream"
)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many acts a sound file took from a damaged one, and which places of its streams stay empty."""

    taken: int
    lost: tuple[Gap, ...]


def salvage(damaged: Sequence[Path], key: bytes, sound: Store, own: str) -> Salvaged:
    """Copy every act of the damaged files that reads and verifies, and that the sound file lacks.

    `own` is the stream that this desk was writing: without a word of its end, acts may follow the last one read.
    """
    ends: dict[str, int] = {}
    with sound.writing() as connection:
        before, under = mark(connection), driver(connection)
        under.execute(_FOUND)
        for file in damaged:
            _find(under, file, key, ends)
        under.execute(_TAKE)
        under.execute("DROP TABLE salvaged")
        under.execute(_SET_HEADS, (before,))
        taken = 0
        for some in _new_acts(connection, before):
            projections.project(connection, [read_act(row) for row in some])
            taken += len(some)
        lost = (*_gaps(connection), *_lost_ends(connection, ends, own))
    return Salvaged(taken, lost)


def any_act(files: Sequence[Path], key: bytes) -> bool:
    """Whether a sound act reads anywhere: with the key of another desk, none does."""
    rows = (row for file in files if file.is_file() for row in table_rows(file, key, frozenset({len(COLUMNS)})))
    return next(_sound_acts(rows, {}), None) is not None


def _find(under: dbapi2.Connection, file: Path, key: bytes, ends: dict[str, int]) -> None:
    """Keep the acts of one file; `ends` learns where it says that each stream ended."""
    found = _sound_acts(table_rows(file, key, frozenset({len(COLUMNS), len(head.columns)})), ends)
    while some := list(islice(found, MANY)):
        under.executemany(_FIND, some)


def _sound_acts(rows: Iterator[list[Value]], ends: dict[str, int]) -> Iterator[tuple[Value, ...]]:
    for row in rows:
        if len(row) == len(COLUMNS):
            if _has_form(row) and _holds(row):
                yield (*row[:-1], _signature(row[-1]))
        elif isinstance(row[1], int) and STREAM.fullmatch(str(row[0])) and DIGEST.fullmatch(str(row[2])):
            ends[str(row[0])] = max(row[1], ends.get(str(row[0]), 0))


def _has_form(row: Sequence[Value]) -> bool:
    """Whether each column holds what the journal writes there."""
    return all(
        (value is None and empty) or type(value) is (int if number else str)
        for value, number, empty in zip(row, _WHOLE_NUMBERS, _MAY_BE_EMPTY, strict=True)
    )


def _holds(row: Sequence[Value]) -> bool:
    """Whether an act is to the letter the one that was recorded."""
    stored = SimpleNamespace(**dict(zip(COLUMNS, row, strict=True)))
    return (stored.details is None or stored.salt is not None) and details_hold(stored) and link_holds(stored)


def _signature(value: Value) -> Value:
    """A signature that damage cut up is none; the chain and later ones still cover the act."""
    return value if isinstance(value, str) and SIGNED.fullmatch(value) else None


def _new_acts(connection: sa.Connection, since: int) -> Iterator[Sequence[sa.Row[tuple[object, ...]]]]:
    rowid: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    while True:
        query = sa.select(rowid.label("place"), acts).where(rowid > since).order_by(rowid).limit(MANY)
        some = connection.execute(query).fetchall()
        if not some:
            return
        yield some
        since = some[-1].place


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


def _lost_ends(connection: sa.Connection, ends: dict[str, int], own: str) -> list[Gap]:
    """Streams whose last acts are gone: the damaged file knew more of them, or the last one left is not signed."""
    lost: list[Gap] = []
    known = {stream: (seq, unsigned) for stream, seq, unsigned in connection.exec_driver_sql(_ENDS)}
    for stream in sorted({*known, *ends, own}):
        seq, unsigned = known.get(stream, (0, False))
        told = ends.get(stream, 0)
        if told > seq:
            lost.append((stream, seq + 1, told))
        elif unsigned or (stream == own and not told):
            lost.append((stream, seq + 1, 0))
    return lost
