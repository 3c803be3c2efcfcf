"""Things side by side that go to the next line when the line is full, like words."""

from collections.abc import Iterable

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """A layout of lines. With `even`, the things of a line share its whole width when they need more than one line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8, even: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._even = spacing, even
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt when a widget is added."""
        self._items.append(item)

    def count(self) -> int:
        """How many things there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of the things, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove one of the things and hand it over."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines within a width."""
        return self._place(QRect(0, 0, width, 0), dry=True)

    def minimumSize(self) -> QSize:
        """As narrow as the widest thing, as high as the highest."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def sizeHint(self) -> QSize:
        """All things on one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._place(rect, dry=False)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            need = item.sizeHint().width()
            if not lines or need > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= need + self._gap
        return lines

    def _place(self, rect: QRect, dry: bool) -> int:
        lines = self._lines(rect.width())
        y = rect.y()
        for line in lines:
            height = max(item.sizeHint().height() for item in line)
            if not dry:
                self._place_line(
                    line, QPoint(rect.x(), y), rect.width() if self._even and len(lines) > 1 else 0, height
                )
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0)

    def _place_line(self, line: list[QLayoutItem], at: QPoint, width: int, height: int) -> None:
        wanted = sum(item.sizeHint().width() for item in line) + self._gap * (len(line) - 1)
        extra = max(width - wanted, 0) // len(line)
        x = at.x()
        for item in line:
            size = QSize(item.sizeHint().width() + extra, height)
            item.setGeometry(QRect(QPoint(x, at.y()), size))
            x += size.width() + self._gap


class Flow(QWidget):
    """A widget of such lines."""

    def __init__(self, spacing: int = 8, even: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, spacing, even)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def replace(self, widgets: Iterable[QWidget]) -> None:
        """Show these widgets instead of those before, which are deleted."""
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for widget in widgets:
            self._flow.addWidget(widget)
        self.updateGeometry()
