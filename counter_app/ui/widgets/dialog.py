"""Dialogs: a title, the first focus set, Escape closes, and the focus returns to whoever opened them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.ui.widgets.focus_ring import FocusRing
from counter_app.ui.widgets.form import FieldMessage
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import enter_key

TITLE_BAR = 40
"""Logical pixels that the system takes above and below a dialog."""


class Questions(QScrollArea):
    """What a dialog asks, one part under the other: it scrolls where the window is low and the text large."""

    grown = Signal()
    """It asks for more room than before."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(8, 8, 8, 8)  # room for the focus ring
        column.setSpacing(12)
        for part in parts:
            column.addWidget(part)
        self.setWidget(self._body)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        for message in self._body.findChildren(FieldMessage):
            message.said.connect(partial(self._tell, message))

    def sizeHint(self) -> QSize:
        """All of it; the dialog gives less where there is less."""
        return self._body.sizeHint()

    def _tell(self, message: FieldMessage) -> None:
        """Bring what lacks into view, once the focus went where it is answered and the dialog took the room for it."""
        QTimer.singleShot(0, message, partial(self._show, message))

    def _show(self, message: FieldMessage) -> None:
        self.grown.emit()
        self.ensureWidgetVisible(message, 8, 12)

    def _follow(self, _before: QWidget | None, focused: QWidget | None) -> None:
        """Bring what has the focus into view."""
        if focused is not None and self._body.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 8, 12)


class Dialog(QDialog):
    """Base of all dialogs. Lay widgets out in it, then `open()` it; nothing blocks."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._opener: QWidget | None = None
        self._ring = FocusRing(self, theme)
        self.finished.connect(self._give_back)

    def showEvent(self, event: QShowEvent) -> None:
        """Remember who had the focus."""
        focused = QApplication.focusWidget()
        if focused is not None and focused.window() is not self:
            self._opener = focused
        super().showEvent(event)
        self._fit()

    def ask(self, parts: Sequence[QWidget], buttons: Sequence[QPushButton]) -> None:
        """Lay out what is asked, and the answers under it, which stay in view."""
        questions = Questions(parts)
        questions.setAccessibleName(self.windowTitle())
        questions.grown.connect(self._grow)
        line = QHBoxLayout()
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 12)
        column.addWidget(questions, 1)
        line.setContentsMargins(8, 0, 8, 0)
        column.addLayout(line)

    def name_within(self) -> None:
        """The title names somebody: it is read in the dialog, once laid out, and not on the bars of the system."""
        title, column, parent = QLabel(self.windowTitle()), self.layout(), self.parentWidget()
        assert isinstance(column, QVBoxLayout), "laid out by `ask`"
        assert parent is not None, "a dialog asks about a window"
        title.setWordWrap(True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setContentsMargins(8, 8, 8, 0)
        mark(title, role="h2")
        column.insertWidget(0, title)
        self.setWindowTitle(parent.window().windowTitle())

    def answers(
        self, words: Words, confirm: str, done: Callable[[], None], cancel: str = "reason.cancel"
    ) -> tuple[QPushButton, QPushButton]:
        """The two answers, by key of their words: what Enter does, and Escape, which changes nothing."""
        agreed = QPushButton(label_with_key(words(confirm), enter_key(words.lang)))
        agreed.setDefault(True)
        mark(agreed, role="primary", tall=True)
        agreed.clicked.connect(done)
        left = QPushButton(label_with_key(words(cancel), words("keys.escape")))
        left.setAutoDefault(False)
        left.clicked.connect(self.reject)
        return agreed, left

    def _grow(self) -> None:
        """Take the room that is asked for, as far as there is some."""
        self.resize(self.size().expandedTo(self.sizeHint()))
        self._fit()

    def _fit(self) -> None:
        """Never larger than the window it asks about: what does not fit scrolls."""
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            self.setMinimumWidth(min(self.minimumWidth(), window.width()))
            self.resize(self.size().boundedTo(QSize(window.width(), window.height() - TITLE_BAR)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross is Escape."""
        self.reject()
        event.accept()

    def _give_back(self) -> None:
        if self._opener is not None and isValid(self._opener):
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self._opener = None
