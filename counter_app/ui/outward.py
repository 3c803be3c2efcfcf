"""What the window asks of the central from its lanes, and what an act waits for: answers that may never come."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import TypeVar

from counter_app.sync.transport import Central, Trouble, TroubleKind
from counter_app.sync.wire import Answer, Opened, Question
from counter_app.ui.tasks import Lanes

LIMIT = 0.3
"""Seconds that an act waits at most for the other desks, counted from the moment at which the file was opened."""
STILL_HERE = 60_000
"""Milliseconds between two words to the central that a file is still open; it forgets after three minutes."""
SILENT = Trouble(TroubleKind.CLOSED, "")

T = TypeVar("T")
Elsewhere = tuple[Opened, ...] | None
"""Who else has a file open; None when nobody could say."""


@dataclass(frozen=True, slots=True)
class Outward:
    """A central asked from a lane: a window that closes waits for no answer."""

    lanes: Lanes
    central: Central

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """The answer, or a trouble when the window closes meanwhile."""
        return self.lanes.outside(lambda: self.central.ask(question, patience)) or SILENT

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what the exchanges rely on ends."""
        return self.central.endings()

    def close(self) -> None:
        """Let go of the line."""
        self.central.close()


class Check:
    """The other desks, asked about a file when it is opened; the act waits for them, never for long."""

    def __init__(self, exchanged: "Future[None]") -> None:
        self._until = monotonic() + LIMIT
        self._exchanged = exchanged
        self.opened: Future[Elsewhere] = Future()

    @property
    def in_time(self) -> bool:
        """Whether nobody can have decided anything yet: the answer was painted a moment ago."""
        return monotonic() <= self._until

    def wait(self) -> Elsewhere:
        """From the desk's lane, before an act: who else has the file open, and what they recorded is here by then."""
        self._within(self._exchanged)
        return self._within(self.opened)

    def _within(self, answer: "Future[T]") -> T | None:
        try:
            return answer.result(max(0.0, self._until - monotonic()))
        except TimeoutError:
            return None
