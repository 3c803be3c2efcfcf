"""One conflict: its sides next to each other, what each answer would change, and the answers on ← → ↓."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.settlement import Decision
from counter_app.telling.conflicts import effect_told, heading_told, settled_told, side_told, who_told, words_told
from counter_app.ui.screens.conflicts.state import down, left, right
from counter_app.ui.screens.page_parts import Card, line_of
from counter_app.ui.screens.screen import on_key
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.announce import announce
from counter_app.usecases.conflict_answers import Conflict, Fact
from counter_app.wording.catalogue import Words

NARROW = 620
"""Logical pixels of width, at 100 %, under which the sides stand one under the other."""


class ConflictCard(Card):
    """The open conflict. Nothing is recorded here: an answer is only `chosen`."""

    chosen = Signal(str)
    """What would be answered: an act, `both`, `none` or `supervisor`."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._theme, self._words = theme, words
        self._conflict: Conflict | None = None
        self.buttons: dict[str, QPushButton] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._body: QWidget | None = None
        self._line: QBoxLayout | None = None
        for key, choice in {Qt.Key.Key_Left: left, Qt.Key.Key_Right: right, Qt.Key.Key_Down: down}.items():
            on_key(self, key, partial(self._press, choice))

    def show_conflict(self, conflict: Conflict, position: str) -> None:
        """Show a conflict; screen readers hear its title and every side."""
        named = {"position": position, "title": heading_told(conflict, self._words.lang), "name": conflict.name}
        heading = self._words("conflicts.heading" if conflict.name else "conflicts.heading_unnamed", **named)
        sides = [side_told(conflict, fact, self._words.lang) for fact in conflict.facts]
        self.title.setText(heading)
        self.setAccessibleName(". ".join((heading, *sides)))
        if conflict != self._conflict:
            self._conflict = conflict
            self._lay_out(conflict)
            if self.hasFocus():
                announce(self, self.accessibleName())

    def _press(self, choice: Callable[[Conflict], str]) -> None:
        if self._conflict and (answer := choice(self._conflict)):
            self.chosen.emit(answer)

    def _lay_out(self, conflict: Conflict) -> None:
        holder = QApplication.focusWidget()
        focused = self._body is not None and holder is not None and self._body.isAncestorOf(holder)
        if self._body is not None:
            self.column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self.buttons = {}
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(12)
        for fact in conflict.facts:
            self._line.addWidget(self._side(conflict, fact), 1)
        column.addLayout(self._line)
        for told in settled_told(conflict, self._words.lang):
            column.addWidget(line_of(told, "body"))
        for choice in filter(None, (down(conflict), Decision.SUPERVISOR.value)):
            column.addWidget(self._answer(conflict, choice))
        self.column.addWidget(self._body)
        self._body.show()
        self._turn()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _side(self, conflict: Conflict, fact: Fact) -> QFrame:
        """Who, what, and what keeping it would change."""
        box = QFrame()
        mark(box, role="box")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        lang = self._words.lang
        column.addWidget(line_of(who_told(conflict, fact, lang), "strong"))
        column.addWidget(line_of(words_told(conflict, fact, lang), "body"))
        column.addStretch(1)
        if fact.act_id in conflict.choices:
            key = "←" if fact.act_id == left(conflict) else "→" if fact.act_id == right(conflict) else ""
            told = side_told(conflict, fact, lang)
            self._add_answer(column, conflict, (fact.act_id, self._words("conflicts.keep"), key), told)
        return box

    def _answer(self, conflict: Conflict, choice: str) -> QWidget:
        """An answer about all sides, and what it would change."""
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        key = "↓" if choice == down(conflict) else ""
        self._add_answer(column, conflict, (choice, self._words(f"conflicts.choices.{choice}"), key), "")
        return around

    def _add_answer(self, column: QVBoxLayout, conflict: Conflict, answer: tuple[str, str, str], about: str) -> None:
        choice, label, key = answer
        effect = effect_told(conflict, choice, self._words.lang)
        button = QPushButton(label_with_key(label, key))
        button.setAccessibleName(". ".join(part for part in (label, about, effect) if part))
        button.setAutoDefault(False)
        mark(button, role="action", tall=True)
        button.clicked.connect(lambda _checked: self.chosen.emit(choice))
        self.buttons[choice] = button
        column.addWidget(line_of(self._words("conflicts.effect", effect=effect), "caption"))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or with large text, the sides stand one under the other."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        if self._line is not None:
            way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            self._line.setDirection(way)
