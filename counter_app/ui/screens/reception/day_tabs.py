"""Three counts of the day, as an exclusive group: expected now, arrived, absent."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.wording.catalogue import Words

TABS = ("expected", "arrived", "absent")


class DayTabs(QWidget):
    """One Tab stop; arrows move inside. The counts are digits, never dots."""

    chosen = Signal(str)

    def __init__(self, _theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self._group = QButtonGroup(self)
        self._buttons = {tab: self._button(tab) for tab in TABS}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for button in self._buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        self.show_counts(0, 0, 0)

    def _button(self, tab: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        mark(button, role="tab")
        self._group.addButton(button)
        button.clicked.connect(partial(self.chosen.emit, tab))
        return button

    def show_counts(self, *counts: int) -> None:
        """How many people stand under each tab."""
        for (tab, button), count in zip(self._buttons.items(), counts, strict=True):
            label = f"{self._words(f'reception.tab_{tab}')} ({count})"
            if label != button.text():
                button.setText(label)
                button.setAccessibleName(label)

    def select(self, tab: str) -> None:
        """Show which list is on; sends no signal."""
        self._buttons[tab].setChecked(True)
