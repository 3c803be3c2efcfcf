"""The window closes: the acts of the last moments leave first, when that is a matter of an instant."""

from PySide6.QtCore import QEvent, QObject, QTimer

from counter_app.sync.state import Phase
from counter_app.ui.exchanges import LAST
from counter_app.ui.main_window import MainWindow
from counter_app.ui.workbench import Workbench

READ = 4_000
"""Milliseconds for which the number of acts that stay here is shown. Closing once more does not wait."""


class Parting(QObject):
    """Holds the close of a window back, once and for two seconds at most, while the last acts are sent."""

    def __init__(self, bench: Workbench, window: MainWindow) -> None:
        super().__init__(window)
        self._bench, self._window = bench, window
        self._begun = False
        self._limit, self._read = (QTimer(self, singleShot=True) for _timer in range(2))
        self._limit.timeout.connect(lambda: self._sent(None))
        self._read.timeout.connect(window.close)
        window.installEventFilter(self)

    def let_go(self) -> None:
        """The window goes without parting: another one takes its place."""
        self._begun = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The first time that the window is asked to close."""
        if event.type() is not QEvent.Type.Close or self._begun or not self._wanted:
            return False
        self._begun = True
        event.ignore()
        self._window.work.setEnabled(False)
        self._window.say(self._bench.words("shell.parting"))
        self._limit.start(int(LAST * 1000))
        self._bench.exchanges.finish(self._sent)
        return True

    @property
    def _wanted(self) -> bool:
        exchanges = self._bench.exchanges
        return exchanges.enrolled and exchanges.state.phase is not Phase.REVOKED and not self._bench.lanes.closing

    def _sent(self, waiting: int | None) -> None:
        """How many acts stay here for now; None when nobody knows in time."""
        self._limit.stop()
        if waiting == 0:
            self._window.close()
        elif not self._read.isActive():
            words = self._bench.words
            self._window.say(words.counted("shell.unsent", waiting) if waiting else words("shell.unsent_unknown"))
            self._read.start(READ)
