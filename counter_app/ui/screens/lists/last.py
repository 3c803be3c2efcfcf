"""The last import of this desk, which can be taken back for a day, and those that began and did not end."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.telling.gestures import gone_words, import_undone, unended_words
from counter_app.ui.screens.page_parts import Card, Result, button, line_of, side_by_side
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases import import_undo, unended
from counter_app.usecases.answers import Undone, UnendedImport
from counter_app.usecases.import_gone import DayGone, days_with_many_gone
from counter_app.wording.dates import hour, short_date


@dataclass(frozen=True, slots=True)
class Standing:
    """What a look at the imports found."""

    last: unended.LastImport | None
    unended: tuple[UnendedImport, ...]
    gone: tuple[DayGone, ...] = ()


class LastImportCard(Card):
    """Hidden while there is nothing to take back and nothing to resume."""

    undone = Signal()
    """An import was taken back: rows that wait, and the people of the day, are others."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(bench.words("import_undo.title"), parent)
        self._bench, self._words = bench, bench.words
        self._last: unended.LastImport | None = None
        self.stopped, self.result = Result(bench.theme), Result(bench.theme)
        self.line = line_of("", "soft")
        self.undo = button(self._words("import_undo.action"), self._undo)
        self.add(self.stopped, self.line, side_by_side([self.undo]), self.result)
        self.hide()

    def refresh(self) -> None:
        """Ask again what stands."""
        desk = self._bench.desk
        self._bench.look(
            "imports",
            lambda: Standing(unended.last_import(desk), unended.unended_imports(desk), days_with_many_gone(desk)),
            self.show_standing,
        )

    def show_standing(self, standing: Standing) -> None:
        """Show what can be taken back, and what has to be resumed."""
        last = self._last = standing.last if standing.last and standing.last.young else None
        stopped = (unended_words(one, self._words) for one in standing.unended)
        told = "\n".join((*stopped, *(gone_words(one, self._words) for one in standing.gone)))
        if told:
            self.stopped.show_quietly(told, good=False)
        else:
            self.stopped.hide()
        if last:
            at = last.at.astimezone(self._bench.desk.rules.zone)
            moment = f"{short_date(at.date())}, {hour(at, self._words.lang)}"
            self.line.setText(self._words("import_undo.line", file=last.file_name, moment=moment))
        for widget in (self.line, self.undo):
            widget.setVisible(last is not None)
        self.setVisible(bool(last or told or self.result.text))

    def _undo(self) -> None:
        if self._last is None:
            return
        desk, list_id = self._bench.desk, self._last.list_id
        self.undo.setEnabled(False)
        self.result.show_result(self._words("import_undo.under_way"), good=None)
        self._bench.behind(lambda: import_undo.undo_import(desk, list_id), self._was_undone, self._broke)

    def _was_undone(self, undone: Undone) -> None:
        self.undo.setEnabled(True)
        self.result.show_result("\n".join(import_undone(undone, self._words)), good=undone.done)
        self._bench.acted.emit()
        self.undone.emit()
        self.refresh()

    def _broke(self, broken: Breakage) -> None:
        self.undo.setEnabled(True)
        self.result.show_result(broken.sentence, good=False)
        self.refresh()
