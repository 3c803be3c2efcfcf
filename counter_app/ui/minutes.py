"""The one clock of what is shown in minutes: all of it turns together, when the minute does."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

MOST, LEAST = 10_000, 100
"""Milliseconds between two looks: a clock that was set right is seen soon, and one that stands still is no loop."""
_MINUTE = 60_000


def until_it_turns(now: datetime) -> int:
    """Milliseconds to wait at a moment: until the minute turns, never long."""
    passed = now.second * 1000 + now.microsecond // 1000
    return max(LEAST, min(MOST, _MINUTE - passed))


class Minutes(QObject):
    """Says when to look at the hour again. Figures in whole minutes agree in between, whenever they are read."""

    turned = Signal()
    """The minute turned, or ten seconds passed."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._turn)
        self._wait()

    def _turn(self) -> None:
        self.turned.emit()
        self._wait()

    def _wait(self) -> None:
        self._next.start(until_it_turns(self._now()))
