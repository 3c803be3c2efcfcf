"""« Derniers actes »: what was just done, newest first, and the way to take the last one back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import label_with_key
from counter_app.wording.catalogue import Words

Index = QModelIndex | QPersistentModelIndex

ANY_HEIGHT = 16_777_215
"""What Qt calls no limit."""
PADDING = 8
ICON = 18
FAMILY = Qt.ItemDataRole.UserRole
ICON_NAME = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class GestureLine:
    """One act as a line: « 9 h 21 · BENALI · arrivé »."""

    id: str
    hour: str
    name: str
    word: str
    family: str = "tech"
    icon: str = "check"
    standing: str = ""
    """What is said beside an act that stands no more, or may not."""


class PillDelegate(QStyledItemDelegate):
    """Paints a line as a soft pill in the colours of its family, its words wrapped."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Height of the wrapped words in the width of the list."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListWidget) else option.rect.width()
        room = QRect(0, 0, width - self._left() - PADDING - 2, 10_000)
        words = option.fontMetrics.boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(width, words.height() + 2 * PADDING + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill, outline, icon and words; the current line has a thicker outline."""
        family, icon = str(index.data(FAMILY)), str(index.data(ICON_NAME))
        pill = option.rect.adjusted(1, 2, -1, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color(f"{family}-soft"))
        painter.setPen(QPen(self._theme.color(f"{family}-text"), 1))
        painter.drawRoundedRect(pill, 4, 4)
        size = self._theme.px(ICON)
        painter.drawPixmap(
            pill.left() + PADDING, pill.top() + PADDING, self._theme.pixmap(icon, f"{family}-text", size)
        )
        text = pill.adjusted(self._left(), PADDING, -PADDING, -PADDING)
        painter.drawText(text, Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()

    def _left(self) -> int:
        return self._theme.px(ICON) + 2 * PADDING


class RecentGestures(QFrame):
    """The column of the last acts. Nothing in it disappears by itself."""

    undo_wanted = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark(self, role="card")
        self._words = words
        self._title = QLabel(words("recent.title"))
        mark(self._title, role="h2")
        self._folded = False
        self._lines: tuple[GestureLine, ...] = ()
        self._empty = QLabel(words("recent.none"))
        mark(self._empty, role="soft")
        self._empty.setWordWrap(True)
        self.list = self._make_list(theme)
        self.undo = QPushButton(label_with_key(words("recent.undo"), "Ctrl+Z"))
        self.undo.setAccessibleName(words("recent.undo"))
        self.undo.clicked.connect(self.undo_wanted)
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(12, 12, 12, 12)
        for widget in (self._title, self._empty, self.list, self.undo):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        theme.changed.connect(self._fit)
        self._write()

    def _make_list(self, theme: Theme) -> QListWidget:
        lines = QListWidget()
        lines.setAccessibleName(self._words("recent.title"))
        lines.setItemDelegate(PillDelegate(theme, lines))
        lines.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        lines.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines.setFrameShape(QFrame.Shape.NoFrame)
        lines.setResizeMode(QListWidget.ResizeMode.Adjust)
        lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        return lines

    def show_lines(self, lines: Sequence[GestureLine]) -> None:
        """Newest first."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._write()

    def _write(self) -> None:
        self.list.clear()
        for line in self._lines[:1] if self._folded else self._lines:
            self.list.addItem(self._item(line))
        self._empty.setVisible(not self._lines)
        self.list.setVisible(bool(self._lines))
        self._fit()

    def _fit(self) -> None:
        """Folded, the list is as high as its one line, once."""
        self.list.doItemsLayout()
        one = self.list.fontMetrics().height() + 2 * PADDING + 6
        self.list.setMinimumHeight(one if self._folded else 0)
        self.list.setMaximumHeight(one if self._folded else ANY_HEIGHT)

    def set_folded(self, folded: bool) -> None:
        """In a narrow window: one line under the content, with the last act and its undo."""
        if folded == self._folded:
            return
        self._folded = folded
        direction = QBoxLayout.Direction.LeftToRight if folded else QBoxLayout.Direction.TopToBottom
        self._column.setDirection(direction)
        self._column.setStretchFactor(self.list, int(folded))
        self._column.setStretch(self._column.count() - 1, int(not folded))
        self._title.setVisible(not folded)
        margin = 4 if folded else 12
        self._column.setContentsMargins(12, margin, 12, margin)
        self._write()

    def _item(self, line: GestureLine) -> QListWidgetItem:
        word = f"{line.word} ({line.standing})" if line.standing else line.word
        parts = [part for part in (line.hour, line.name, word) if part]
        item = QListWidgetItem(" · ".join(parts))
        item.setData(FAMILY, line.family)
        item.setData(ICON_NAME, line.icon)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(parts))
        return item
