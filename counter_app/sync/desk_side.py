"""What an exchange needs of the desk's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from counter_app.domain.lines import Line
from counter_app.sync.wire import Hello, HelloAnswer, Pushed, Tip, Vouched, WireAct


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of acts received."""

    added: int = 0
    set_aside: int = 0
    subjects: frozenset[tuple[str, str]] = frozenset()


class Ledger(Protocol):
    """The desk's file, as an exchange needs it. Each call is one short transaction."""

    def hello(self, error: str | None) -> Hello:
        """Who this desk is and what it holds."""
        ...

    def lines(self) -> list[Line]:
        """Every line held whole."""
        ...

    def holds(self, stream: str, tip: Tip) -> bool:
        """Whether an act is held in its place."""
        ...

    def digests(self, line: Line, places: Sequence[int]) -> dict[int, str]:
        """Digests of a line of this desk at some positions."""
        ...

    def read_after(self, line: Line, seq: int, limit: int) -> list[WireAct]:
        """Acts of a line after a position, on to a signed one."""
        ...

    def receive(self, acts: Sequence[WireAct], *, ahead: bool = False) -> Taken:
        """Write acts of other desks."""
        ...

    def greeted(self, answer: HelloAnswer) -> None:
        """Keep what the central told of itself and of the desks; take a new incarnation when it must be."""
        ...

    def vouched(self, device: str) -> Vouched | None:
        """What the central once told of a desk, to tell it again."""
        ...

    def pushed(self, runs: Sequence[Pushed]) -> None:
        """Show what the central could not take."""
        ...

    def loose(self, generation: str) -> list[list[WireAct]]:
        """Acts whose predecessors are not here, so many for one push; none once this central keeps them apart."""
        ...

    def loose_kept(self, generation: str) -> None:
        """A central keeps apart all that `loose` gave."""
        ...
