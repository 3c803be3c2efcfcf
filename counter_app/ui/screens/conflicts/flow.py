"""What the inbox of conflicts does: look for those that wait, record the answer given to one."""

from PySide6.QtCore import QObject, Signal

from counter_app.telling.conflicts import effect_told, refusal_told
from counter_app.ui.screens.conflicts.state import InboxState
from counter_app.ui.widgets.reason import Reason
from counter_app.ui.workbench import Workbench
from counter_app.usecases import work_items
from counter_app.usecases.conflict_answers import Conflict, Settled


class ConflictFlow(QObject):
    """One state, one signal; the desk's file is read and written on its own lane."""

    changed = Signal()
    told = Signal(str, bool)
    """What an answer gave, and whether it was recorded."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.state = InboxState()
        self._wanted = ""

    def refresh(self, subject: str = "") -> None:
        """Look for what waits now; open what is about a subject, when something is."""
        desk, self._wanted = self._bench.desk, subject or self._wanted
        self._bench.look("conflicts", lambda: tuple(work_items.open_items(desk)), self._found)

    def _found(self, conflicts: tuple[Conflict, ...]) -> None:
        wanted, self._wanted = self._wanted, ""
        self._show(self.state.found(conflicts).about(wanted))

    def open(self, place: int) -> None:
        """Open the conflict at a place."""
        self._show(self.state.at(place))

    def step(self, step: int) -> None:
        """Open the next conflict, or the one before."""
        self.open(self.state.place + step)

    def settle(self, conflict: Conflict, choice: str, why: Reason) -> None:
        """Record an answer, with its reason and the supervisor's name."""
        desk = self._bench.desk
        self._bench.do(
            lambda: work_items.settle(desk, conflict.id, choice, why.text, why.approved_by or ""),
            lambda done: self._settled(conflict, choice, done),
        )

    def _settled(self, conflict: Conflict, choice: str, done: Settled) -> None:
        words = self._bench.words
        if done.refusal:
            self._bench.sounds.verdict("warn", "conflict")
            self.told.emit(refusal_told(done.refusal, words.lang), False)
        else:
            self._bench.sounds.play("tick")
            self.told.emit(words("conflicts.done", effect=effect_told(conflict, choice, words.lang)), True)
            self._bench.acted.emit()
        self.refresh()

    def _show(self, state: InboxState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit()
