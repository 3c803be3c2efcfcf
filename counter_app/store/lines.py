"""Acts of other desks in a desk's file: each on its line, whatever order they arrive in, forked streams included.

Main lines lie in `act`, so that a desk alone knows of nothing else; branches, and acts received ahead of their turn,
lie in `apart`. See `domain.lines` for what a line is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import SimpleNamespace
from typing import NamedTuple

import sqlalchemy as sa

from counter_app.domain.acts import GENESIS
from counter_app.domain.lines import MAIN, Line, holds
from counter_app.store.journal import COLUMNS
from counter_app.store.statements import Row, batches, first, marks, rows, write

AHEAD = "?"
"""Branch of the acts received ahead of their turn: it has no order and no end."""

_NAMES = ", ".join(COLUMNS)
_PLACES = marks(COLUMNS)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One stream of the file: the `Shelf` of `domain.lines.place`."""

    connection: sa.Connection
    stream: str

    def lines(self) -> list[Line]:
        """The main line, when it has an act, and the branches."""
        main = rows(self.connection, "SELECT seq, digest FROM head WHERE stream = ? AND seq > 0", (self.stream,))
        found = [Line(self.stream, MAIN, 1, GENESIS, *row) for row in main]
        return [*found, *(Line(*row) for row in rows(self.connection, f"{_BRANCHES} AND stream = ?", (self.stream,)))]

    def digest_at(self, line: Line, seq: int) -> str | None:
        """Digest of the act of a line at a position."""
        if seq == line.seq:
            return line.digest
        if line.branch == MAIN:
            row = first(self.connection, "SELECT digest FROM act WHERE stream = ? AND seq = ?", (self.stream, seq))
        else:
            row = first(self.connection, f"SELECT digest {_APART_AT}", (self.stream, line.branch, seq))
        return row[0] if row else None

    def split(self, line: Line, seq: int, branch: str) -> None:
        """Move the acts of a line from a position on to a branch of their own."""
        before = self.digest_at(line, seq - 1) if seq > line.first else line.base
        clock = self._clock(line, line.seq)
        begun = (self.stream, branch, seq, before, line.seq, line.digest, clock)
        if line.branch == MAIN:
            moved = f"INSERT INTO apart ({_NAMES}, branch) SELECT {_NAMES}, ? FROM act WHERE stream = ? AND seq >= ?"
            write(self.connection, moved, [(branch, self.stream, seq)])
            write(self.connection, "DELETE FROM act WHERE stream = ? AND seq >= ?", [(self.stream, seq)])
        else:
            moved = "UPDATE apart SET branch = ? WHERE stream = ? AND branch = ? AND seq >= ?"
            write(self.connection, moved, [(branch, self.stream, line.branch, seq)])
        self._shorten(line, seq - 1, before or "")
        write(self.connection, _SET_BRANCH, [begun])

    def _shorten(self, line: Line, seq: int, digest: str) -> None:
        if seq < line.first:
            self._forget(line)
            return
        set_head(
            self.connection, Line(line.stream, line.branch, line.first, line.base, seq, digest), self._clock(line, seq)
        )

    def _forget(self, line: Line) -> None:
        if line.branch == MAIN:
            write(self.connection, "DELETE FROM head WHERE stream = ?", [(self.stream,)])
        else:
            write(self.connection, "DELETE FROM branch WHERE stream = ? AND branch = ?", [(self.stream, line.branch)])

    def _clock(self, line: Line, seq: int) -> int:
        if line.branch == MAIN:
            row = first(self.connection, "SELECT clock FROM act WHERE stream = ? AND seq = ?", (self.stream, seq))
        else:
            row = first(self.connection, f"SELECT clock {_APART_AT}", (self.stream, line.branch, seq))
        return int(row[0]) if row else 0


_BRANCHES = f"SELECT stream, branch, first, base, seq, digest FROM branch WHERE branch <> '{AHEAD}'"
_APART_AT = "FROM apart WHERE stream = ? AND branch = ? AND seq = ?"
_SET_BRANCH = (
    "INSERT INTO branch (stream, branch, first, base, seq, digest, clock) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (stream, branch) DO UPDATE SET seq = excluded.seq, digest = excluded.digest, clock = excluded.clock"
)
_SET_MAIN = (
    "INSERT INTO head (stream, seq, digest, clock) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, digest = excluded.digest, clock = excluded.clock"
)


def set_head(connection: sa.Connection, line: Line, clock: int) -> None:
    """Note where a line ends."""
    if line.branch == MAIN:
        write(connection, _SET_MAIN, [(line.stream, line.seq, line.digest, clock)])
    else:
        begun = (line.stream, line.branch, line.first, line.base, line.seq, line.digest, clock)
        write(connection, _SET_BRANCH, [begun])


def every_line(connection: sa.Connection) -> list[Line]:
    """Every line that this file holds whole, from its first act to its tip."""
    mains = rows(connection, "SELECT stream, seq, digest FROM head WHERE seq > 0 ORDER BY stream")
    branches = rows(connection, f"{_BRANCHES} ORDER BY stream, branch")
    return [
        *(Line(stream, MAIN, 1, GENESIS, seq, digest) for stream, seq, digest in mains),
        *(Line(*row) for row in branches),
    ]


def parted(connection: sa.Connection, stream: str) -> bool:
    """Whether a stream has branches here."""
    return any(line.branch != MAIN for line in Shelf(connection, stream).lines())


def held(connection: sa.Connection, stream: str, seq: int, digest: str) -> bool:
    """Whether an act is held in its place; then all before it are."""
    shelf = Shelf(connection, stream)
    return holds(shelf, shelf.lines(), _Place(seq, digest))


class _Place(NamedTuple):
    seq: int
    digest: str
    prev: str = ""


def digest_in_line(connection: sa.Connection, line: Line, seq: int) -> str | None:
    """Digest of the act at a position of a line; its base before its first act.

    None where the line ends earlier than it did: another exchange has made it part since it was read.
    """
    return line.base if seq < line.first else Shelf(connection, line.stream).digest_at(line, seq)


def read_after(connection: sa.Connection, line: Line, seq: int, limit: int) -> list[Row]:
    """Acts of a line after a position, in order, as they travel: at most `limit`, and on to the next signature.

    What is sent ends on a signed act, which covers all before it; a transaction is never cut.
    """
    where, values = _of_line(line)
    after = max(seq, line.first - 1)
    signed = f"{where} AND signature IS NOT NULL"
    cut = first(connection, f"SELECT min(seq) {signed} AND seq >= ?", (*values, min(after + limit, line.seq)))
    if cut is None or cut[0] is None:
        cut = first(connection, f"SELECT max(seq) {signed} AND seq > ?", (*values, after))
    last = cut[0] if cut and cut[0] is not None else after
    return rows(connection, f"SELECT {_NAMES} {where} AND seq > ? AND seq <= ? ORDER BY seq", (*values, after, last))


def read_unsigned(connection: sa.Connection, line: Line, seq: int, limit: int) -> list[Row]:
    """The same, signed or not: the end of a line whose last signature is lost."""
    where, values = _of_line(line)
    question = f"SELECT {_NAMES} {where} AND seq > ? ORDER BY seq LIMIT ?"
    return rows(connection, question, (*values, max(seq, line.first - 1), limit))


def _of_line(line: Line) -> tuple[str, list[str]]:
    if line.branch == MAIN:
        return "FROM act WHERE stream = ?", [line.stream]
    return "FROM apart WHERE stream = ? AND branch = ?", [line.stream, line.branch]


def with_ids(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Of acts held, by identity: their digest, and whether they came ahead of their turn."""
    found: dict[str, tuple[str, bool]] = {}
    for some in batches(ids):
        question = f"SELECT act_id, digest, '' FROM act WHERE act_id IN ({marks(some)})"
        found.update({row[0]: (row[1], False) for row in rows(connection, question, some)})
        question = f"SELECT act_id, digest, branch FROM apart WHERE act_id IN ({marks(some)})"
        found.update({row[0]: (row[1], row[2] == AHEAD) for row in rows(connection, question, some)})
    return found


def add(connection: sa.Connection, line: Line, acts: Sequence[Row]) -> None:
    """Acts that follow the end of a line, or begin it, take their place; those ahead of their turn have come to it."""
    last = SimpleNamespace(**dict(zip(COLUMNS, acts[-1], strict=True)))
    ids = [row[0] for row in acts]
    for some in batches(ids):
        write(connection, f"DELETE FROM apart WHERE branch = '{AHEAD}' AND act_id IN ({marks(some)})", [tuple(some)])
    if line.branch == MAIN:
        write(connection, f"INSERT INTO act ({_NAMES}) VALUES ({_PLACES})", list(acts))
    else:
        into = f"INSERT INTO apart ({_NAMES}, branch) VALUES ({_PLACES}, ?)"
        write(connection, into, [(*row, line.branch) for row in acts])
    whole = Line(line.stream, line.branch, line.first, line.base, last.seq, last.digest)
    set_head(connection, whole, last.clock)


def add_ahead(connection: sa.Connection, acts: Iterable[Row]) -> list[Row]:
    """Acts received ahead of their turn: counted at once, placed when what comes before them arrives."""
    into = f"INSERT INTO apart ({_NAMES}, branch) VALUES ({_PLACES}, '{AHEAD}') ON CONFLICT DO NOTHING RETURNING act_id"
    clock = COLUMNS.index("clock")
    added = [row for row in acts if first(connection, into, row)]
    if added:
        highest = max(row[clock] for row in added)
        write(connection, _SET_AHEAD, [("", AHEAD, highest)])
    return added


_SET_AHEAD = (
    "INSERT INTO branch (stream, branch, first, base, seq, digest, clock) VALUES (?, ?, 0, '', 0, '', ?) "
    "ON CONFLICT (stream, branch) DO UPDATE SET clock = max(clock, excluded.clock)"
)


_GAPPED = (
    "SELECT h.stream, (SELECT min(seq) FROM act AS a WHERE a.stream = h.stream AND NOT EXISTS "
    "(SELECT 1 FROM act WHERE stream = a.stream AND seq = a.seq + 1)) FROM head AS h "
    "WHERE h.seq > 0 AND h.seq <> (SELECT count(*) FROM act WHERE stream = h.stream)"
)


def end_before_gaps(connection: sa.Connection) -> None:
    """A main line that lacks acts ends before the first one lacking; those after it wait ahead of their turn."""
    for stream, last in rows(connection, _GAPPED):
        begun = first(connection, "SELECT 1 FROM act WHERE stream = ? AND seq = 1", (stream,))
        end = last if begun else 0
        after = rows(connection, f"SELECT {_NAMES} FROM act WHERE stream = ? AND seq > ? ORDER BY seq", (stream, end))
        write(connection, "DELETE FROM act WHERE stream = ? AND seq > ?", [(stream, end)])
        add_ahead(connection, after)
        write(connection, "DELETE FROM head WHERE stream = ?", [(stream,)])
        kept = first(connection, "SELECT digest, clock FROM act WHERE stream = ? AND seq = ?", (stream, end))
        if kept:
            set_head(connection, Line(stream, MAIN, 1, GENESIS, end, kept[0]), kept[1])


def loose(connection: sa.Connection) -> list[Row]:
    """Acts that wait ahead of their turn, stream after stream."""
    return rows(connection, f"SELECT {_NAMES} FROM apart WHERE branch = '{AHEAD}' ORDER BY stream, seq, act_id")


def loose_mark(connection: sa.Connection) -> str:
    """One word for the acts that wait ahead of their turn: another one as soon as they are others."""
    ids = rows(connection, f"SELECT act_id FROM apart WHERE branch = '{AHEAD}' ORDER BY act_id")
    return sha256("".join(row[0] for row in ids).encode()).hexdigest()


def close_stream(connection: sa.Connection, stream: str, following: str) -> None:
    """This desk writes a stream no more: another file went on with it. What it wrote stays."""
    write(connection, "INSERT OR IGNORE INTO successor (stream, next) VALUES (?, ?)", [(stream, following)])
