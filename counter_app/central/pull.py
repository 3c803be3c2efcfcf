"""Acts that desks lack: line by line after what they hold, or the newest ones ahead of their turn."""

from collections.abc import Iterable, Sequence
from heapq import nlargest

import sqlalchemy as sa

from counter_app.central.checks import storable
from counter_app.central.shelf import end_clocks, every_line
from counter_app.central.tables import act
from counter_app.domain.envelope import LARGEST
from counter_app.domain.lines import Line
from counter_app.store.statements import batches
from counter_app.sync.wire import BACKLOG, MOST_BYTES, WIRE, Probe, ProbeAnswer, Pull, PullAnswer, WireAct

ROOM = MOST_BYTES // 4
"""Characters of details in one answer: what travels stays within what the desk reads, whatever JSON adds."""
AT_A_TIME = 500
"""Acts in memory before their room is counted."""
MOST_PLACES = 10_000
"""Positions looked at for one probe."""

_COLUMNS = [act.c[name] for name in WIRE]
_OF_LINE = (
    act.c.site == sa.bindparam("site"),
    act.c.stream == sa.bindparam("stream"),
    act.c.branch == sa.bindparam("branch"),
    act.c.seq > sa.bindparam("after"),
)
_NEXT = sa.select(*_COLUMNS).where(*_OF_LINE).order_by(act.c.seq).limit(sa.bindparam("most"))
_LAST = _NEXT.order_by(None).order_by(act.c.seq.desc())
_DIGESTS = (
    sa.select(act.c.seq, act.c.digest)
    .where(
        act.c.site == sa.bindparam("site"),
        act.c.stream == sa.bindparam("stream"),
        act.c.seq.in_(sa.bindparam("places", expanding=True)),
    )
    .order_by(act.c.seq, act.c.digest)
)
_CLOCKS = sa.select(act.c.clock, act.c.seq).where(*_OF_LINE).order_by(act.c.seq.desc()).limit(sa.bindparam("most"))


def pull(connection: sa.Connection, site: str, question: Pull) -> PullAnswer:
    """Acts after what a desk holds of each line that it names."""
    lines = [(line, _after(line, question)) for line in every_line(connection, site) if line.key in question.after]
    lacking = [(line, after) for line, after in lines if after < line.seq]
    limit = max(1, min(question.limit, BACKLOG))
    if question.newest:
        return PullAnswer(_newest(connection, site, lacking, limit), more=False)
    found: list[WireAct] = []
    reached: dict[str, int] = {}
    room, more = ROOM, False
    for line, after, most in _shares(_in_turn(lacking), limit):
        if room <= 0:
            more = True
            break
        acts = _read(connection, _NEXT, _place(site, line, after, most), room)
        found += acts
        room -= sum(map(_size, acts))
        reached[line.key] = acts[-1].seq
    more = more or any(reached.get(line.key, after) < line.seq for line, after in lacking)
    return PullAnswer(tuple(found), reached, more)


def probe(connection: sa.Connection, site: str, question: Probe) -> ProbeAnswer:
    """Digests of the acts that stand at these positions, in any line."""
    left = MOST_PLACES
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for stream, places in question.places.items():
        wanted = [seq for seq in places[:left] if 0 < seq <= LARGEST]
        left -= len(wanted)
        found[stream] = _digests(connection, site, stream, wanted) if storable(stream) else {}
    return ProbeAnswer(found)


def _after(line: Line, question: Pull) -> int:
    return max(line.first - 1, min(question.after[line.key], line.seq))


def _in_turn(lacking: Sequence[tuple[Line, int]]) -> list[tuple[Line, int]]:
    """Lines whose acts can be placed as they come: a branch waits until the line that it parted from was told whole."""
    ends = {(line.stream, line.seq, line.digest) for line, _after in lacking}
    return [(line, after) for line, after in lacking if (line.stream, line.first - 1, line.base) not in ends]


def _shares(lacking: Iterable[tuple[Line, int]], limit: int) -> list[tuple[Line, int, int]]:
    """How many acts of each line: those with little left are told whole, the others share what remains."""
    waiting = sorted(lacking, key=lambda one: (one[0].seq - one[1], one[0].key))
    shares: list[tuple[Line, int, int]] = []
    for place, (line, after) in enumerate(waiting):
        most = min(line.seq - after, max(1, limit // (len(waiting) - place)))
        if limit <= 0:
            break
        limit -= most
        shares.append((line, after, most))
    return shares


def _place(site: str, line: Line, after: int, most: int) -> dict[str, object]:
    return {"site": site, "stream": line.stream, "branch": line.branch, "after": after, "most": most}


def _read(
    connection: sa.Connection, question: sa.Select[tuple[object, ...]], values: dict[str, object], room: int
) -> list[WireAct]:
    """Acts of a line, as long as they fit; one at least: whatever its size, it has to pass."""
    found: list[WireAct] = []
    with connection.execute(question, values, execution_options={"yield_per": AT_A_TIME}) as rows:
        for row in rows:
            one = WireAct._make(row)
            room -= _size(one)
            if found and room < 0:
                break
            found.append(one)
    return found


def _newest(
    connection: sa.Connection, site: str, lacking: Sequence[tuple[Line, int]], limit: int
) -> tuple[WireAct, ...]:
    """The last acts of the lines, in the order of their clocks: within a line clocks grow with positions."""
    clocks: list[tuple[int, int]] = []
    ends = end_clocks(connection, site)
    for place, (line, after) in sorted(enumerate(lacking), key=lambda one: -ends[one[1][0].stream, one[1][0].branch]):
        if len(clocks) == limit and ends[line.stream, line.branch] < clocks[-1][0]:
            break
        acts = connection.execute(_CLOCKS, _place(site, line, after, limit))
        clocks += ((clock, place) for clock, _seq in acts)
        clocks = nlargest(limit, clocks)
    counts: dict[int, int] = {}
    for _clock, place in clocks:
        counts[place] = counts.get(place, 0) + 1
    found: list[WireAct] = []
    for place, count in counts.items():
        found += _read(connection, _LAST, _place(site, *lacking[place], count), ROOM // len(counts))
    return tuple(sorted(found, key=lambda one: one.clock))


def _size(one: WireAct) -> int:
    return len(one.details or "")


def _digests(connection: sa.Connection, site: str, stream: str, places: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for some in batches(places):
        for seq, digest in connection.execute(_DIGESTS, {"site": site, "stream": stream, "places": some}):
            found[seq] = (*found.get(seq, ()), digest)
    return found
