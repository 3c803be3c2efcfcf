"""One person after the other: an answer that comes late is never shown as the answer about the next person."""

from PySide6.QtCore import QObject, Signal

from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Work, Workbench
from counter_app.usecases.answers import ArrivalAnswer


class Turns(QObject):
    """Asks the desk about the person in front of the agent, off the UI thread, in order."""

    answered = Signal(object)
    """The ArrivalAnswer about the person in front."""
    overtaken = Signal(object)
    """The same about somebody before: somebody else came meanwhile."""
    broke = Signal(object)
    """A Breakage: nothing was answered."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._turn = 0
        self.asking = False
        """A question about the person in front is not answered yet."""

    def next(self) -> None:
        """Somebody else, or nobody, is in front of the agent."""
        self._turn += 1
        self.asking = False

    def ask(self, work: Work[ArrivalAnswer]) -> None:
        """Ask about the person in front."""
        turn = self._turn
        self.asking = True

        def answered(answer: ArrivalAnswer) -> None:
            self._settle(turn)
            (self.answered if turn == self._turn else self.overtaken).emit(answer)
            self._bench.acted.emit()  # last: what the day looks like now is read while the answer is painted

        def failed(broken: Breakage) -> None:
            self._settle(turn)
            self.broke.emit(broken)

        self._bench.do(work, answered, failed)

    def _settle(self, turn: int) -> None:
        if turn == self._turn:
            self.asking = False
