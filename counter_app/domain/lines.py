"""Lines of a stream: where each act stands when one history of a device went two ways.

A stream is one chain as long as one file wrote it. A cloned disk or a restored copy writes a second act after the same
predecessor: from there the stream has two lines. A line begins where its stream begins or where histories part, and
ends where nothing follows or where they part again, so the lines are a pure function of the acts held. A line that
begins at a parting is a branch named after its first act: every holder of the same acts gives it the same name.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from counter_app.domain.acts import GENESIS

MAIN = ""
"""Name of the line that begins where its stream begins."""


class Link(Protocol):
    """What places an act in its chain."""

    @property
    def seq(self) -> int: ...
    @property
    def prev(self) -> str: ...
    @property
    def digest(self) -> str: ...


L = TypeVar("L", bound=Link)


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one stream without a parting."""

    stream: str
    branch: str
    """`MAIN`, or the name of a branch."""
    first: int
    """Position of its first act."""
    base: str
    """Digest of the act before its first one."""
    seq: int
    """Position of its last act."""
    digest: str
    """Digest of its last act."""

    @property
    def key(self) -> str:
        """The line in one word: the stream, then its branch."""
        return f"{self.stream}~{self.branch}" if self.branch else self.stream

    def covers(self, seq: int) -> bool:
        """Whether an act of the line stands at this position."""
        return self.first <= seq <= self.seq


def branch_name(stream: str, digest: str) -> str:
    """Name of the branch that begins with an act: the same for every holder of that act."""
    return hashlib.sha256(f"{stream}\n{digest}".encode()).hexdigest()[:16]


class Shelf(Protocol):
    """Where the acts of one stream are kept, line by line."""

    def lines(self) -> list[Line]:
        """Every line of the stream."""
        ...

    def digest_at(self, line: Line, seq: int) -> str | None:
        """Digest of the act at a position that the line covers."""
        ...

    def split(self, line: Line, seq: int, branch: str) -> None:
        """The acts of a line from a position on become a line of their own."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a run of acts goes: how many of its first acts are held already, and the line of those that are not."""

    held: int
    line: Line | None
    """The line that takes the rest, as it stands before; None when all are held, or when there is a gap."""
    gap: bool = False
    """The act before the first unknown one is not held here."""


def place(shelf: Shelf, stream: str, run: Sequence[Link]) -> Placed:
    """Find the place of a run: acts of one stream, each following the one before. Parts lines where histories part."""
    lines = shelf.lines()
    first = run[0]
    if not any(line.seq >= first.seq for line in lines):
        held = 0
    else:
        held = bisect_left(range(len(run)), True, key=lambda place: not holds(shelf, lines, run[place]))
    if held == len(run):
        return Placed(held, None)
    line = _line_after(shelf, stream, lines, run[held])
    return Placed(held, line, gap=line is None)


def holds(shelf: Shelf, lines: Sequence[Line], link: Link) -> bool:
    """Whether an act is held; then all before it in its chain are held too."""
    return any(line.covers(link.seq) and shelf.digest_at(line, link.seq) == link.digest for line in lines)


def _line_after(shelf: Shelf, stream: str, lines: Sequence[Line], link: Link) -> Line | None:
    """The line that an act not held yet goes on with, or begins; None when its predecessor is not held."""
    branch = Line(stream, branch_name(stream, link.digest), link.seq, link.prev, link.seq - 1, link.prev)
    siblings = [line for line in lines if line.first == link.seq and line.base == link.prev]
    holder = _holder(shelf, lines, link)
    if link.seq == 1 and link.prev == GENESIS:
        return _begun(shelf, siblings, branch)
    if holder is None:
        return None
    if holder.seq >= link.seq:
        following = shelf.digest_at(holder, link.seq)
        assert following is not None, "a line holds every act between its ends"
        shelf.split(holder, link.seq, branch_name(stream, following))
        return branch
    return branch if siblings else holder


def _begun(shelf: Shelf, siblings: Sequence[Line], branch: Line) -> Line:
    """The first act of a stream; when another history begins it too, both are branches."""
    for line in siblings:
        if line.branch == MAIN:
            first = shelf.digest_at(line, 1)
            assert first is not None, "a line holds its first act"
            shelf.split(line, 1, branch_name(line.stream, first))
    return branch if siblings else Line(branch.stream, MAIN, 1, GENESIS, 0, GENESIS)


def _holder(shelf: Shelf, lines: Sequence[Line], link: Link) -> Line | None:
    """The line in which the predecessor of an act stands."""
    before = link.seq - 1
    for line in lines:
        if line.seq == before and line.digest == link.prev:
            return line
    found = (line for line in lines if line.covers(before) and shelf.digest_at(line, before) == link.prev)
    return next(found, None)


def runs(acts: Sequence[L]) -> list[list[L]]:
    """Acts of one stream cut into runs in which each follows the one before."""
    found: list[list[L]] = []
    for act in acts:
        last = found[-1][-1] if found else None
        if last is not None and act.seq == last.seq + 1 and act.prev == last.digest:
            found[-1].append(act)
        else:
            found.append([act])
    return found
