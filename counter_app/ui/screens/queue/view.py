"""The page of the waiting room: how full it is, whom this desk called, the five lists."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar

from counter_app.domain.visit_story import Stage
from counter_app.telling.queue import day_told, load_told, numbers_told, twice_told
from counter_app.ui.screens.count_tabs import CountTabs
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.screens.queue.rows import columns, letters_of, rows_of
from counter_app.ui.screens.queue.state import QueueState, Tab, counts_of
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.workbench import Workbench
from counter_app.usecases.queue_answers import QueueLine
from counter_app.wording.dates import hour
from counter_app.wording.verdicts import VerdictAction

LEAST_ROWS = 3
LOW = 420
"""Logical pixels of the height, at 100 %, under which the bar is thin."""


class QueueView(Page):
    """The person of this desk stays in view, above the lists."""

    def __init__(self, bench: Workbench) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("queue.title"))
        self._bench, self._words = bench, words
        self.load = line_of("", "body")
        self.bar_of_load = QProgressBar()
        self.bar_of_load.setTextVisible(False)
        self.bar_of_load.setRange(0, 100)
        self.bar_of_load.setAccessibleName(words("queue.load_bar"))
        self.mine = Card("")
        self.mine.column.setContentsMargins(16, 8, 16, 10)
        self.mine.column.setSpacing(2)
        self.told = line_of("", "body")
        self.mine.add(self.told)
        self.bar = ActionBar(words("queue.actions.name"))
        self.result = Result(theme)
        names = [(tab.value, words(f"queue.tabs.{tab.value}")) for tab in Tab]
        self.tabs = CountTabs(words("queue.tabs_name"), names)
        self.rule = line_of("", "soft")
        self.table = PeopleTable(theme, words("queue.people"), columns(words))
        self.row_bar = ActionBar(words("queue.actions.row"))
        self.add(
            self.load,
            self.bar_of_load,
            self.mine,
            self.bar,
            self.result,
            self.tabs,
            self.rule,
            self.table,
            self.row_bar,
        )
        self.column.setSpacing(8)
        self.column.setStretchFactor(self.table, 1)
        self.column.addStretch()
        theme.changed.connect(self._fit)
        self._fit()

    def show_state(
        self, state: QueueState, actions: Sequence[VerdictAction], row_actions: Sequence[VerdictAction]
    ) -> None:
        """Show all of it; what did not change is left alone."""
        words, day = self._words, state.day
        self.load.setText(load_told(day.load, words.lang) if day else words("queue.looking"))
        self.bar_of_load.setValue(round(day.load.share * 100) if day else 0)
        name = self._bench.desk.name
        self.mine.title.setText(f"{name} · {self._person(state.mine)}" if state.mine else name)
        self.told.setText(self._told(state, state.mine) if state.mine else words("queue.mine_none"))
        self.mine.setAccessibleName(f"{self.mine.title.text()}. {self.told.text()}")
        self.bar.show_actions(actions)
        self.tabs.show_counts(counts_of(state))
        self.tabs.select(state.tab.value)
        self._show_rule(state)
        rows = rows_of(state.lines, self._bench.desk, words)
        self.table.setVisible(bool(rows))
        for place, letters in letters_of(rows).items():
            self.table.ask_for(place, letters)
        self.table.show_rows(rows, preselect=False)
        self.row_bar.show_actions(row_actions)
        self.row_bar.setVisible(bool(row_actions))

    def _show_rule(self, state: QueueState) -> None:
        """In which order people are called, over those who wait; over a list of nobody, that there is nobody."""
        key = "queue.rule" if state.lines else f"queue.empty.{state.tab.value}"
        self.rule.setVisible(state.tab is Tab.WAITING or not state.lines)
        self.rule.setText(self._words(key))

    def _person(self, line: QueueLine) -> str:
        if line.name:
            return self._words("queue.mine", number=numbers_told(line), name=line.name)
        return self._words("queue.mine_nameless", number=numbers_told(line))

    def _told(self, state: QueueState, line: QueueLine) -> str:
        words, desk, visit = self._words, self._bench.desk, line.visit
        zone, call = desk.rules.zone, visit.call
        calls = desk.rules.queue.limits_on(desk.now().date()).calls
        waited = words("queue.waited", n=int(line.waited.total_seconds() // 60))
        since = ""
        if call and visit.stage is Stage.SERVING and call.present_at:
            since = words("queue.serving_since", hour=hour(call.present_at.astimezone(zone), words.lang))
        elif call:
            last = hour(call.announced[-1].astimezone(zone), words.lang)
            since = words("queue.called_since", hour=last, n=len(call.announced), calls=calls)
        service = desk.rules.queue.service(visit.service)
        kind = service.name if service else ""
        others = len(state.day.mine) - 1 if state.day else 0
        more = words("queue.more", n=others) if others else ""
        told = (twice_told(line, words.lang), day_told(line, words.lang), kind, waited, since, more)
        return " · ".join(filter(None, told))

    def show_gesture(self) -> None:
        """Bring who is called, what to do next and what became of it into sight, once the page has made room."""
        QTimer.singleShot(0, self.result, self._show_gesture)

    def _show_gesture(self) -> None:
        for place in (self.result.geometry().bottom(), self.mine.y()):
            self.ensureVisible(0, place, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        low = self.viewport().height() < self._bench.theme.px(LOW)
        self.bar_of_load.setFixedHeight(self._bench.theme.px(4 if low else 10))
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setMinimumHeight(header + LEAST_ROWS * self.table.verticalHeader().defaultSectionSize() + 4)
