"""Acts that come from elsewhere, written into a desk's file: envelopes checked, lines extended, rows folded.

Nothing that was received is dropped: what the journal cannot hold is set aside to the letter, and shown. An act of a
kind or version that this desk does not know takes its place in its line, without effect, and is shown too.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from counter_app.domain.acts import VERSION, Act, ActKind, Subject
from counter_app.domain.envelope import fault
from counter_app.domain.lines import place, runs
from counter_app.store import projections
from counter_app.store.act_rows import read_row
from counter_app.store.journal import COLUMNS
from counter_app.store.lines import Shelf, add, add_ahead, with_ids
from counter_app.store.statements import Row, driver, marks, write

Check = Callable[[str, str, str], bool | None]
"""Whether the device of a stream (first) made this signature (third) of a digest (second); None: device not known."""

ACT_ID, STREAM, SEQ, SITE, AT, CLOCK, KIND, ACT_VERSION = (
    COLUMNS.index(name) for name in ("act_id", "stream", "seq", "site", "at", "clock", "kind", "version")
)
PREV, DIGEST, SIGNATURE = (COLUMNS.index(name) for name in ("prev", "digest", "signature"))
_KINDS = frozenset(map(str, ActKind))

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Received:
    """What became of acts received."""

    added: int = 0
    """Acts that this file did not hold."""
    set_aside: int = 0
    """Acts kept apart: their envelope does not hold, or they cannot be folded."""
    gaps: set[str] = field(default_factory=set)
    """Streams of which something before is missing: asked for again."""
    subjects: set[Subject] = field(default_factory=set)
    """What the added acts are about."""


class Link:
    """What places a row in its chain (see `domain.lines.Link`)."""

    __slots__ = ("digest", "prev", "row", "seq")

    def __init__(self, row: Row) -> None:
        self.row, self.seq, self.prev, self.digest = row, int(row[SEQ]), str(row[PREV]), str(row[DIGEST])


def receive(connection: sa.Connection, acts: Sequence[Row], site: str, check: Check, at: datetime) -> Received:
    """Take acts of other desks into the file, in the transaction that the connection holds."""
    done, placed = Received(), list[Row]()
    for stream, links in _by_stream(connection, acts, site, at, done).items():
        for run in runs(links):
            placed += _receive_run(connection, stream, run, check, at, done)
    # Together: what several desks told of one person is folded once, in its order.
    _count(connection, placed, at, done)
    return done


def receive_ahead(connection: sa.Connection, acts: Sequence[Row], site: str, at: datetime) -> Received:
    """Take the newest acts ahead of those before them: they count at once, and their chain is proved later."""
    done = Received()
    sound = [link.row for links in _by_stream(connection, acts, site, at, done).values() for link in links]
    known = with_ids(connection, [row[ACT_ID] for row in sound])
    _count(connection, add_ahead(connection, [row for row in sound if row[ACT_ID] not in known]), at, done)
    return done


def _by_stream(
    connection: sa.Connection, acts: Sequence[Row], site: str, at: datetime, done: Received
) -> dict[str, list[Link]]:
    """Acts whose envelope holds, by stream; what comes after a broken one in its stream has to wait for it."""
    found: dict[str, list[Link]] = {}
    broken: set[object] = set()
    for row in acts:
        reason = fault(row) or (None if row[SITE] == site else "site")
        stream = row[STREAM] if len(row) == len(COLUMNS) else None
        if reason:
            set_aside(connection, row, reason, at, done)
            broken.add(stream)
        elif stream not in broken:
            found.setdefault(str(stream), []).append(Link(row))
    return found


def _receive_run(
    connection: sa.Connection, stream: str, run: list[Link], check: Check, at: datetime, done: Received
) -> list[Row]:
    """Put a run in its line. Answers what is to be folded: what this file held in no way."""
    run = _signed(connection, stream, run, check, at, done)
    known = with_ids(connection, [link.row[ACT_ID] for link in run])
    if (other := _of_another(run, {act_id: digest for act_id, (digest, _early) in known.items()})) is not None:
        set_aside(connection, run[other].row, "act_id", at, done)
        run = run[:other]
    if not run:
        return []
    placed = place(Shelf(connection, stream), stream, run)
    if placed.gap:
        done.gaps.add(stream)
    if placed.line is None:
        return []
    rest = [link.row for link in run[placed.held :]]
    add(connection, placed.line, rest)
    ahead = {act_id for act_id, (_digest, early) in known.items() if early}
    return [row for row in rest if row[ACT_ID] not in ahead]


def _of_another(run: list[Link], known: dict[str, str]) -> int | None:
    """Place of the first act that bears the identity of another one."""
    seen = dict(known)
    for place_, link in enumerate(run):
        if seen.setdefault(link.row[ACT_ID], link.digest) != link.digest:
            return place_
    return None


def _signed(
    connection: sa.Connection, stream: str, run: list[Link], check: Check, at: datetime, done: Received
) -> list[Link]:
    """The run, up to the last signature before one that its device did not make.

    Acts after the last signature of all are covered by one that comes later.
    """
    signed = 0
    for place_, link in enumerate(run):
        signature = link.row[SIGNATURE]
        if signature is None:
            continue
        if check(stream, link.digest, signature) is False:
            set_aside(connection, link.row, "signature", at, done)
            return run[:signed]
        signed = place_ + 1
    return run


def _count(connection: sa.Connection, rows: Sequence[Row], at: datetime, done: Received) -> None:
    """Fold acts just written. One that breaks the fold is shown and left without effect: the rest goes on."""
    acts = [read_row(row) for row in rows]
    done.added += len(acts)
    done.subjects.update(act.subject for act in acts)
    for row in rows:
        if row[KIND] not in _KINDS or row[ACT_VERSION] > VERSION:
            set_aside(connection, row, "newer", at, Received(), keep=False)
    for row in _unfoldable(connection, acts, rows):
        set_aside(connection, row, "fold", at, done, keep=False)


def show_understood(connection: sa.Connection) -> None:
    """Once everything was folded again, by a newer program perhaps: what has its effect now is shown as set aside no
    more."""
    known = f"kind IN ({marks(list(_KINDS))}) AND version <= ?"
    understood = f"reason = 'fold' OR (reason = 'newer' AND digest IN (SELECT digest FROM act WHERE {known}))"
    write(connection, f"DELETE FROM set_aside_act WHERE {understood}", [(*_KINDS, VERSION)])


def _unfoldable(connection: sa.Connection, acts: list[Act], rows: Sequence[Row]) -> Sequence[Row]:
    """Fold acts; answers those that break the fold, found by halves."""
    if not acts or _folded(connection, acts):
        return ()
    if len(acts) == 1:
        return rows
    half = len(acts) // 2
    first = _unfoldable(connection, acts[:half], rows[:half])
    return (*first, *_unfoldable(connection, acts[half:], rows[half:]))


def _folded(connection: sa.Connection, acts: list[Act]) -> bool:
    under = driver(connection)
    under.execute("SAVEPOINT folding")
    # What the disk answers passes: SQLite then takes the whole transaction back by itself, this point with it.
    try:
        projections.project(connection, acts)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        under.execute("ROLLBACK TO folding")
        under.execute("RELEASE folding")
        log.warning("acts received could not be folded: %s", type(error).__name__)
        return False
    under.execute("RELEASE folding")
    return True


def set_aside(
    connection: sa.Connection, row: Row, reason: str, at: datetime, done: Received, *, keep: bool = True
) -> None:
    """Show an act that has no effect here; `keep`: the journal does not hold it, so its bytes are kept apart."""
    raw = json.dumps(list(row), ensure_ascii=False, default=str)
    whole = len(row) == len(COLUMNS)
    values = (
        str(row[DIGEST]) if whole else raw[:64],
        str(row[STREAM]) if whole else "",
        row[SEQ] if whole and isinstance(row[SEQ], int) else 0,
        reason,
        at.isoformat(),
        raw if keep else None,
    )
    write(connection, _SET_ASIDE, [values])
    done.set_aside += 1


_SET_ASIDE = (
    "INSERT OR IGNORE INTO set_aside_act (digest, stream, seq, reason, received_at, raw) VALUES (?, ?, ?, ?, ?, ?)"
)
