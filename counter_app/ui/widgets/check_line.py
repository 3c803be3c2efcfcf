"""One line of a checklist: done or not, what was found, and what the agent can do about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.icon_label import IconLabel

WIDE = 720
"""Logical pixels at 100 % from which what can be done stands beside what was found."""
TITLE = 142
_LOOKS = {True: ("circle-check", "ok-text"), False: ("circle", "text-2")}


@dataclass(frozen=True, slots=True)
class LineWords:
    """What a line says of itself, beside its title."""

    done: str
    missing: str
    optional: str
    change: str


class CheckLine(QWidget):
    """Ticks itself; its controls go once it is done, but for one that begins it again."""

    again = Signal()
    """The agent wants to do the line again."""
    moved = Signal(int)
    """↓ or ↑: to the next line or the one before."""

    def __init__(self, theme: Theme, title: str, words: LineWords, controls: Sequence[QWidget], main: int = 0) -> None:
        super().__init__()
        self._theme, self._words, self.title = theme, words, title
        self._icon = IconLabel(theme, *_LOOKS[False], 24)
        self._title, self._told = QLabel(title), QLabel()
        for label in (self._title, self._told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        mark(self._title, role="strong")
        self.controls = Flow(spacing=8)
        self.controls.replace(controls)
        self._offers, self._main = list(controls), main
        self.change = line_button(words.change, self.again.emit)
        self.change.setAccessibleName(f"{title}, {words.change}")
        self.done = False
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self._told)
        texts.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addLayout(texts, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addLayout(head, 1)
        self._line.addWidget(self.controls)
        self._line.addWidget(self.change, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_line(self, told: str, *, done: bool, required: bool, may_change: bool = True) -> None:
        """What was found; controls of a line that is done give way to the one that begins it again."""
        self.done = done
        self._told.setText(told)
        self._icon.show_icon(*_LOOKS[done], 24)
        self.controls.setVisible(not done and bool(self._offers))
        self.change.setVisible(done and may_change and bool(self._offers))
        state = self._words.done if done else self._words.missing if required else self._words.optional
        self.setAccessibleName(f"{self.title}, {state}. {told}".strip())

    def focus(self) -> None:
        """Go where Enter does the line, or changes it."""
        if self._offers:
            (self.change if self.done else self._offers[self._main]).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def can_focus(self) -> bool:
        """Whether there is anything to do on it."""
        return bool(self._offers)

    def holds_focus(self) -> bool:
        """Whether one of its controls has the focus."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; ↓ and ↑ go from line to line."""
        focused = self.window().focusWidget()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QLineEdit):
            event.accept()  # the field itself answered
        elif step := steps.get(Qt.Key(event.key())):
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line where there is room, else what can be done under what was found."""
        super().resizeEvent(event)
        self._dress()

    def _dress(self) -> None:
        wide = self.width() >= self._theme.px(WIDE)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._title.setFixedWidth(self._theme.px(TITLE))


def line_button(words: str, on_click: Callable[[], None], key: str = "") -> QPushButton:
    """A plain button that is never disabled, its key in its label."""
    made = QPushButton(label_with_key(words, key))
    made.setAccessibleName(f"{words}, {key}" if key else words)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: on_click())
    return made
