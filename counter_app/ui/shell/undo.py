"""Ctrl+Z: the last gesture of this desk is taken back by an act; one of another day, or a fault whose minute
has passed, once a supervisor agreed."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from counter_app.domain.acts import ActKind
from counter_app.telling.gestures import undone_words
from counter_app.ui.shell.work import WorkArea
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases import undo
from counter_app.usecases.answers import Override, Undone

REASONS = ("our_mistake",)


def _late_fault(undone: Undone) -> bool:
    """Whether the supervisor may agree to it here; a handover is taken back on its own page."""
    fault = undone.gesture is not None and undone.gesture.kind == ActKind.PERMIT_FAULTY
    return fault and undone.reason == "needs_supervisor"


class Undoing:
    """Takes back what a window's desk did, and tells it to the screen in front."""

    def __init__(self, bench: Workbench, work: WorkArea, say: Callable[[str], None], window: QWidget) -> None:
        self._bench, self._work, self._say, self._window = bench, work, say, window

    def last(self) -> None:
        """Take back the last gesture of this desk, by an act."""
        desk = self._bench.desk
        self._bench.do(lambda: undo.undo(desk), self._on_undone)

    def _on_undone(self, undone: Undone) -> None:
        self._say(undone_words(undone, self._bench.words, self._bench.desk.rules.zone))
        if undone.gesture is None:
            return
        if undone.reason in ("too_old", "needs_reason") or _late_fault(undone):
            self._ask_why(undone.gesture.act_id, supervisor=undone.reason != "needs_reason")
        elif undone.done:
            self._bench.scanner.forget_last()
            self._bench.acted.emit()
            self._work.front.undone(undone.gesture.subject_id)

    def _ask_why(self, act_id: str, *, supervisor: bool) -> None:
        """What somebody was told or signs: why; a gesture of another day: also who agrees."""
        desk, words = self._bench.desk, self._bench.words

        def agreed(reason: Reason) -> None:
            why = Override(reason.text, reason.approved_by)
            self._bench.do(lambda: undo.undo(desk, act_id, why, whole=True), self._on_undone)

        reasons = [words(f"reason.{reason}") for reason in REASONS]
        box = ReasonBox(self._bench.theme, words, words("recent.undo"), reasons, self._window, supervisor=supervisor)
        box.answered.connect(agreed)
        box.open()
