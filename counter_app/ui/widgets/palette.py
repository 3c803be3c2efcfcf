"""Ctrl+K: every action by its name, accents and word order ignored, with the key that does it directly."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words

KEY = Qt.ItemDataRole.UserRole
ALIGN_KEY = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WIDTH = 560
HEIGHT = 420


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette: what it is called, its key (empty when it has none), what it does."""

    title: str
    key: str
    run: Callable[[], object]


class KeyDelegate(QStyledItemDelegate):
    """Draws the key of a command at the right edge of its line."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The line as usual, then its key."""
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(option.rect.adjusted(0, 0, -12, 0), ALIGN_KEY, str(index.data(KEY)))
        painter.restore()


class PaletteLine(QLineEdit):
    """A field whose arrows move in the list below it."""

    def __init__(self) -> None:
        super().__init__()
        self.list: QListWidget | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the list; the rest is typing."""
        if self.list and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            rows = self.list.count()
            self.list.setCurrentRow((self.list.currentRow() + step) % rows if rows else -1)
        else:
            super().keyPressEvent(event)


class CommandPalette(Dialog):
    """A field and the actions that match. Enter runs the current one; Escape closes."""

    def __init__(
        self, theme: Theme, words: Words, commands: Sequence[Command], parent: QWidget, title: str = ""
    ) -> None:
        super().__init__(theme, title or words("palette.title"), parent)
        self._theme = theme
        self._commands = tuple(commands)
        self._found: list[Command] = []
        self.line = PaletteLine()
        self.list = QListWidget()
        self.list.setAccessibleName(words("palette.list"))
        mark(self.list, role="list")
        self.list.setItemDelegate(KeyDelegate(self.list))
        self.line.list = self.list
        self._none = QLabel(words("palette.none"))
        self._none.setWordWrap(True)
        mark(self._none, role="soft")
        column = QVBoxLayout(self)
        column.addWidget(FormRow(theme, title or words("palette.label"), self.line))
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self.resize(theme.px(WIDTH), HEIGHT)
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self._run_current)
        self.list.itemActivated.connect(lambda _: self._run_current())
        self._filter("")
        self.line.setFocus()

    def _filter(self, typed: str) -> None:
        wanted = folded(typed).split()
        self._found = [command for command in self._commands if _matches(command, wanted)]
        self.list.clear()
        for command in self._found:
            self.list.addItem(self._item(command))
        self.list.setCurrentRow(0 if self._found else -1)
        self._none.setVisible(not self._found)

    def _item(self, command: Command) -> QListWidgetItem:
        item = QListWidgetItem(command.title)
        item.setData(KEY, command.key)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (command.title, command.key) if part)
        )
        item.setSizeHint(QSize(0, self._theme.px(36)))
        return item

    def _run_current(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.accept()
            self._found[row].run()


def folded(text: str) -> str:
    """Small letters without accents: « Réglages » is found by “regl”."""
    decomposed = unicodedata.normalize("NFD", text.replace("’", "'").casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _matches(command: Command, wanted: list[str]) -> bool:
    words = folded(f"{command.title} {command.key}").replace("'", " ").split()
    return all(any(word.startswith(start) for word in words) for start in " ".join(wanted).replace("'", " ").split())
