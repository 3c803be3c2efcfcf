"""The column of screens: one Tab stop, arrows inside, counts as digits, icons only when the window is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.wording.catalogue import Words

ICON = 20
WIDTH = 226


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One screen: its id, its label, its icon, and its function key (empty when it has none)."""

    id: str
    label: str
    icon: str
    key: str = ""


class Rail(QFrame):
    """Exclusive buttons, one per screen."""

    chosen = Signal(str)
    """Id of the screen that the agent chose."""

    def __init__(self, theme: Theme, words: Words, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="rail")
        self._theme, self._words, self._entries = theme, words, tuple(entries)
        self._counts: dict[str, int] = {}
        self.compact = False
        self.setAccessibleName(words("rail.name"))
        self._group = QButtonGroup(self)
        self.buttons = {entry.id: self._button(entry.id) for entry in entries}
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(6, 12, 6, 12)
        column.setSpacing(4)
        for button in self.buttons.values():
            column.addWidget(button)
        column.addStretch(1)
        self._area = _scrolling(body, words("rail.name"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._area)
        theme.changed.connect(self._dress)
        self._dress()

    def _button(self, entry: str) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        mark(button, role="rail")
        self._group.addButton(button)
        button.clicked.connect(partial(self._on_clicked, entry))
        return button

    def _on_clicked(self, entry: str, _checked: bool = False) -> None:
        self.chosen.emit(entry)

    def select(self, entry: str) -> None:
        """Show which screen is open; sends no signal. A screen without an entry (the first run) leaves none chosen."""
        self._group.setExclusive(entry in self.buttons)
        for name, button in self.buttons.items():
            button.setChecked(name == entry)
        if entry in self.buttons:
            self._area.ensureWidgetVisible(self.buttons[entry], 0, 8)

    def set_badge(self, entry: str, count: int) -> None:
        """How many things wait on a screen; 0 shows nothing."""
        if count != self._counts.get(entry, 0):
            self._counts[entry] = count
            self._dress()

    def set_compact(self, compact: bool) -> None:
        """Icons only, with tooltips; names for screen readers stay whole."""
        if compact != self.compact:
            self.compact = compact
            self._dress()

    def _dress(self) -> None:
        size = self._theme.px(ICON)
        for entry in self._entries:
            button, count = self.buttons[entry.id], self._counts.get(entry.id, 0)
            button.setIcon(self._theme.icon(entry.icon, "text", size))
            button.setIconSize(QSize(size, size))
            button.setText(self._text(entry, count))
            button.setToolTip(label_with_key(entry.label, entry.key) if self.compact else "")
            button.setAccessibleName(self._words("rail.badge", label=entry.label, n=count) if count else entry.label)
        self.setFixedWidth(self._theme.px(44) + 24 if self.compact else self._wide())

    def _text(self, entry: RailEntry, count: int) -> str:
        if self.compact:
            return str(count) if count else ""
        label = label_with_key(entry.label, entry.key)
        return f"{label}  ({count})" if count else label

    def _wide(self) -> int:
        self.ensurePolished()
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        return max(widest + 14, WIDTH)


def _scrolling(body: QWidget, name: str) -> QScrollArea:
    """In a low window the screens scroll, without a bar that would hide them, to the one that is chosen."""
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(body)
    return area
