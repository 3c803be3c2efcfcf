"""Rows of older lists that still wait: corrected in place, opened whole, or put away with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.ui.screens.lists.problems import ProblemRow, still_wrong
from counter_app.ui.screens.lists.rows import ProblemTable
from counter_app.ui.screens.page_parts import Card, Result, button, line_of, side_by_side
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.widgets.row_dialog import RowDialog
from counter_app.ui.workbench import Workbench
from counter_app.usecases import repair_row
from counter_app.usecases.answers import OpenRow, RowProblem

SET_DOWN_REASONS = ("total", "note", "known", "office")


class WaitingRows(Card):
    """Hidden while no row waits. Each gesture is an act of the desk."""

    counted = Signal(int)
    """How many rows wait now."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._bench = bench
        self._words, self._theme = bench.words, bench.theme
        self._rows: tuple[OpenRow, ...] = ()
        self._wrong: dict[str, ProblemRow] = {}
        self.table = ProblemTable(self._theme, self._words, self._words("import.problems"))
        self.result = Result(self._theme)
        self.see = button(self._words("import.see_row"), lambda: self._open(self.table.current_id()))
        self.put_away = button(self._words("import.set_down"), self._ask_why)
        buttons = side_by_side([self.see, self.put_away])
        self.add(line_of(self._words("import.waiting_lead"), "soft"), self.table, buttons, self.result)
        self.table.written.connect(self._on_written)
        self.table.opened.connect(self._open)
        self.hide()

    def refresh(self) -> None:
        """Ask again which rows wait."""
        self._bench.look("open rows", lambda: tuple(repair_row.open_rows(self._bench.desk)), self.show_rows)

    def show_rows(self, rows: tuple[OpenRow, ...]) -> None:
        """Show the rows that wait."""
        self._rows = rows
        known = {row.id for row in rows}
        self._wrong = {row_id: row for row_id, row in self._wrong.items() if row_id in known}
        self.table.show_rows([self._wrong.get(row.id, problem_row(row.id, row.problem)) for row in rows])
        title = self._words.counted("import.waiting_title", len(rows))
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setVisible(bool(rows) or bool(self.result.text))
        self.counted.emit(len(rows))

    def _row(self, row_id: str) -> OpenRow | None:
        return next((row for row in self._rows if row.id == row_id), None)

    def _on_written(self, row_id: str, text: str) -> None:
        row = self._row(row_id)
        shown = next((one for one in self.table.rows() if one.id == row_id), None)
        if row and shown and shown.column is not None:
            self._repair(row, {**self._corrections(row_id), shown.column: text}, text)

    def _corrections(self, row_id: str) -> dict[str, str]:
        """What was already written in this row and was not enough."""
        wrong = self._wrong.get(row_id)
        return {wrong.column: wrong.right} if wrong and wrong.column and wrong.right else {}

    def _repair(self, row: OpenRow, corrections: dict[str, str], shown: str) -> None:
        self._bench.do(
            lambda: repair_row.repair(self._bench.desk, row.id, corrections),
            lambda left: self._repaired(row, shown, left),
        )

    def _repaired(self, row: OpenRow, shown: str, left: RowProblem | None) -> None:
        if left is None:
            self.result.show_result(self._words("import.was_repaired", line=row.problem.row))
            self._bench.acted.emit()
        else:
            self._wrong[row.id] = still_wrong(problem_row(row.id, row.problem), shown, left.column, left.reason)
            told = self._words("import.not_repaired", line=left.row, problem=left.reason)
            self.result.show_result(told, good=False)
        self.refresh()

    def _open(self, row_id: str) -> None:
        row = self._row(row_id)
        if row is None:
            self.result.show_result(self._words("import.no_row_chosen"), good=False)
            return
        dialog = RowDialog(
            self._theme,
            self._words,
            row.id,
            row.problem.row,
            row.problem.reason,
            row.cells,
            self.window(),
            row.problem.column,
        )
        dialog.corrected.connect(lambda _id, changed, shown: self._repair(row, changed, shown))
        dialog.open()

    def _ask_why(self) -> None:
        row = self._row(self.table.current_id())
        if row is None:
            self.result.show_result(self._words("import.no_row_chosen"), good=False)
            return
        ready = [self._words(f"import.set_down_{name}") for name in SET_DOWN_REASONS]
        dialog = ReasonBox(self._theme, self._words, self._words("import.set_down_title"), ready, self.window())
        dialog.answered.connect(lambda reason: self._set_down(row, reason))
        dialog.open()

    def _set_down(self, row: OpenRow, reason: Reason) -> None:
        told = self._words("import.was_set_down", line=row.problem.row, reason=reason.text)
        self._bench.do(
            lambda: repair_row.set_down(self._bench.desk, row.id, reason.text), lambda _none: self._was_set_down(told)
        )

    def _was_set_down(self, told: str) -> None:
        self.result.show_result(told)
        self._bench.acted.emit()
        self.refresh()


def problem_row(row_id: str, problem: RowProblem) -> ProblemRow:
    """A problem as the table shows it."""
    return ProblemRow(row_id, problem.row, problem.column, problem.reason, problem.value)
