"""A file of permits: what receiving it would do, line by line, before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from counter_app.imports.refusals import UnreadableFile
from counter_app.telling.stock import lot_told, returned_told
from counter_app.ui.screens.page_parts import Card, line_of
from counter_app.ui.screens.stock.rows import problem_columns, problem_row
from counter_app.ui.screens.stock.state import PendingLot
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.count_tile import CountTile
from counter_app.ui.widgets.flow import Flow
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.usecases.desk import Desk
from counter_app.usecases.receive_permits import preview_permits, receive_permits
from counter_app.usecases.stock_answers import Received
from counter_app.wording.catalogue import Words

_TILES = (("added", "plus", "ok"), ("changed", "pencil", "warn"), ("unchanged", "check", "tech"))
ROWS_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that is no list of permits: what is wrong and what to do, in French."""

    sentence: str


def preview(desk: Desk, path: Path) -> Received | NotRead:
    """What receiving the file would do."""
    return _read(lambda: preview_permits(desk, path))


def receive(desk: Desk, path: Path) -> Received | NotRead:
    """Receive the file."""
    return _read(lambda: receive_permits(desk, path))


def _read(work: Callable[[], Received]) -> Received | NotRead:
    try:
        return work()
    except UnreadableFile as told:
        return NotRead(told.sentence)


class ProblemList(PeopleTable):
    """Rows as high as their sentences: what is wrong is read whole."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words("stock_desk.lot.problems"), problem_columns(words))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Long sentences go to further lines, whatever room the other columns have."""
        super().resizeEvent(event)
        self.setWordWrap(True)
        self.fit_height()

    def fit_height(self) -> None:
        """As high as its rows, up to so many; the others scroll."""
        shown = range(min(len(self.rows()), ROWS_AT_ONCE))
        rows = sum(self.verticalHeader().sectionSize(row) for row in shown)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 6)


class LotCard(Card):
    """Figures of a file, sentences, and the rows that give no permit. Hidden while no file is open."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("stock_desk.lot.title"), parent)
        self._theme, self._words = theme, words
        self._tiles = Flow(spacing=12)
        self.told = line_of("", "body")
        self.table = ProblemList(theme, words)
        self.add(self._tiles, self.told, self.table)
        self.hide()

    def show_lot(self, lot: PendingLot) -> None:
        """Show what is in a file; one received before only tells its rows to correct."""
        outcome, words = lot.outcome, self._words
        name = lot.path.name if lot.path else ", ".join(outcome.lots)
        self.title.setText(words("stock_desk.lot.of_file", name=name))
        self.setAccessibleName(self.title.text())
        figures = {"added": outcome.added, "changed": outcome.changed, "unchanged": outcome.unchanged}
        tiles = [(one, figures[one[0]]) for one in _TILES] if lot.path else []
        rejected = (("rejected", "file-warning", "stop"), len(outcome.rejected))
        self._tiles.replace(
            CountTile(self._theme, icon, family, str(count), words.counted(f"stock_desk.lot.{name}", count))
            for (name, icon, family), count in (*tiles, rejected)
        )
        self.told.setText("\n".join(self._sentences(lot)))
        ids = [row.id for row in lot.rows] or [f"{one.row} {one.column}" for one in outcome.rejected]
        shown = zip(ids, outcome.rejected, strict=True)
        self.table.show_rows([problem_row(row_id, one, words) for row_id, one in shown], preselect=bool(lot.rows))
        self.table.setVisible(bool(outcome.rejected))
        QTimer.singleShot(0, self.table, self.table.fit_height)

    def _sentences(self, lot: PendingLot) -> list[str]:
        words, outcome = self._words, lot.outcome
        told = [words.counted("stock_desk.lot.rows", outcome.rows)]
        if outcome.lots and lot.path:
            told.append(words("stock_desk.lot.lots", lots=", ".join(outcome.lots)))
        if outcome.superseded:
            told.append(words("stock_desk.lot.superseded"))
        if outcome.returned:
            told.append(returned_told(outcome.returned, words.lang))
        told += lot_told(outcome, words.lang) if lot.path else ()
        if outcome.rejected:
            told.append(words("stock_desk.lot.correct" if lot.path else "stock_desk.lot.correct_here"))
        if lot.path:
            told.append(words("stock_desk.lot.nothing_written"))
        return told
