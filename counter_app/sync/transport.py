"""What carries questions to a central, and what may come back instead of an answer. Nothing here raises."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from counter_app.sync.wire import Answer, Question


class TroubleKind(StrEnum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    """No line, no central, or a certificate that is not ours: the desk works on, and tries again."""
    LATER = "later"
    """The central, or something on the way, asks to come back."""
    UNAUTHORISED = "unauthorised"
    """The desk's token is not accepted any more: it has to be enrolled again; local work goes on."""
    TOO_OLD = "too_old"
    """The central no longer understands this version."""
    CLOSED = "closed"
    """This desk no longer asks, since its window closes: nothing went wrong."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """No answer: nothing is known of what became of the question, so it is asked again later."""

    kind: TroubleKind
    sentence: str
    """French, for the agent: what is wrong and what to do."""
    retry_after: float | None = None
    """Seconds that the other side asks to wait."""
    word: str = ""
    """The same in English, for logs and programs: `refused`, `certificate`, `used`."""


class Central(Protocol):
    """A central within reach of this desk, or not."""

    def ask(self, question: Question, patience: float | None = None) -> Answer | Trouble:
        """Ask, and wait for the answer; never raises for what a network or a server does. Threads may share it.

        `patience`: seconds without a byte after which it is given up; None: as long as a network may reasonably take.
        """
        ...

    def endings(self) -> tuple[tuple[str, datetime], ...]:
        """When what the exchanges rely on ends, as far as it is known: for `outcomes.endings`."""
        ...

    def close(self) -> None:
        """Let go of the line. What is still asked gets a trouble, or an early answer."""
        ...
