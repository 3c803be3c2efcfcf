"""Lists with their counts, as an exclusive group: one Tab stop, arrows inside; they go to a second line like words."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from counter_app.ui.screens.screen import on_key
from counter_app.ui.theme import mark
from counter_app.ui.widgets.flow import Flow


class CountTabs(Flow):
    """The counts are digits, never dots."""

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(spacing=8, parent=parent)
        self.setAccessibleName(name)
        self._labels = dict(tabs)
        self._group = QButtonGroup(self)
        self.buttons = {tab: self._button(tab) for tab in self._labels}
        self.replace(self.buttons.values())
        self.show_counts(dict.fromkeys(self._labels, 0))

    def turned_from(self, page: QWidget) -> None:
        """Ctrl+PgDown and Ctrl+PgUp anywhere in a page go to the next list and to the one before."""
        for key, step in {"Ctrl+PgDown": 1, "Ctrl+PgUp": -1}.items():
            on_key(page, key, partial(self._turn, step))

    def _turn(self, step: int) -> None:
        if self.isVisible():
            buttons = list(self.buttons.values())
            on = next(place for place, button in enumerate(buttons) if button.isChecked())
            buttons[(on + step) % len(buttons)].click()

    def _button(self, tab: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        mark(button, role="tab")
        self._group.addButton(button)
        button.clicked.connect(partial(self.chosen.emit, tab))
        return button

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """How many things stand under each tab."""
        for tab, button in self.buttons.items():
            label = f"{self._labels[tab]} ({counts[tab]})"
            if label != button.text():
                button.setText(label)
                button.setAccessibleName(label)
                self.updateGeometry()

    def select(self, tab: str) -> None:
        """Show which list is on; sends no signal."""
        self.buttons[tab].setChecked(True)
