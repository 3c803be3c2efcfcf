"""The head of the window: which service, and the two doors that are always there, the palette and the help."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.wording.catalogue import Words


class _Title(QLabel):
    """One line, cut short where room lacks; its name stays whole."""

    def __init__(self, whole: str) -> None:
        super().__init__(whole)
        self._whole = whole
        self.setAccessibleName(whole)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class Header(QFrame):
    """No personal data: it stays on screen whatever is covered."""

    palette_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, words: Words, site: str) -> None:
        super().__init__()
        self._words = words
        mark(self, role="header")
        title = _Title(f"{words('shell.title')} · {site}")
        mark(title, role="strong")
        self._buttons = (
            self._button("palette.open", "Ctrl+K", self.palette_wanted.emit),
            self._button("help.title", "F1", self.help_wanted.emit),
        )
        self._line = QHBoxLayout(self)
        self._line.addWidget(title, 1)
        for button in self._buttons:
            self._line.addWidget(button)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """In a low window the answer needs the room: flat buttons, no margin."""
        self._line.setContentsMargins(16, 0 if low else 4, 16, 0 if low else 4)
        for button in self._buttons:
            mark(button, role="status" if low else "action")

    def _button(self, text: str, key: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(label_with_key(self._words(text), key))
        button.setAccessibleName(self._words(text))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: run())
        return button
