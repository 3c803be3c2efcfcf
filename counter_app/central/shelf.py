"""Lines of a site in the central store, and the acts on them: the `Shelf` of `domain.lines.place`."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

import sqlalchemy as sa

from counter_app.central.tables import act, line
from counter_app.domain.lines import Line
from counter_app.store.statements import batches
from counter_app.sync.wire import WIRE, Tip, WireAct

COLUMNS = (*WIRE, "branch")
"""Columns of an act in the store, in the order in which they are written."""

_LINES = sa.select(line.c.stream, line.c.branch, line.c.first, line.c.base, line.c.seq, line.c.digest).where(
    line.c.site == sa.bindparam("site")
)
_IN_ORDER = _LINES.order_by(line.c.stream, line.c.branch)
_OF_STREAM = _LINES.where(line.c.stream == sa.bindparam("stream"))
_ENDS = sa.select(line.c.stream, line.c.branch, line.c.clock).where(line.c.site == sa.bindparam("site"))
_MARK = sa.select(sa.func.coalesce(sa.func.sum(line.c.seq - line.c.first + 1), 0)).where(
    line.c.site == sa.bindparam("site")
)
_HERE = (
    line.c.site == sa.bindparam("here_site"),
    line.c.stream == sa.bindparam("here_stream"),
    line.c.branch == sa.bindparam("here_branch"),
)
_BEGIN, _MOVE, _FORGET = sa.insert(line), sa.update(line).where(*_HERE), sa.delete(line).where(*_HERE)
_AT = sa.select(act.c.digest).where(
    act.c.site == sa.bindparam("site"),
    act.c.stream == sa.bindparam("stream"),
    act.c.branch == sa.bindparam("branch"),
    act.c.seq == sa.bindparam("seq"),
)
_CLOCK_AT = _AT.with_only_columns(act.c.clock)
_HELD = sa.select(act.c.act_id, act.c.digest).where(
    act.c.site == sa.bindparam("site"), act.c.act_id.in_(sa.bindparam("ids", expanding=True))
)
_INSERT = f"INSERT INTO act ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_COPY = f"COPY act ({', '.join(COLUMNS)}) FROM STDIN"


def every_line(connection: sa.Connection, site: str) -> list[Line]:
    """Every line of a site, in the order of their keys."""
    return [Line(*row) for row in connection.execute(_IN_ORDER, {"site": site}).all()]


def end_clocks(connection: sa.Connection, site: str) -> dict[tuple[str, str], int]:
    """Clock of the last act of each line of a site, by stream and branch."""
    return {(stream, branch): clock for stream, branch, clock in connection.execute(_ENDS, {"site": site}).all()}


def tip(one: Line) -> Tip:
    """Where a line begins and ends, as it is told."""
    return Tip(one.first, one.seq, one.digest)


def mark(lines: Iterable[Line]) -> int:
    """How many acts the lines of a site hold: it grows with each one, and a parting does not change it."""
    return sum(one.seq - one.first + 1 for one in lines)


def mark_of(connection: sa.Connection, site: str) -> int:
    """The same, counted by the store."""
    return int(connection.execute(_MARK, {"site": site}).scalar_one())


class SiteShelf:
    """One stream of a site, inside a transaction; while acts are written, its devices are locked (`push`)."""

    def __init__(self, connection: sa.Connection, site: str, stream: str, lines: list[Line] | None = None) -> None:
        """`lines`: those of the stream, when they are known already."""
        self._connection, self._site, self._stream = connection, site, stream
        self._lines = lines

    def lines(self) -> list[Line]:
        """Every line of the stream."""
        if self._lines is None:
            found = self._connection.execute(_OF_STREAM, {"site": self._site, "stream": self._stream})
            self._lines = [Line(*row) for row in found.all()]
        return list(self._lines)

    def digest_at(self, one: Line, seq: int) -> str | None:
        """Digest of the act at a position that the line covers."""
        if seq == one.seq:
            return one.digest
        return self._connection.execute(_AT, self._place(one, seq)).scalar_one_or_none()

    def split(self, one: Line, seq: int, branch: str) -> None:
        """The acts of a line from a position on become a line of their own."""
        before = one.base if seq == one.first else self.digest_at(one, seq - 1)
        assert before is not None, "a line holds every act between its ends"
        moved = sa.update(act).where(act.c.site == self._site, act.c.stream == self._stream)
        self._connection.execute(moved.where(act.c.branch == one.branch, act.c.seq >= seq).values(branch=branch))
        self._set(Line(self._stream, branch, seq, before, one.seq, one.digest))
        self._set(Line(self._stream, one.branch, one.first, one.base, seq - 1, before))

    def add(self, one: Line, acts: Sequence[WireAct]) -> None:
        """Acts that follow the end of a line, or begin it, take their place."""
        write_acts(self._connection, [(*values, one.branch) for values in acts])
        last = acts[-1]
        self._set(Line(one.stream, one.branch, one.first, one.base, last.seq, last.digest), last.clock)

    def _set(self, one: Line, clock: int | None = None) -> None:
        """Note where a line begins and ends; one without acts is forgotten."""
        names = {"site": self._site, "stream": self._stream, "branch": one.branch}
        here = {f"here_{name}": value for name, value in names.items()}
        known = any(each.branch == one.branch for each in self.lines())
        self._lines = [each for each in self.lines() if each.branch != one.branch]
        if one.seq < one.first:
            self._connection.execute(_FORGET, here)
            return
        if clock is None:
            clock = self._connection.execute(_CLOCK_AT, self._place(one, one.seq)).scalar_one()
        ends = {"first": one.first, "base": one.base, "seq": one.seq, "digest": one.digest, "clock": clock}
        if known:
            self._connection.execute(_MOVE, here | ends)
        else:
            self._connection.execute(_BEGIN, names | ends)
        self._lines.append(one)

    def _place(self, one: Line, seq: int) -> dict[str, object]:
        return {"site": self._site, "stream": self._stream, "branch": one.branch, "seq": seq}


class Twice(Exception):
    """An act bears the identity of another one, held already or written at this moment by another push."""


def write_acts(connection: sa.Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Write acts (`COLUMNS`) by the fastest way that each driver has. Raises Twice."""
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection in use has its driver's"
    try:
        if connection.dialect.name == "sqlite":
            driver.executemany(_INSERT, rows)
            return
        with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise Twice from error


def identities(connection: sa.Connection, site: str, ids: Sequence[str]) -> dict[str, str]:
    """Digests of those of these acts that are held, by identity."""
    found: dict[str, str] = {}
    for some in batches(ids):
        found.update(map(itemgetter(0, 1), connection.execute(_HELD, {"site": site, "ids": some})))
    return found
