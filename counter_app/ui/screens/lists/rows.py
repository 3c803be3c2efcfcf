"""Rows to correct, as a table: line, column, problem, value, and a last cell where the right value is written."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from counter_app.ui.scanner import TAKES_KEYS
from counter_app.ui.screens.lists.problems import COLUMN, LINE, PROBLEM, RIGHT, VALUE, Index, ProblemModel, ProblemRow
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.whole_rows import WholeRow, show_whole_rows
from counter_app.wording.catalogue import Words

ROW_HEIGHT = 36
_LETTERS = {LINE: 5, COLUMN: 13, VALUE: 12, RIGHT: 14}
SHOWN_AT_ONCE = 4
AIR = 12
MARGIN = 24
"""Room left around a table that takes the whole height of its page."""


class NamedEditor(WholeRow):
    """Gives cells some air, and the field in the last one a name: which line, which column."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The words, and air above and under them."""
        return super().sizeHint(option, index) + QSize(0, AIR)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain field that says what it is."""
        editor = super().createEditor(parent, option, index)
        line, column = (index.sibling(index.row(), place).data() for place in (LINE, COLUMN))
        editor.setAccessibleName(self._words("import.editor", line=line, column=column))
        return editor


class ProblemTable(QTableView):
    """Enter or typing writes in the last cell; Enter again goes to the next row; Ctrl+↓ to the next one to correct."""

    written = Signal(str, str)
    """Id of a row, and what the agent wrote instead of the value."""
    opened = Signal(str)
    """Id of a row to show whole."""

    def __init__(self, theme: Theme, words: Words, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._room = theme, 10_000
        self._problems = ProblemModel(theme, words)
        self.setModel(self._problems)
        self.setAccessibleName(name)
        self.setProperty(TAKES_KEYS, True)
        self._behave()
        self.setItemDelegate(NamedEditor(words, self))
        self._problems.written.connect(self.written)
        self.doubleClicked.connect(lambda index: self._write(index.row()))
        theme.changed.connect(self._dress)
        self._dress()

    def _behave(self) -> None:
        show_whole_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setWordWrap(True)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def show_rows(self, rows: Sequence[ProblemRow]) -> None:
        """Show other rows; the current one stays current if it is still there."""
        current = self.current_id()
        self._problems.show(rows)
        places = [row.id for row in rows]
        if rows and current not in places:
            self._go(0)
        self._fit_height()

    def rows(self) -> tuple[ProblemRow, ...]:
        """The rows shown."""
        return self._problems.rows

    def current_id(self) -> str:
        """Id of the current row, empty when there is none."""
        row = self.currentIndex().row()
        return self._problems.rows[row].id if 0 <= row < len(self._problems.rows) else ""

    def next_problem(self) -> None:
        """Go to the next row that nobody corrected, from the top again after the last one."""
        count, here = len(self._problems.rows), self.currentIndex().row()
        places = [(here + step) % count for step in range(1, count + 1)] if count else []
        left = next((place for place in places if not self._problems.rows[place].solved), None)
        if left is not None:
            self._go(left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes; Ctrl+↓ goes on. A key that the open field left alone means nothing here."""
        if self.state() == QAbstractItemView.State.EditingState:
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Down and control:
            self.next_problem()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._write(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter, the next row is at hand."""
        super().closeEditor(editor, hint)
        row = self.currentIndex().row()
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and row + 1 < len(self._problems.rows):
            self._go(row + 1)

    def _write(self, row: int) -> None:
        if not 0 <= row < len(self._problems.rows):
            return
        if self._problems.rows[row].column is None:
            self.opened.emit(self._problems.rows[row].id)
        else:
            self.edit(self._problems.index(row, RIGHT))

    def _go(self, row: int) -> None:
        self.setCurrentIndex(self._problems.index(row, RIGHT))
        self.scrollTo(self._problems.index(row, LINE))

    def _dress(self) -> None:
        """Widths follow the text; the problem takes what is left."""
        self.verticalHeader().setMinimumSectionSize(self._theme.px(ROW_HEIGHT))
        letter = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        for place, letters in _LETTERS.items():
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(place, letter * letters + 24)
        header.setMinimumSectionSize(letter * 6)
        header.setSectionResizeMode(PROBLEM, QHeaderView.ResizeMode.Stretch)
        self._fit_height()

    def set_room(self, pixels: int) -> None:
        """Be no higher than what can be seen at once."""
        self._room = pixels - MARGIN
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as its rows, up to a few: the rest is scrolled to."""
        shown = min(len(self._problems.rows), SHOWN_AT_ONCE)
        row = self._theme.px(ROW_HEIGHT)
        rows = sum(max(self.rowHeight(place), row) for place in range(shown))
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 4
        self.setFixedHeight(max(frame + row, min(frame + rows, self._room)))
