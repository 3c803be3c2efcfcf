"""One line of a checklist: done or not, what was found, and what the agent can do about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.form import framed
from counter_app.ui.widgets.icon_label import IconLabel

TITLE = 142
"""Logical pixels of the title at 100 %, so that what was found stands in a column."""
MOST_LINES = 2
"""Lines that what was found may take beside what can be done; else the latter goes under it."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LOOKS = {True: ("circle-check", "ok-text"), False: ("circle", "text-2")}
SOMEBODY_ELSE = "user-x"


@dataclass(frozen=True, slots=True)
class LineWords:
    """What a line says of itself, beside its title."""

    done: str
    against: str
    missing: str
    optional: str
    change: str


class CheckLine(QWidget):
    """Ticks itself; its controls go once it is done, but for one that begins it again."""

    again = Signal()
    """The agent wants to do the line again."""
    moved = Signal(int)
    """↓ or ↑: to the next line or the one before."""
    held_back = Signal()
    """Enter on the main control of a line `in_doubt`: another key does it."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        words: LineWords,
        controls: Sequence[QWidget],
        main: int = 0,
        after: Sequence[QWidget] = (),
        no: str = SOMEBODY_ELSE,
    ) -> None:
        """`no`: the icon of a line that was done and says no."""
        super().__init__()
        self._theme, self._words, self.title = theme, words, title
        self._icon = IconLabel(theme, *_LOOKS[False], 24)
        self._title, self._told = QLabel(title), QLabel()
        for label in (self._title, self._told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        mark(self._title, role="strong")
        self.controls = Flow(spacing=8)
        self.controls.replace([framed(control) for control in controls])
        self._offers, self._main, self._no = list(controls), main, no
        self.change = line_button(words.change, self.again.emit)
        self.change.setAccessibleName(f"{title}, {words.change}")
        self.done_controls = Flow(spacing=8)
        self.done_controls.replace([*after, self.change])
        self.done = self.in_doubt = False
        self.look = _LOOKS[False]
        for button in (*controls, *after, self.change):
            if isinstance(button, QPushButton):
                button.installEventFilter(self)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._told, 1, Qt.AlignmentFlag.AlignVCenter)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addLayout(head, 1)
        self._line.addWidget(self.controls)
        self._line.addWidget(self.done_controls)

    def show_line(self, told: str, *, done: bool, required: bool, against: bool = False) -> None:
        """What was found; controls of a line that is done give way to the one that begins it again. `against`: it was
        done and says no, which is no tick."""
        self.done, self.look = done, (self._no, "stop-text") if done and against else _LOOKS[done]
        self._told.setText(told)
        self._icon.show_icon(*self.look, 24)
        self.controls.setVisible(not done and bool(self._offers))
        self.done_controls.setVisible(done and bool(self._offers))
        undone = self._words.missing if required else self._words.optional
        state = undone if not done else self._words.against if against else self._words.done
        self.setAccessibleName(f"{self.title}, {state}. {told}".strip())
        self._dress()

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

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """↓ and ↑ on a button: Qt would go to the next control, an agent goes to the next line."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.moved.emit(step)
        return step is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; ↓ and ↑ in a field go from line to line."""
        focused = self.window().focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            held = self.in_doubt and focused is self._offers[self._main]
            self.held_back.emit() if held else focused.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QLineEdit):
            event.accept()  # a field answers itself, or what was typed in it goes with the main control
            self.focus()
        elif step := _STEPS.get(Qt.Key(event.key())):
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line where there is room, else what can be done under what was found."""
        super().resizeEvent(event)
        self._dress()

    def _dress(self) -> None:
        self._title.setFixedWidth(self._theme.px(TITLE))
        offers = self.done_controls if self.done else self.controls
        room = self.width() - self._theme.px(TITLE + 24) - 3 * self._line.spacing()
        room -= offers.sizeHint().width() if offers.isVisibleTo(self) else 0
        told = self._told.fontMetrics().horizontalAdvance(self._told.text())
        beside = room >= (told if told <= room else told / MOST_LINES + self._theme.px(24)) and room >= 0
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)


def line_button(words: str, on_click: Callable[[], None], key: str = "") -> QPushButton:
    """A plain button that is never disabled, its key in its label."""
    made = QPushButton()
    name_button(made, words, key)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: on_click())
    return made


def name_button(button: QPushButton, words: str, key: str = "") -> None:
    """What a button says, with its key."""
    button.setText(label_with_key(words, key))
    button.setAccessibleName(f"{words}, {key}" if key else words)
