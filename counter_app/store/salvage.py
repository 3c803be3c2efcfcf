"""Acts read out of a damaged file: whatever still verifies is carried into a sound one, and what is lost is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from counter_app.domain.lines import place, runs
from counter_app.store import projections
from counter_app.store.act_rows import read_row
from counter_app.store.engine import Store
from counter_app.store.journal import COLUMNS, details_hold, link_holds
from counter_app.store.lines import AHEAD, Shelf, add, add_ahead, with_ids
from counter_app.store.pages import Value, table_rows
from counter_app.store.received import Link
from counter_app.store.statements import driver, rows
from counter_app.store.tables import act as acts
from counter_app.store.tables import apart, head

Gap = tuple[str, int, int]
"""Acts that are lost: stream, first position, last position (0: to an end that nobody knows)."""

MANY = 1000
"""Acts carried over at a time."""
STREAM, DIGEST, SIGNED = (re.compile(form) for form in ("[0-9a-f]{12}:[0-9a-f]{12}", "[0-9a-f]{64}", "[0-9a-f]{128}"))

_WHOLE_NUMBERS = [isinstance(column.type, sa.Integer) for column in acts.columns]
_MAY_BE_EMPTY = [bool(column.nullable) for column in acts.columns]
_ACT_ID, _STREAM, _SEQ = (COLUMNS.index(name) for name in ("act_id", "stream", "seq"))
_WIDTHS = frozenset({len(acts.columns), len(apart.columns)})
"""Columns of an act in its stream, and of one in a branch, whose last one names it."""
_NAMES = ", ".join(COLUMNS)
_FOUND = f"CREATE TABLE salvaged ({_NAMES}, PRIMARY KEY (act_id))"
"""In the new file itself: it is enciphered, and there may be a million of them."""
_IN_ORDER = "CREATE INDEX salvaged_in_order ON salvaged (stream, seq, act_id)"
_UNLESS_ERASED = "ON CONFLICT (act_id) DO UPDATE SET details = NULL, salt = NULL WHERE excluded.details IS NULL"
"""Details that retention erased in one state of a page do not come back from an older one."""
_FIND = f"INSERT INTO salvaged ({_NAMES}) VALUES ({', '.join('?' * len(COLUMNS))}) {_UNLESS_ERASED}"
_ERASE = (
    "UPDATE {} SET details = NULL, salt = NULL WHERE details IS NOT NULL "
    "AND act_id IN (SELECT act_id FROM salvaged WHERE details IS NULL)"
)
_NEXT = (
    f"SELECT {_NAMES} FROM salvaged WHERE (stream, seq, act_id) > (?, ?, ?) ORDER BY stream, seq, act_id LIMIT {MANY}"
)


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many acts a sound file took from a damaged one, and which places of its streams stay empty."""

    taken: int
    lost: tuple[Gap, ...]


def salvage(damaged: Sequence[Path], key: bytes, sound: Store, own: str) -> Salvaged:
    """Copy every act of the damaged files that reads and verifies, and that the sound file lacks.

    Acts whose predecessors are lost wait ahead of their turn: other desks may still hold what is missing before them.
    `own` is the stream that this desk was writing: without a word of its end, acts may follow the last one read.
    """
    ends: dict[str, int] = {}
    with sound.writing() as connection:
        under = driver(connection)
        under.execute(_FOUND)
        for file in damaged:
            _find(under, file, key, ends)
        under.execute(_IN_ORDER)
        for table in ("act", "apart"):
            under.execute(_ERASE.format(table))
        taken = sum(_taken(connection, stream, run) for stream, run in _runs(connection))
        lost = (*_gaps(connection), *_lost_ends(connection, ends, own))
        under.execute("DROP TABLE salvaged")
    return Salvaged(taken, lost)


def _runs(connection: sa.Connection) -> Iterator[tuple[str, list[Link]]]:
    """What was found, stream after stream, in runs of acts that follow each other."""
    after: tuple[object, ...] = ("", 0, "")
    while some := rows(connection, _NEXT, after):
        after = (some[-1][_STREAM], some[-1][_SEQ], some[-1][_ACT_ID])
        for stream, mine in groupby(some, key=itemgetter(_STREAM)):
            for run in runs([Link(row) for row in mine]):
                yield stream, run


def _taken(connection: sa.Connection, stream: str, run: list[Link]) -> int:
    """Put a run in its line, and fold it; how many of its acts the file lacked."""
    placed = place(Shelf(connection, stream), stream, run)
    rest = [link.row for link in run[placed.held :]]
    known = with_ids(connection, [row[_ACT_ID] for row in rest])
    if placed.line:
        add(connection, placed.line, rest)
    else:
        add_ahead(connection, rest)
    new = [row for row in rest if row[_ACT_ID] not in known]
    projections.project(connection, [read_row(row) for row in new])
    return len(new)


def any_act(files: Sequence[Path], key: bytes) -> bool:
    """Whether a sound act reads anywhere: with the key of another desk, none does."""
    found = (row for file in files if file.is_file() for row in table_rows(file, key, _WIDTHS))
    return next(_sound_acts(found, {}), None) is not None


def _find(under: dbapi2.Connection, file: Path, key: bytes, ends: dict[str, int]) -> None:
    """Keep the acts of one file; `ends` learns where it says that each stream ended."""
    found = _sound_acts(table_rows(file, key, frozenset({*_WIDTHS, len(head.columns)})), ends)
    while some := list(islice(found, MANY)):
        under.executemany(_FIND, some)


def _sound_acts(found: Iterator[list[Value]], ends: dict[str, int]) -> Iterator[tuple[Value, ...]]:
    for told in found:
        row = told[: len(COLUMNS)]
        if len(told) in _WIDTHS:
            if told[len(COLUMNS) :] != [AHEAD] and _has_form(row) and _holds(row):
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


_HELD = (
    "SELECT stream, seq, signature FROM act UNION ALL SELECT stream, seq, signature FROM apart "
    "WHERE branch <> '?' OR act_id IN (SELECT act_id FROM salvaged)"
)
"""Acts in their line, and those that were: what came ahead of its turn from elsewhere was never in its line here."""
_GAPS = (
    "SELECT stream, before + 1, seq - 1 FROM "
    f"(SELECT stream, seq, lag(seq, 1, 0) OVER (PARTITION BY stream ORDER BY seq) AS before FROM ({_HELD})) "
    "WHERE seq > before + 1 ORDER BY stream, seq"
)
_ENDS = f"SELECT stream, max(seq), signature IS NULL FROM ({_HELD}) GROUP BY stream"


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
