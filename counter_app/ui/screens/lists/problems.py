"""Rows of a list to correct, as frozen values and as the model of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from counter_app.ui.theme import Theme
from counter_app.wording.catalogue import Words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ICON = 20
LINE, COLUMN, PROBLEM, VALUE, RIGHT = range(5)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of a list that could not be taken."""

    id: str
    line: int
    column: str | None
    """Heading of the cell to correct; None when the whole row is concerned."""
    problem: str
    value: str
    right: str = ""
    """What the agent wrote instead."""
    solved: bool = False


class ProblemModel(QAbstractTableModel):
    """Frozen rows; only the last cell can be written."""

    written = Signal(str, str)
    """Id of the row, and what the agent wrote."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._titles = tuple(words(f"import.column_{name}") for name in ("line", "column", "problem", "value", "right"))
        self.rows: tuple[ProblemRow, ...] = ()

    def show(self, rows: Sequence[ProblemRow]) -> None:
        """Replace all rows; when they are the same ones, the place of the agent is kept."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, RIGHT))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Five."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """Titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._titles[section]
        if role == Role.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The last cell is written by the agent, unless the whole row is wrong: that one opens whole."""
        writable = index.column() == RIGHT and self.rows[index.row()].column is not None
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if writable else Qt.ItemFlag.NoItemFlags)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """What a cell shows and says."""
        row = self.rows[index.row()]
        match role:
            case Role.DisplayRole:
                return self._shown(row)[index.column()]
            case Role.EditRole:
                return row.right or row.value
            case Role.AccessibleTextRole:
                whole = index.column() in (LINE, RIGHT)
                return self._sentence(row) if whole else self._shown(row)[index.column()]
            case Role.DecorationRole if index.column() == RIGHT and row.right:
                icon, token = ("circle-check", "ok-text") if row.solved else ("triangle-alert", "warn-text")
                return self._theme.pixmap(icon, token, self._theme.px(ICON))
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        """The agent wrote something; whoever listens answers with other rows."""
        text = str(value).strip()
        row = self.rows[index.row()]
        if role != Role.EditRole or text in ("", row.right) or (not row.right and text == row.value):
            return False
        self.written.emit(row.id, text)
        return True

    def _shown(self, row: ProblemRow) -> tuple[str, ...]:
        right = row.right or self._words("import.write_here" if row.column else "import.open_row")
        return (str(row.line), row.column or self._words("import.whole_row"), row.problem, row.value, right)

    def _sentence(self, row: ProblemRow) -> str:
        key = "import.row_solved" if row.solved else "import.row_sentence"
        column = row.column or self._words("import.whole_row")
        return self._words(key, line=row.line, column=column, problem=row.problem, value=row.value, right=row.right)


def solved(row: ProblemRow, right: str) -> ProblemRow:
    """The row once what the agent wrote was enough."""
    return replace(row, right=right, solved=True)


def still_wrong(row: ProblemRow, right: str, column: str | None, problem: str) -> ProblemRow:
    """The row when what the agent wrote was not enough: what is wrong now."""
    return replace(row, right=right, solved=False, column=column, problem=problem)
