"""A central asked in a hurry: somebody stands at the desk, and a command waits for nobody longer than it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from counter_app.sync.transport import Central, Trouble, TroubleKind
from counter_app.sync.wire import Answer, Question

TOO_LATE = Trouble(TroubleKind.CLOSED, "")


@dataclass(frozen=True, slots=True)
class Hurried:
    """Gives up at a moment, between two questions or in the middle of one. What was exchanged until then stays."""

    central: Central
    ticks: Callable[[], float]
    """Seconds of a stopwatch."""
    until: float

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """The answer, when it comes in time."""
        left = self.until - self.ticks()
        return self.central.ask(question, min(left, patience or left)) if left > 0 else TOO_LATE

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what the exchanges rely on ends."""
        return self.central.endings()

    def close(self) -> None:
        """Let go of the line."""
        self.central.close()
