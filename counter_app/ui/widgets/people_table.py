"""People in rows: a light model over frozen rows, read as one sentence each by screen readers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from counter_app.ui.theme import Theme
from counter_app.ui.widgets.column_shares import shares
from counter_app.ui.widgets.whole_rows import show_whole_rows

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 36
ICON = 20
_SENT = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason)

STATUS_LOOKS: dict[str, tuple[str, str]] = {
    "expected": ("circle", "text-2"),
    "checked_in": ("circle-check", "ok-text"),
    "served": ("badge-check", "ok-text"),
    "missed": ("user-x", "go-text"),
    "cancelled": ("calendar-off", "stop-text"),
    "cancelled_by_office": ("calendar-sync", "go-text"),
    "rescheduled": ("replace", "warn-text"),
    "absent_from_list": ("circle-help", "tech-text"),
}
"""Icon and colour token of each status of a convocation; its word is `statuses.<status>` of the catalogue."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and its width in letters; the widest one takes what is left."""

    title: str
    letters: int
    spare: bool = False
    """It goes where there is no room for all columns, rather than the last one out of sight."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row. The last cell is the status: an icon and a word."""

    id: str
    cells: tuple[str, ...]
    sentence: str
    """The whole row in one sentence, for screen readers."""
    icon: str = "circle"
    token: str = "text-2"
    dimmed: bool = False
    """Greyed: another day, say; the words of the row tell why."""
    strong: int | None = None
    """A cell in bold, such as the birth date of people with the same name."""


class PeopleModel(QAbstractTableModel):
    """Frozen rows under fixed columns."""

    def __init__(self, theme: Theme, columns: Sequence[Column]) -> None:
        super().__init__()
        self._theme, self.columns = theme, tuple(columns)
        self.rows: Sequence[PersonRow] = ()

    def show(self, rows: Sequence[PersonRow]) -> None:
        """Replace all rows; each is looked at only when it is shown."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many people."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of the columns; rows have none."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation == Qt.Orientation.Horizontal and role in shown:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, says, and looks like."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.sentence if index.column() == 0 else row.cells[index.column()]
            case Qt.ItemDataRole.DecorationRole if index.column() == len(self.columns) - 1:
                return self._status_icon(row)
            case Qt.ItemDataRole.ForegroundRole if row.dimmed:
                return self._theme.color("text-2")
            case Qt.ItemDataRole.FontRole if index.column() == row.strong:
                return self._theme.font(weight=QFont.Weight.Bold)
        return None

    def _status_icon(self, row: PersonRow) -> QIcon:
        """In the colour of the text when the row is selected: every theme keeps its contrast."""
        size = self._theme.px(ICON)
        icon = self._theme.icon(row.icon, row.token, size)
        icon.addPixmap(self._theme.pixmap(row.icon, "on-selection", size), QIcon.Mode.Selected)
        return icon


class PeopleTable(QTableView):
    """The list of people of a screen. Tab leaves it; arrows move in it; Enter or a double click opens a row."""

    opened = Signal(str)
    """Id of the row that the agent opened."""
    unchosen = Signal()
    """Enter, while no row is current: nobody is chosen for the agent."""
    moved_to = Signal(str)
    """Id of the row that is current now; empty when none is."""

    entered = Signal()
    """The keyboard came here by a key, or was sent here."""

    def __init__(self, theme: Theme, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people = PeopleModel(theme, columns)
        self._letters = [column.letters for column in columns]
        self.setModel(self._people)
        self.setAccessibleName(name)
        show_whole_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.moved_to.emit(self._id_at(now.row())))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._id_at(index.row())))
        theme.changed.connect(self._dress)
        self._dress()

    def sizeHint(self) -> QSize:
        """Three rows: it takes the room that others leave."""
        rows = 3 * self.verticalHeader().defaultSectionSize()
        return QSize(256, self.horizontalHeader().sizeHint().height() + rows)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Not by the mouse, under which the page would move; nor with the whole window."""
        super().focusInEvent(event)
        if event.reason() in _SENT:
            self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row, and goes no further: it is not also the main action of the screen."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.current_id():
            self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)
        if enter:
            self.unchosen.emit()

    def show_rows(self, rows: Sequence[PersonRow], preselect: bool = False) -> None:
        """Show other rows. The current person stays current if still there; else, with `preselect`, the first is."""
        current = self.current_id()
        other = rows is not self._people.rows and rows != self._people.rows
        if other:
            self._people.show(rows)
        place = next((place for place, row in enumerate(rows) if row.id == current), -1) if current else -1
        wanted = 0 if place < 0 and preselect and rows else place
        if other or wanted != self.currentIndex().row():
            self._make_current(wanted)

    def ask_for(self, place: int, letters: int) -> None:
        """What a column needs for the rows on show, at least its title, at most what it usually asks for: others have
        their words on one line then."""
        column = self._people.columns[place]
        letters = min(max(letters, len(column.title) + 2), column.letters)
        if letters != self._letters[place]:
            self._letters[place] = letters
            self._share_out()

    def rows(self) -> tuple[PersonRow, ...]:
        """The rows shown."""
        return tuple(self._people.rows)

    def current_id(self) -> str:
        """Id of the current row, empty when there is none."""
        return self._id_at(self.currentIndex().row())

    def move_by(self, rows: int) -> None:
        """Move the current row up or down by so many, staying inside the list."""
        if self._people.rows:
            wanted = self.currentIndex().row() + rows
            self._make_current(min(max(wanted, 0), len(self._people.rows) - 1))

    def choose(self, place: int) -> None:
        """Make the row at a place current, or the nearest there is."""
        self._make_current(min(max(place, 0), len(self._people.rows) - 1))

    def choose_none(self) -> None:
        """No row is current: the agent has to choose."""
        self._make_current(-1)

    def _make_current(self, row: int) -> None:
        self.clearSelection()
        self.setCurrentIndex(self._people.index(row, 0) if row >= 0 else QModelIndex())

    def _id_at(self, row: int) -> str:
        return self._people.rows[row].id if 0 <= row < len(self._people.rows) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the columns."""
        super().resizeEvent(event)
        self._share_out()

    def _dress(self) -> None:
        """Heights and widths follow the text; nothing is measured row by row."""
        self.setIconSize(QSize(self._theme.px(ICON), self._theme.px(ICON)))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._share_out()

    def _share_out(self) -> None:
        """The widest column takes what is left; where nothing is, long words go to a second line of their row."""
        letter, spare = self.fontMetrics().averageCharWidth(), [column.spare for column in self._people.columns]
        shared = shares(self._letters, spare, letter, self.viewport().width())
        for place, width in enumerate(shared.widths):
            self.setColumnHidden(place, not width)
            self.setColumnWidth(place, width)
        self.setWordWrap(shared.squeezed)
        two_lines = 2 * self.fontMetrics().lineSpacing() + 8 if shared.squeezed else 0
        self.verticalHeader().setDefaultSectionSize(max(self._theme.px(ROW_HEIGHT), two_lines))
