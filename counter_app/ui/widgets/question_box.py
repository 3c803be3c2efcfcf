"""One question at a time: numbered answers, each on its digit while one of them has the focus, and a way back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from counter_app.ui.scanner import TAKES_KEYS
from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.flow import Flow

DIGIT_KEYS = ("1&", "2é", '3"', "4'")
"""The keys of the four answers, with and without Shift on French keyboards."""


class QuestionBox(QWidget):
    """A question, up to four answers, and the question before."""

    answered = Signal(int)
    """Place of the answer."""
    back_wanted = Signal()

    def __init__(self, back: str, back_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back, self._back_key = back, back_key
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        mark(self.title, role="h2")
        self._line = Flow(spacing=12)
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._line)

    def show_question(self, title: str, answers: Sequence[str], back: bool) -> None:
        """Show a question; the focus stays among the answers when it was there."""
        focused = any(button.hasFocus() for button in self._line.findChildren(QPushButton))
        self.title.setText(title)
        self.setAccessibleName(title)
        self.buttons = [self._answer(title, place, words) for place, words in enumerate(answers)]
        self._line.replace([*self.buttons, *([self._back_button()] if back else [])])
        if focused and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, title: str, place: int, words: str) -> QPushButton:
        button = QPushButton(label_with_key(f"{place + 1}  {words}", ""))
        button.setAccessibleName(f"{title} {place + 1}, {words}")
        button.setAutoDefault(False)
        button.setProperty(TAKES_KEYS, True)
        mark(button, role="action", tall=True)
        button.clicked.connect(partial(self.answered.emit, place))
        return button

    def _back_button(self) -> QPushButton:
        button = QPushButton(label_with_key(self._back, self._back_key))
        button.setAccessibleName(f"{self._back}, {self._back_key}")
        button.setAutoDefault(False)
        button.setProperty(TAKES_KEYS, True)
        button.clicked.connect(self.back_wanted)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4, whatever the shift key does on this keyboard; arrows go from answer to answer."""
        place = next((place for place, keys in enumerate(DIGIT_KEYS) if event.text() and event.text() in keys), None)
        if place is not None and place < len(self.buttons):
            self.answered.emit(place)
        else:
            super().keyPressEvent(event)
