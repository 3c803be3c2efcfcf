"""One question at a time: numbered answers, each on its digit while one of them has the focus, and a way back."""

from collections.abc import Callable, Sequence
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
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        mark(self.title, role="h2")
        self._line = Flow(spacing=12)
        self._answers = [self._button(partial(self.answered.emit, place)) for place in range(len(DIGIT_KEYS))]
        self._back = self._button(self.back_wanted.emit)
        self._back.setText(label_with_key(back, back_key))
        self._back.setAccessibleName(f"{back}, {back_key}")
        self.buttons: list[QPushButton] = []
        self._line.replace([*self._answers, self._back])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self._line)

    def show_question(self, title: str, answers: Sequence[str], back: bool) -> None:
        """Show a question; the focus goes to its first answer when it was among the answers."""
        focused = any(button.hasFocus() for button in (*self._answers, self._back))
        self.title.setText(title)
        self.setAccessibleName(title)
        self.buttons = self._answers[: len(answers)]
        for place, (button, words) in enumerate(zip(self.buttons, answers, strict=True), start=1):
            button.setText(label_with_key(f"{place}  {words}", ""))
            button.setAccessibleName(f"{title} {place}, {words}")
            button.show()
        if focused:
            self.focus()
        for button in self._answers[len(answers) :]:
            button.hide()
        self._back.setVisible(back)
        self._line.updateGeometry()

    def focus(self) -> None:
        """Go among the answers."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setProperty(TAKES_KEYS, True)
        mark(button, role="action", tall=True)
        button.clicked.connect(lambda _checked: deed())
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4, whatever the shift key does on this keyboard; Enter gives the answer that has the focus."""
        place = next((place for place, keys in enumerate(DIGIT_KEYS) if event.text() and event.text() in keys), None)
        focused = next((button for button in self.findChildren(QPushButton) if button.hasFocus()), None)
        if place is not None and place < len(self.buttons):
            self.answered.emit(place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused:
            focused.click()
        else:
            super().keyPressEvent(event)
