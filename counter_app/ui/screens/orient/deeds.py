"""What is recorded about somebody without an appointment: a slip, or a number in the queue."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases import let_in, orient
from counter_app.usecases.desk import Desk
from counter_app.usecases.orient import Demand, Oriented
from counter_app.usecases.queue_answers import LetIn

T = TypeVar("T")


class OrientDeeds(QObject):
    """One at a time: an Enter pressed twice is one gesture."""

    given = Signal(object)
    """An Oriented: its slip is on its way to the printer."""
    gone_in = Signal()
    """Somebody has a number in the queue instead of a slip."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._recording = bench, False

    def give_slip(self, demand: Demand) -> None:
        """Record where somebody is sent, and print it."""
        self._record(orient.orient, demand, self._given)

    def let_in(self, demand: Demand) -> None:
        """Somebody is received without an appointment."""
        self._record(let_in.let_in, demand, self._let_in)

    def _record(self, gesture: Callable[[Desk, Demand], T], demand: Demand, done: Callable[[T], None]) -> None:
        if self._recording:
            return
        self._recording = True
        desk = self._bench.desk
        self._bench.do(lambda: gesture(desk, demand), done, self._broke)

    def _given(self, done: Oriented) -> None:
        self._recording = False
        self.given.emit(done)
        self._bench.paper_wanted.emit(done.slip.id)
        self._bench.acted.emit()

    def _let_in(self, done: LetIn) -> None:
        self._recording = False
        self._bench.paper_wanted.emit(done.ticket.id)
        self._bench.acted.emit()
        self._bench.told.emit(self._bench.words("queue.done.let_in", number=done.ticket.ticket))
        self.gone_in.emit()

    def _broke(self, broken: Breakage) -> None:
        """Nothing was recorded: ready to be asked again, and the window says why."""
        self._recording = False
        self._bench.lanes.broke.emit(broken)
