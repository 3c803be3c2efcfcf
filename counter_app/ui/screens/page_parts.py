"""Pieces of a page: its scrolling column, cards with a title, ticks that say where they count, a line for results."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QTableView, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.announce import announce
from counter_app.ui.widgets.choices import TickBox
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.icon_label import IconLabel

LOW = 14
"""Lines of title under which a window is too low to show one."""
MARGINS = (16, 8, 16, 16)
"""Room for the focus ring of what stands at an edge."""


_LOOKS = {True: ("circle-check", "ok-text"), False: ("triangle-alert", "stop-text"), None: ("hourglass", "text-2")}


class Page(QScrollArea):
    """A column that scrolls up and down when the window is small or the text large; never sideways."""

    room_changed = Signal(int)
    """How high the visible part is now, in pixels: a table inside should be no higher."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = QWidget()
        self.column = QVBoxLayout(self._body)
        self.column.setContentsMargins(*MARGINS)
        self.column.setSpacing(16)
        self._title = line_of(title, "h1")
        self.column.addWidget(self._title)
        self.setWidget(self._body)

    def add(self, *widgets: QWidget) -> None:
        """Parts, one under the other."""
        for widget in widgets:
            self.column.addWidget(widget)

    def follow(self, table: QTableView, _id: str = "") -> None:
        """Bring the row of a table where the arrows go into sight."""
        if table.hasFocus() and table.currentIndex().isValid():
            table.scrollTo(table.currentIndex())
            row = table.visualRect(table.currentIndex())
            place = table.viewport().mapTo(self._body, row.center())
            self.ensureVisible(place.x(), place.y(), 0, row.height())

    def in_sight(self, table: QTableView) -> bool:
        """Whether the row of a table where the keyboard is can be seen whole."""
        row = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(self.viewport(), row.topLeft()).y()
        return 0 <= top <= self.viewport().height() - row.height()

    def bring(self, part: QWidget) -> None:
        """A part into sight, from its top."""
        self.verticalScrollBar().setValue(part.mapTo(self._body, QPoint()).y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has better use for the room of the title: the rail says which screen it is."""
        super().resizeEvent(event)
        self._title.setVisible(self.height() >= LOW * self._title.fontMetrics().height())
        self.room_changed.emit(self.viewport().height())

    def overflows(self) -> bool:
        """Whether something is wider than the window, so that a part of it could not be seen."""
        return self._body.minimumSizeHint().width() > self.viewport().width()


class Card(QFrame):
    """A part of the settings under its title."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="card")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(12)
        self.title = line_of(title, "h2")
        self.column.addWidget(self.title)

    def add(self, *widgets: QWidget) -> None:
        """Lines, one under the other."""
        for widget in widgets:
            self.column.addWidget(widget)


class TickRow(QWidget):
    """A box to tick and, under it, where it counts."""

    def __init__(self, theme: Theme, words: str, scope: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = TickBox(theme, words)
        self.box.setAccessibleName(f"{words.replace('&', '')}, {scope}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.box)
        column.addWidget(line_of(scope, "caption"))


class Result(QWidget):
    """What something that was tried gave, in words with an icon. It stays until something else is tried."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(theme)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.text()

    def show_result(self, sentence: str, good: bool | None = True) -> None:
        """Show a sentence: good, not good, or (None) still under way. Screen readers are told."""
        self.show_quietly(sentence, good)
        announce(self, sentence)

    def show_or_hide(self, sentence: str) -> None:
        """Show what was just done, once; an empty sentence hides the line."""
        if not sentence:
            self._text.clear()
            self.hide()
        elif sentence != self.text:
            self.show_result(sentence)

    def show_quietly(self, sentence: str, good: bool | None = True) -> None:
        """The same without a word to screen readers: nobody asked for it just now."""
        self._icon.show_icon(*_LOOKS[good], 20)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()


def line_of(text: str, role: str) -> QLabel:
    """Words that go to the next line when they are long, dressed for a role."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    mark(label, role=role)
    return label


def button(words: str, on_click: Callable[[], None]) -> QPushButton:
    """A plain button that is never disabled."""
    made = QPushButton(words.replace("&", "&&"))
    made.setAccessibleName(words)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: on_click())
    return made


def side_by_side(widgets: Sequence[QWidget]) -> Flow:
    """Things on a line, and on the next when it is full."""
    line = Flow(spacing=12)
    line.replace(widgets)
    return line
