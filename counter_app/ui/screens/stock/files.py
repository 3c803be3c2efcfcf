"""Files of permits: one read and received, or one received before, whose rows are corrected or set down."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from counter_app.ui.screens.stock import lot as stock_lot
from counter_app.ui.screens.stock.deeds import READY
from counter_app.ui.screens.stock.lists import Tab
from counter_app.ui.screens.stock.lot import NotRead
from counter_app.ui.screens.stock.parts import Flow
from counter_app.ui.screens.stock.state import PendingLot, lot_again
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.widgets.row_dialog import RowDialog
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import OpenRow, RowProblem
from counter_app.usecases.stock_answers import Received
from counter_app.usecases.stock_lots import open_lot_rows, repair_lot_row, set_down_lot_row


class StockFiles:
    """The part of the stock's flow that deals with files."""

    def __init__(self, bench: Workbench, flow: Flow, window: QWidget) -> None:
        self._bench, self._flow, self._window = bench, flow, window

    def open(self, path: Path) -> None:
        """Read a file of permits; nothing is written."""
        self._read(partial(stock_lot.preview, self._bench.desk, path), partial(self._previewed, path))

    def receive(self) -> None:
        """Receive the file on show."""
        lot = self._flow.state.lot
        if lot and lot.path:
            self._read(partial(stock_lot.receive, self._bench.desk, lot.path), self._received)

    def _read(self, work: Callable[[], Received | NotRead], done: Callable[[Received | NotRead], None]) -> None:
        if not self._flow.state.busy:
            self._flow.become(replace(self._flow.state, busy=True, held=None, found=(), counting=False))
            self._bench.behind(work, done, self._broke)

    def _previewed(self, path: Path, outcome: Received | NotRead) -> None:
        self._flow.become(replace(self._flow.state, busy=False, tab=Tab.ARRIVALS))
        if isinstance(outcome, NotRead):
            self._flow.told.emit(outcome.sentence, False)
        else:
            self._flow.become(replace(self._flow.state, lot=PendingLot(outcome, path)))

    def _received(self, outcome: Received | NotRead) -> None:
        self._flow.become(replace(self._flow.state, busy=False, lot=None))
        if isinstance(outcome, NotRead):
            self._flow.told.emit(outcome.sentence, False)
            return
        words = self._bench.words
        told = [words("stock_desk.lot.received", added=outcome.added, changed=outcome.changed, same=outcome.unchanged)]
        if outcome.rejected:
            told.append(words.counted("stock_desk.lot.left", len(outcome.rejected)))
        self._flow.told.emit(" ".join(told), not outcome.rejected)
        self._bench.acted.emit()

    def _broke(self, broken: Breakage) -> None:
        self._flow.become(replace(self._flow.state, busy=False, lot=None))
        self._flow.told.emit(broken.sentence, False)

    # rows of a file received before

    def open_received(self, lot_id: str) -> None:
        """A file received before: its rows to correct, as they are now."""
        desk = self._bench.desk
        self._bench.do(lambda: open_lot_rows(desk), partial(self._show_rows, lot_id))

    def _show_rows(self, lot_id: str, rows: Sequence[OpenRow]) -> None:
        files = self._flow.state.look.files if self._flow.state.look else ()
        file = next((one for one in files if one.id == lot_id), None)
        mine = tuple(row for row in rows if row.id.rpartition("-")[0] == lot_id)
        if file:
            self._flow.become(replace(self._flow.state, lot=lot_again(file, mine)))

    def ask_row(self, row_id: str = "") -> None:
        """Every cell of a row, to correct what is wrong."""
        row = self._row(row_id)
        if row:
            theme, words = self._bench.theme, self._bench.words
            problem = row.problem
            parent, wrong = self._window.window(), problem.column
            dialog = RowDialog(theme, words, row.id, problem.row, problem.reason, row.cells, parent, wrong)
            dialog.corrected.connect(lambda _id, changed, _shown: self._repair(row, changed))
            dialog.open()

    def ask_why(self, row_id: str = "") -> None:
        """Why a row is closed without a permit."""
        row = self._row(row_id)
        if row:
            words = self._bench.words
            ready = [words(f"stock_desk.reasons.set_down_{place}") for place in range(1, READY + 1)]
            box = ReasonBox(self._bench.theme, words, words("import.set_down_title"), ready, self._window.window())
            box.answered.connect(partial(self._set_down, row))
            box.open()

    def _row(self, row_id: str) -> OpenRow | None:
        rows = self._flow.state.lot.rows if self._flow.state.lot else ()
        row = next((one for one in rows if one.id == row_id), None)
        if row is None and rows:
            self._flow.told.emit(self._bench.words("import.no_row_chosen"), False)
        return row

    def _repair(self, row: OpenRow, changed: dict[str, str]) -> None:
        desk = self._bench.desk
        self._bench.do(lambda: repair_lot_row(desk, row.id, changed), partial(self._repaired, row))

    def _repaired(self, row: OpenRow, left: RowProblem | None) -> None:
        words = self._bench.words
        if left:
            self._flow.told.emit(words("import.not_repaired", line=left.row, problem=left.reason), False)
            return
        self._settled(row, words("stock_desk.lot.row_received", line=row.problem.row))

    def _set_down(self, row: OpenRow, reason: Reason) -> None:
        desk, words = self._bench.desk, self._bench.words
        told = words("import.was_set_down", line=row.problem.row, reason=reason.text)
        self._bench.do(lambda: set_down_lot_row(desk, row.id, reason.text), lambda _none: self._settled(row, told))

    def _settled(self, row: OpenRow, told: str) -> None:
        self._flow.told.emit(told, True)
        self._bench.acted.emit()
        self.open_received(row.id.rpartition("-")[0])
