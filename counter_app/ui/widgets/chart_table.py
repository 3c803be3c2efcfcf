"""Figures in rows: the twin of a chart, or a table of its own. Read by screen readers, copied by Ctrl+C."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.whole_rows import show_whole_rows

Index = QModelIndex | QPersistentModelIndex

MOST_ROWS = 16
"""Rows on show before the table scrolls in itself."""
ROW_HEIGHT = 30
LEAST_NAME = 150
"""Pixels at 100 % that names need at least, to stand beside their figures on lines of their own."""


class FigureModel(QAbstractTableModel):
    """Rows of words; the first cell of each names it."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: tuple[str, ...] = ()
        self.names: tuple[str, ...] = ()
        """What each title stands for, in full: for screen readers, and under the mouse."""
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.stacked = False
        """Whether each row is one cell: its name, and its figures under it, each with its title in full."""

    def stack(self, stacked: bool) -> None:
        """One cell for each row, or one for each figure."""
        if stacked != self.stacked:
            self.beginResetModel()
            self.stacked = stacked
            self.endResetModel()

    def show(self, titles: Sequence[str], names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.titles, self.names, self.rows = tuple(titles), tuple(names), tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else min(len(self.titles), 1) if self.stacked else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns; rows have none."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.names[section]
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; the first one of a row says the whole row to screen readers."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return ", ".join(
                (row[0], *(f"{title} {cell}" for title, cell in zip(self.names[1:], row[1:], strict=True)))
            )
        if role == Qt.ItemDataRole.DisplayRole and self.stacked:
            return f"{row[0]}\n{' · '.join(_told(*one) for one in zip(self.names[1:], row[1:], strict=True))}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row[index.column()]
        return _side(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _told(title: str, figure: str) -> str:
    """A figure under its row: it goes to the next line with its title."""
    return f"{title} {figure}".replace(" ", "\u00a0")


def _side(column: int) -> int:
    """Names on the left, numbers on the right."""
    return int((Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)


class FigureTable(QTableView):
    """As high as its rows, up to a limit; in a narrow place names have several lines, or each row is one cell: nothing
    scrolls sideways. Tab leaves it."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.figures = FigureModel()
        self.setModel(self.figures)
        self.setAccessibleName(name)
        show_whole_rows(self)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanted: tuple[int, ...] = ()
        """How wide each column would be on one line."""
        self._room, self._several = 0, False
        """How high the table may be, 0 for any; whether some rows have several lines."""
        theme.changed.connect(self._dress)
        self._dress()

    def show_figures(self, titles: Sequence[str], rows: Sequence[Sequence[str]], names: Sequence[str] = ()) -> None:
        """Show other figures; the current row keeps its place. `names`: titles in full, where those shown are short."""
        shown = tuple(tuple(row) for row in rows)
        if (self.figures.titles, self.figures.rows) == (tuple(titles), shown):
            return
        place = self.currentIndex().row()
        self.figures.show(titles, names or titles, shown)
        self._dress()
        if 0 <= place < len(shown):
            self.setCurrentIndex(self.figures.index(place, 0))

    def text(self) -> str:
        """Everything, as spreadsheets take it from the clipboard."""
        return "\n".join("\t".join(row) for row in (self.figures.names, *self.figures.rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the whole table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Entered by keyboard, a row is current: something is read at once."""
        super().focusInEvent(event)
        # Qt has made a row current by now, and chosen none: nobody would see where the keyboard is.
        if not self.selectionModel().hasSelection() and self.figures.rows:
            self.selectRow(max(self.currentIndex().row(), 0))

    def set_room(self, room: int) -> None:
        """Be no higher than so many pixels: the row where the keyboard is stays in sight."""
        self._room = room
        self._share_out()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """One row alone shows where the keyboard is."""
        super().focusOutEvent(event)
        self.clearSelection()

    def sizeHint(self) -> QSize:
        """All its rows, up to a limit."""
        return QSize(self._theme.px(256), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the columns."""
        super().resizeEvent(event)
        self._share_out()

    def _dress(self) -> None:
        """Heights and widths follow the text."""
        self.figures.stack(False)
        header = self.horizontalHeader()
        self._wanted = tuple(
            max(self.sizeHintForColumn(place), header.sectionSizeHint(place))
            for place in range(self.figures.columnCount())
        )
        height = max(self._theme.px(ROW_HEIGHT), self.fontMetrics().height() + 8)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._share_out()

    def _share_out(self) -> None:
        """Every column as wide as its words; the first takes what is left, or names stand above their figures."""
        place, room = self.currentIndex().row(), self.viewport().width()
        left = room - sum(self._wanted[1:])
        stacked = left < min((*self._wanted[:1], self._theme.px(LEAST_NAME)))
        self.figures.stack(stacked)
        self.horizontalHeader().setVisible(not stacked)
        for column, width in enumerate((room,) if stacked else (left, *self._wanted[1:])):
            self.setColumnWidth(column, width)
        several = stacked or left < sum(self._wanted[:1])
        if several:
            self.resizeRowsToContents()
        elif self._several:
            for row in range(len(self.figures.rows)):
                self.setRowHeight(row, self.verticalHeader().defaultSectionSize())
        self._several = several
        if place >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self.figures.index(place, 0))
        self._take_height()

    def _take_height(self) -> None:
        rows = sum(map(self.rowHeight, range(min(len(self.figures.rows), MOST_ROWS))))
        titles = 0 if self.figures.stacked else self.horizontalHeader().sizeHint().height()
        high = titles + max(rows, self.verticalHeader().defaultSectionSize()) + 2 * self.frameWidth()
        self.setFixedHeight(min(high, self._room) if self._room else high)
