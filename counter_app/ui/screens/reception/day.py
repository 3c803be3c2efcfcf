"""The people of the day, looked at again after each act and as the clock goes on."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.ui.screens.reception.rows import DayView, day_view
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find

REFRESH = 30_000
"""Milliseconds between two looks at the day: the list « expected now » moves with the clock."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The day at a moment."""

    at: datetime
    view: DayView


class Day(QObject):
    """Looks off the UI thread; only the newest look counts."""

    seen = Signal(object)
    """A Seen."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        bench.acted.connect(self.look)
        clock = QTimer(self, interval=REFRESH)
        clock.timeout.connect(self.look)
        clock.start()

    def look(self) -> None:
        """Look now."""
        desk = self._bench.desk

        def looked() -> Seen:
            at = desk.now()
            return Seen(at, day_view(find.day(desk, at.date()), at))

        self._bench.look("day", looked, self.seen.emit)
