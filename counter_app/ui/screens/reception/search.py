"""Searching as the agent types: asked a moment after the last letter, since a reader types six in a blink."""

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.ui.workbench import Workbench
from counter_app.usecases import find

PAUSE = 25
"""Milliseconds after a letter before the search is asked: the first letters of a scan are never searched."""
HITS = 30


class Search(QObject):
    """Only the newest question counts."""

    found = Signal(str, list)
    """The text, and the hits it found."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._wanted = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)

    def begin(self, wanted: str) -> None:
        """Search for this; whatever was searched before is no longer wanted."""
        self.forget()
        self._wanted = wanted
        if len(wanted) >= find.SHORTEST:
            self._pause.start()

    def hurry(self) -> None:
        """Enter: ask now."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    def forget(self) -> None:
        """Nothing is searched any more."""
        self._pause.stop()
        self._bench.lanes.forget("search")

    def _ask(self) -> None:
        wanted, desk = self._wanted, self._bench.desk
        self._bench.look("search", lambda: find.search(desk, wanted, HITS), lambda hits: self.found.emit(wanted, hits))
