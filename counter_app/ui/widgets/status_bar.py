"""The line at the foot of the window: cells of an icon and words, each a button that opens its screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from counter_app.ui.theme import Theme, mark

ICON = 18


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `words` in full, `short` when room lacks; the name always tells everything."""

    id: str
    icon: str
    words: str
    short: str = ""
    token: str = "text"


class StatusBar(QFrame):
    """Cells that say less when the window is narrow, but never lose their name."""

    activated = Signal(str)
    """Id of the cell."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="bar")
        self._theme = theme
        self.setAccessibleName(name)
        self._cells: tuple[Cell, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(8, 2, 8, 2)
        self._line.setSpacing(4)
        self._line.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)

    def show_cells(self, cells: Sequence[Cell]) -> None:
        """Show cells, in order. Cells that stay keep their button, so that focus is not lost."""
        if tuple(cells) == self._cells:
            return
        if [cell.id for cell in cells] != list(self._buttons):
            self._make_buttons(cells)
        self._cells = tuple(cells)
        self._fit()
        self.updateGeometry()

    def _make_buttons(self, cells: Sequence[Cell]) -> None:
        while item := self._line.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._buttons = {cell.id: self._button(cell.id) for cell in cells}
        for place, button in enumerate(self._buttons.values()):
            if place == len(cells) - 1:
                self._line.addStretch(1)
            self._line.addWidget(button)

    def _button(self, cell: str) -> QPushButton:
        button = QPushButton()
        mark(button, role="status")
        button.clicked.connect(partial(self.activated.emit, cell))
        return button

    def _dress(self) -> None:
        self._fit()
        self.updateGeometry()

    def _fit(self) -> None:
        """Full words if there is room for all of them; else short ones, the last cells first; else icons."""
        count = len(self._cells)
        for short in range(count + 1):
            self._write([0] * (count - short) + [1] * short)
            if self._line.sizeHint().width() <= self.width():
                return
        self._write([2] * count)

    def _write(self, levels: Sequence[int]) -> None:
        """Each cell in full (0), in short (1), or as its icon with a tooltip (2)."""
        for cell, level in zip(self._cells, levels, strict=True):
            button = self._buttons[cell.id]
            shown = (cell.words, cell.short or cell.words, "")[level]
            button.setText(shown.replace("&", "&&"))
            button.setToolTip("" if level == 0 else cell.words)
            button.setAccessibleName(cell.words)
            button.setIcon(self._theme.icon(cell.icon, cell.token, self._theme.px(ICON)))
            button.setIconSize(QSize(self._theme.px(ICON), self._theme.px(ICON)))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows are possible: cells shrink to icons."""
        return QSize(0, self._line.minimumSize().height())

    def sizeHint(self) -> QSize:
        """As high as its cells, as wide as it is given."""
        return QSize(0, max(self._line.sizeHint().height(), 32))

    def showEvent(self, event: QShowEvent) -> None:
        """Words are measured right only once they are dressed."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room: more or fewer words."""
        super().resizeEvent(event)
        self._fit()
