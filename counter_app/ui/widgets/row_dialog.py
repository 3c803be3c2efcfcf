"""One row of a list, whole: every cell under its heading, to correct what a single cell cannot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.dialog import Dialog
from counter_app.ui.widgets.form import FormRow
from counter_app.wording.catalogue import Words

WIDTH, HEIGHT = 560, 480


class RowDialog(Dialog):
    """All cells of a row; answers with those that were changed."""

    corrected = Signal(str, dict, str)
    """Id of the row, what was changed (heading to text), and the new texts in one line."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        row_id: str,
        line: int,
        problem: str,
        cells: Sequence[tuple[str, str]],
        parent: QWidget,
        wrong: str | None = None,
    ) -> None:
        """`wrong`: heading of the cell to correct, where the keyboard begins."""
        super().__init__(theme, words("import.row_title", line=line), parent)
        self._words, self._row_id = words, row_id
        self._before = dict(cells)
        self.fields = {heading: QLineEdit(text) for heading, text in cells}
        told = QLabel(problem)
        told.setWordWrap(True)
        mark(told, role="strong")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(told)
        area = self._cells(theme)
        column.addWidget(area, 1)
        column.addLayout(self._buttons())
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.setMaximumSize(parent.window().size())
        first = self.fields.get(wrong or "") or next(iter(self.fields.values()))
        first.setFocus()
        QTimer.singleShot(0, area, lambda: area.ensureWidgetVisible(first))

    def _cells(self, theme: Theme) -> QScrollArea:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setSpacing(12)
        for heading, field in self.fields.items():
            column.addWidget(FormRow(theme, heading.replace("&", "&&"), field))
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for button in self.answers(self._words, "import.row_save", self._answer, "import.row_cancel"):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _answer(self) -> None:
        changed = {name: field.text() for name, field in self.fields.items() if field.text() != self._before[name]}
        self.accept()
        if changed:
            self.corrected.emit(self._row_id, changed, " · ".join(changed.values()))
