"""The head of the window: which service, and the two doors that are always there, the palette and the help."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.wording.catalogue import Words


class Header(QFrame):
    """No personal data: it stays on screen whatever is covered."""

    palette_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, words: Words, site: str) -> None:
        super().__init__()
        self._words = words
        mark(self, role="header")
        title = QLabel(f"{words('shell.title')} · {site}")
        title.setWordWrap(True)
        mark(title, role="strong")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(title, 1)
        line.addWidget(self._button("palette.open", "Ctrl+K", self.palette_wanted.emit))
        line.addWidget(self._button("help.title", "F1", self.help_wanted.emit))

    def _button(self, text: str, key: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(label_with_key(self._words(text), key))
        button.setAccessibleName(self._words(text))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: run())
        return button
