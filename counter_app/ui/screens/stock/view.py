"""What the screen of the stock looks like: one field, what to do next, one list. Shows a state, decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from counter_app.domain.permit import Permit
from counter_app.ui.screens.count_tabs import CountTabs
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.screens.stock.lists import Tab
from counter_app.ui.screens.stock.lot import LotCard
from counter_app.ui.screens.stock.rows import (
    about_told,
    count_columns,
    count_rows,
    file_columns,
    file_row,
    permit_columns,
    permit_row,
)
from counter_app.ui.screens.stock.state import StockState
from counter_app.ui.theme import Theme, mark
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import FormRow, ScanLine
from counter_app.ui.widgets.lazy_rows import LazyRows
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.workbench import Workbench
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction

LEAST_ROWS = 3
LOW = 340
"""Logical pixels of the height, at 100 %, under which the list is seldom in view."""
MARGINS, LOW_MARGINS = (16, 12, 16, 16), (12, 4, 12, 4)
"""Of the card."""


class PlaceCard(Card):
    """One permit in hand: whose it is, and its place as the largest text."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._theme, self._words = theme, words
        self.place = line_of("", "place")
        self.about = line_of("", "soft")
        self.add(self.place, self.about)
        self.column.setSpacing(4)
        self.hide()

    def show_permit(self, permit: Permit, about: str, low: bool) -> None:
        """Show a permit and what else is known of it; in a low window the rest is told under it."""
        words, place = self._words, permit.place
        where = words("stock_desk.tray", place=_where(place.tray, place.rank)) if place else words("stock_desk.no_tray")
        self.title.setText(f"{permit.name} · {permit.card_number}")
        self.place.setText(where)
        self.about.setText(about)
        self.about.setVisible(not low)
        mark(self.place, role="h1" if low else "place")
        self.column.setContentsMargins(*(LOW_MARGINS if low else MARGINS))
        self.setAccessibleName(f"{self.title.text()}, {where}, {about}")


def _where(tray: str, rank: str | None) -> str:
    return f"{tray} · {rank}" if rank else tray


class StockView(Page):
    """Field, answer, actions, lists; they scroll rather than be cut."""

    def __init__(self, bench: Workbench) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("stock_desk.title"))
        self._bench, self._words = bench, words
        self._rows: tuple[object, LazyRows] | None = None
        self.field = ScanLine()
        mark(self.field, role="scan")
        self.row = FormRow(theme, words("stock_desk.field"), self.field)
        self.row.label.setWordWrap(True)
        self.card = PlaceCard(theme, words)
        self.result = Result(theme)
        self.bar = ActionBar(words("stock_desk.actions.name"))
        self.tabs = CountTabs(
            words("stock_desk.tabs.name"), [(tab.value, words(f"stock_desk.tabs.{tab.value}")) for tab in Tab]
        )
        self.hint = line_of("", "soft")
        self.table = PeopleTable(theme, words("stock_desk.permits"), permit_columns(words))
        self.files = PeopleTable(theme, words("stock_desk.files"), file_columns(words))
        self.differences = PeopleTable(theme, words("stock_desk.differences"), count_columns(words))
        self.lot = LotCard(theme, words)
        self.tables = (self.table, self.files, self.differences)
        self.add(self.row, self.card, self.result, self.bar, self.tabs, self.hint, *self.tables, self.lot)
        for table in self.tables:
            self.column.setStretchFactor(table, 1)
        self.column.setSpacing(8)
        self.column.addStretch()
        theme.changed.connect(self._fit)
        self._fit()

    def show_state(self, state: StockState, actions: Sequence[VerdictAction]) -> None:
        """Show all of it; what did not change is left alone."""
        self._show_field(state)
        permit = state.held or (state.found[0] if len(state.found) == 1 else self._chosen_in_a_low_window(state))
        self.card.setVisible(permit is not None and not state.lot)
        if permit:
            self.card.show_permit(permit, about_told(permit, self._bench.desk.rules.zone, self._words), self._low)
        self.bar.show_actions(actions)
        self.bar.setVisible(bool(actions))
        browsing = not (state.lot or state.counting)
        self.tabs.setVisible(browsing)
        if state.shelves:
            self.tabs.show_counts(state.shelves.counts())
        self.tabs.select(state.tab.value)
        self.hint.setText(self._hint(state))
        self.hint.setVisible(bool(self.hint.text()) and not state.lot)
        self._show_tables(state, browsing)
        self.lot.setVisible(state.lot is not None)
        QTimer.singleShot(0, self, self._reveal)

    def _chosen_in_a_low_window(self, state: StockState) -> Permit | None:
        """Where the list is out of view, whom the actions are about."""
        return state.permit if self._low and not state.counting else None

    @property
    def _low(self) -> bool:
        return self.viewport().height() < self._bench.theme.px(LOW)

    def _show_field(self, state: StockState) -> None:
        words = self._words
        if state.held:
            label = words("stock_desk.field_tray", name=state.held.name)
        elif state.counting:
            label = (
                words("stock_desk.field_count", tray=state.tray) if state.tray else words("stock_desk.field_count_tray")
            )
        else:
            label = words("stock_desk.field")
        if label != self.row.label.text():
            self.row.label.setText(label)
            self.field.setAccessibleName(label)
        self.row.setVisible(not state.lot)

    def _hint(self, state: StockState) -> str:
        words, look, count = self._words, state.look, state.count
        if state.busy:
            return words("stock_desk.reading")
        if state.counting:
            return self._counted(state) if count else words("stock_desk.count.begin")
        if look is None or state.held or (state.found and not self._low):
            return ""
        if state.permit:
            return about_told(state.permit, self._bench.desk.rules.zone, words)
        if state.wanted:
            return "" if state.shown else words("stock_desk.nobody_found")
        if state.tab is Tab.BACK:
            return (
                words.counted("stock_desk.delay", look.delay)
                if look.delay is not None
                else words("stock_desk.no_delay")
            )
        if look.offered and state.tab is Tab.HERE:
            return words.counted("stock_desk.offered_here", look.offered)
        empty = not self._count_of(state)
        return words(f"stock_desk.{'empty' if empty else 'hint'}_{state.tab.value}")

    def _counted(self, state: StockState) -> str:
        count = state.count
        assert count is not None
        figures = {"present": len(count.present), "missing": len(count.missing), "expected": count.expected}
        return self._words(
            "stock_desk.count.told", tray=count.tray, strays=len(count.unexpected), unread=len(count.unread), **figures
        )

    def _count_of(self, state: StockState) -> int:
        if state.tab is Tab.ARRIVALS:
            return len(state.look.files) if state.look else 0
        return len(state.shown)

    def _show_tables(self, state: StockState, browsing: bool) -> None:
        of_files = state.tab is Tab.ARRIVALS and not (state.found or state.wanted or state.held)
        self.table.setVisible(browsing and not of_files)
        self.files.setVisible(browsing and of_files)
        self.differences.setVisible(state.counting)
        if state.counting:
            self.differences.show_rows(count_rows(state.count, self._words) if state.count else ())
        if state.look is None:
            return
        zone = self._bench.desk.rules.zone
        if of_files:
            self.files.show_rows([file_row(one, zone, self._words) for one in state.look.files])
        self.table.show_rows(self._permit_rows(state), preselect=bool(state.wanted or state.found) and not state.held)

    def _permit_rows(self, state: StockState) -> LazyRows:
        """The same rows as long as the permits are the same ones."""
        permits, look, zone = state.shown, state.look, self._bench.desk.rules.zone
        assert look is not None
        if self._rows is None or self._rows[0] is not permits:
            self._rows = (permits, LazyRows(permits, lambda one: permit_row(one, look, zone, self._words)))
        return self._rows[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for table in self.tables:
            header = table.horizontalHeader().sizeHint().height()
            table.setMinimumHeight(header + LEAST_ROWS * table.verticalHeader().defaultSectionSize() + 4)

    def _reveal(self) -> None:
        """In a low window the permit in hand and what to do with it come first."""
        part: QLabel | QWidget = self.bar if self.bar.isVisible() else self.row
        self.ensureWidgetVisible(part, 0, 8)
        top = self.card if self.card.isVisible() else self.row
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.value(), max(top.y() - 8, 0)))
