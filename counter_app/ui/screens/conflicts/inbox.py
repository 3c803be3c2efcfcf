"""The inbox of conflicts, for any screen that holds it: those that wait, the open one, an answer with its reason."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from counter_app.domain.settlement import Decision
from counter_app.telling.conflicts import effect_told, heading_told
from counter_app.ui.screens.conflicts.card import ConflictCard
from counter_app.ui.screens.conflicts.flow import ConflictFlow
from counter_app.ui.screens.page_parts import Result, line_of
from counter_app.ui.screens.screen import on_key
from counter_app.ui.theme import mark
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases.conflict_answers import Conflict

SHOWN_ROWS = 5
REASONS = ("one", "two", "three", "four")


class ConflictInbox(QWidget):
    """Nothing blocks the desk meanwhile: conflicts wait until somebody answers."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = bench.words
        self._bench, self._words = bench, words
        self.flow = ConflictFlow(bench, self)
        self.count = line_of(words("conflicts.reading"), "soft")
        self.result = Result(bench.theme)
        self.list = self._make_list()
        self.card = ConflictCard(bench.theme, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.count, self.result, self.list, self.card):
            column.addWidget(widget)
        self._connect()
        self._render()

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(self._words("conflicts.title"))
        made.setFrameShape(QFrame.Shape.NoFrame)
        mark(made, role="list")
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _connect(self) -> None:
        self.flow.changed.connect(self._render)
        self.flow.told.connect(self._on_told)
        self.list.currentRowChanged.connect(self._on_row)
        self.card.chosen.connect(self.ask)
        self._bench.acted.connect(self._look_again)
        self._bench.exchanges.received.connect(self._look_again)
        for key, step in {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.items():
            on_key(self, key, partial(self._step, step))

    def refresh(self, subject: str = "") -> None:
        """Look for what waits, and open what is about a subject; the open conflict gets the keyboard."""
        self.result.hide()
        self.flow.refresh(subject)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """← → ↓ answer the open conflict."""
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self, _about: object = None) -> None:
        if self.isVisible():
            self.flow.refresh()

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.result.hide()
            self.flow.open(row)

    def _step(self, step: int) -> None:
        self.result.hide()
        self.flow.step(step)

    def ask(self, choice: str) -> None:
        """Ask why, and the supervisor's name; nothing is recorded before both are given."""
        conflict = self.flow.state.current
        if conflict is None:
            return
        table = "handing" if choice == Decision.SUPERVISOR else "reasons"
        reasons = [self._words(f"conflicts.{table}.{name}") for name in REASONS]
        title = effect_told(conflict, choice, self._words.lang)
        box = ReasonBox(self._bench.theme, self._words, title, reasons, self.window(), supervisor=True)
        box.name_within()
        box.answered.connect(partial(self._settle, conflict, choice))
        box.open()

    def _settle(self, conflict: Conflict, choice: str, why: Reason) -> None:
        self.flow.settle(conflict, choice, why)

    def _on_told(self, sentence: str, good: bool) -> None:
        self.result.show_result(sentence, good)
        self.take_keyboard()

    def _render(self) -> None:
        state, words = self.flow.state, self._words
        total = len(state.conflicts)
        if state.looked:
            self.count.setText(words.counted("conflicts.count", total) if total else words("conflicts.none"))
        self.card.setVisible(total > 0)
        self.list.setVisible(total > 1)
        self._render_list()
        if state.current:
            position = words("conflicts.position", n=state.place + 1, total=total)
            self.card.show_conflict(state.current, position)

    def _render_list(self) -> None:
        state = self.flow.state
        lines = [self._line(one) for one in state.conflicts]
        self.list.blockSignals(True)
        if lines != [self.list.item(row).text() for row in range(self.list.count())]:
            self.list.clear()
            self.list.addItems(lines)
        self.list.setCurrentRow(state.place if lines else -1)
        self.list.blockSignals(False)
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * min(len(lines), SHOWN_ROWS) + 4)

    def _line(self, one: Conflict) -> str:
        title = heading_told(one, self._words.lang)
        return f"{one.name} · {title}" if one.name else title
