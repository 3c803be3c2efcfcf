"""The page of the report: the equation first, who is open or day by day, then charts, handovers, agreements."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.domain.day_figures import Figures
from counter_app.domain.period_figures import Comparison, PeriodFigures
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.screens.report import charts
from counter_app.ui.screens.report import compare as comparing
from counter_app.ui.screens.report.cases import case_rows, cases_table
from counter_app.ui.screens.report.charts import ChartBox
from counter_app.ui.screens.report.days import day_rows, days_table
from counter_app.ui.screens.report.parts import Moves, Pairs, Review, files_row
from counter_app.ui.screens.report.state import ReportState, actions_of
from counter_app.ui.screens.report.words import (
    agreements_told,
    balance_told,
    days_told,
    gestures_told,
    handover_told,
    only_told,
    open_told,
    provisional_told,
    state_told,
    title_told,
    versions_told,
)
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.chart import Bar
from counter_app.ui.widgets.chart_table import FigureTable
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.workbench import Workbench
from counter_app.wording.dates import hour

MOST_ROWS = 6
"""Rows of people or days on show before their list scrolls."""
CHARTS = {
    **dict.fromkeys(("arrivals", "endings"), "report.nothing"),
    **dict.fromkeys(("waits", "services"), "report.nobody_received"),
    **dict.fromkeys(("channels", "stopped"), "report.nothing"),
}
"""Charts, and what each says when it has no bar."""
GROUPS = {"by_service": "service", "by_purpose": "purpose"}
LINES = ("handover", "gestures", "agreements", "versions")
_GESTURES = ("channels", "stopped")
"""Charts of gestures, which say their desk and never their service."""
NONE = "–"
"""A duration of nobody."""
_OF_DAYS = ("cases", "versions")
"""Cards that only one day of everybody has."""
_NAMING = ("cases", "agreements", "versions")
"""Cards that name people, or hold what somebody wrote of them."""


class ReportView(Page):
    """Everything under the equation scrolls; the equation and what to do next stand above."""

    def __init__(self, bench: Workbench, deeds: Mapping[str, Callable[[], object]]) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("report.title"))
        self._bench, self._words = bench, words
        self._state: ReportState | None = None
        self._covered = False
        self.moves = Moves(words)
        self.counted, self.provisional = line_of("", "soft"), Result(theme)
        self.equation = Card(words("report.balance_title"))
        self.balance, self.opened, self.walk_ins = line_of("", "h2"), line_of("", "body"), line_of("", "body")
        self.signed = line_of("", "soft")
        self.equation.add(self.balance, self.opened, self.walk_ins, self.signed)
        self.equation.column.setSpacing(6)
        self.bar, self.result = ActionBar(words("report.actions.name")), Result(theme)
        self.review = Review(theme, words, deeds)
        self.rule, self.table, self.days = line_of("", "soft"), cases_table(theme, words), days_table(theme, words)
        self.charts = {
            name: ChartBox(theme, words(f"report.cards.{name}"), words(empty)) for name, empty in CHARTS.items()
        }
        self.groups = {name: FigureTable(theme, words(f"report.cards.{name}")) for name in GROUPS}
        self.lines = {name: line_of("", "body") for name in LINES}
        self.against, self.differences = line_of("", "soft"), FigureTable(theme, words("report.cards.compared"))
        self.files = files_row(words, deeds)
        self._lay_out()
        for table in self.findChildren(FigureTable):
            self.room_changed.connect(table.set_room)
        for listed in (self.table, self.days):
            listed.moved_to.connect(partial(self.follow, listed))
            listed.entered.connect(partial(self.follow, listed))
        theme.changed.connect(self._fit)

    def _lay_out(self) -> None:
        theme, words = self._bench.theme, self._words
        self.cards = {name: self._card(name, line) for name, line in self.lines.items()}
        self.cards["cases"] = self._card("cases", self.rule, self.table)
        self.cards["days"] = self._card("days", line_of(words("report.days_rule"), "soft"), self.days)
        self.cards["compared"] = self._card("compared", self.against, self.differences)
        self.cards["files"] = self._card("files", self.files)
        self.add(self.provisional, self.equation, self.bar, self.result, self.review, self.moves, self.counted)
        self.add(self.cards["cases"], self.cards["days"], self.cards["compared"])
        self._by_name = {name: self._card(name, table) for name, table in self.groups.items()}
        drawn = Pairs(theme, list(self.charts.values()))
        beside = Pairs(theme, [self.cards["handover"], self.cards["gestures"]])
        told = (self.provisional, self.balance, self.opened, self.walk_ins, self.signed)
        self._figured = (*told, drawn, *self._by_name.values(), beside)
        self.add(drawn, *self._by_name.values(), beside)
        self.add(*(self.cards[name] for name in ("agreements", "versions", "files")))
        self.column.setSpacing(12)
        self.column.addStretch(1)

    def _card(self, name: str, *inside: QWidget) -> Card:
        card = Card(self._words(f"report.cards.{name}"))
        card.add(*inside)
        card.column.addStretch()
        return card

    @property
    def list_shown(self) -> PeopleTable | None:
        """The list that has the keyboard: open cases, or days."""
        shown = (one for one in (self.table, self.days) if one.isVisible())
        return next(shown, None)

    def begin(self) -> None:
        """The keyboard begins where it is seen, at the top of the page: in the list when it is in sight there, else on
        what to do next. Further down, figures that find their room a moment later would push it out of sight."""
        self.verticalScrollBar().setValue(0)
        shown = self.list_shown
        if shown and self.in_sight(shown):
            place: QWidget = shown
        else:
            place = self.bar.main or self.moves.buttons["previous"]
            self.ensureWidgetVisible(place)
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def entered(self) -> bool:
        """Whether the keyboard is in what goes away while other figures are counted: anywhere but in the moves."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused) and not self.moves.isAncestorOf(focused)

    def bring_figures(self) -> None:
        """The first chart that has any bar, or its table."""
        first = next((box for box in self.charts.values() if box.chart.bars), None)
        if first:
            self._bring(first, first.table, "tables")

    def bring_compared(self) -> None:
        """What differs from the period before."""
        self._bring(self.cards["compared"], self.differences, "compare")

    def _bring(self, part: QWidget, table: QWidget, asked_by: str) -> None:
        """A part into sight; its table takes the keyboard, which the button that asked for it has without any."""
        self.bring(part)
        place = table if table.isVisible() else self.moves.buttons[asked_by]
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide_people(self, hidden: bool) -> None:
        """Cover or show the cards that name people, whatever is counted meanwhile."""
        self._covered = hidden
        if self._state:
            self.show_state(self._state)

    def show_state(self, state: ReportState) -> None:
        """Show all of it; what is not counted yet is not shown, rather than figures of other days."""
        self._state, figures = state, state.figures
        self.moves.show_asked(state.asked, state.tables)
        self.bar.show_actions(actions_of(state, self._words))
        self.bar.setVisible(bool(self.bar.actions_shown))
        self.review.setVisible(state.reviewing and state.look is not None)
        for part in self._figured:
            part.setVisible(figures is not None)
        for name, card in self.cards.items():
            there = bool(state.look) if name in _OF_DAYS else bool(figures)
            card.setVisible(there and not (self._covered and name in _NAMING))
        for box in self.charts.values():
            box.show_as_table(state.tables)
        self._show_title(state)
        if figures is None:
            return
        if state.reviewing and state.look:
            self.review.show_look(state.look, self._missing(state, figures))
        self._show_head(state, figures)
        self._show_people(state)
        self._show_compared(state)
        self._show_charts(figures, state.before)
        self._show_lines(state, figures)
        self._fit()

    def _show_title(self, state: ReportState) -> None:
        title = title_told(state.asked, self._bench.desk.now().date(), self._words)
        self._title.setText(title)
        self.equation.title.setText(self._words("report.balance_title") if self._title.isVisible() else title)
        if state.figures is None:
            self.counted.setText(state.refused or self._words("report.counting"))

    def _missing(self, state: ReportState, figures: Figures) -> str:
        """What may not be here, in words."""
        return provisional_told(figures, state.others, self._bench.desk.rules.zone, self._words)

    def _show_head(self, state: ReportState, figures: Figures) -> None:
        words, zone = self._words, self._bench.desk.rules.zone
        at = hour(figures.at.astimezone(zone), words.lang)
        only = only_told(state.asked.only, self._bench.desk.rules.queue, words)
        desks = words.counted("report.desks", figures.desks)
        counted = words("report.counted", site=self._bench.desk.rules.name, desks=desks, hour=at)
        self.counted.setText(" · ".join(filter(None, (counted, only))))
        late = self._missing(state, figures)
        self.provisional.setVisible(bool(late))
        if late and late != self.provisional.text:
            self.provisional.show_quietly(late, good=False)
        some = figures.balance.convened or figures.walk_ins.convened
        self.balance.setText(balance_told(figures.balance, words) if some else words("report.nobody"))
        self.opened.setText(open_told(state.look, words) if state.look else "")
        self.opened.setVisible(bool(self.opened.text()))
        self.walk_ins.setText(balance_told(figures.walk_ins, words, "report.walk_ins"))
        self.signed.setText(state_told(state.look, zone, words) if state.look else "")
        self.signed.setVisible(bool(self.signed.text()))
        self.equation.setAccessibleName(f"{self.equation.title.text()}. {self.balance.text()}")

    def _show_people(self, state: ReportState) -> None:
        if state.look:
            cases = state.look.open_cases
            self.rule.setText(self._words("report.open_rule" if cases else "report.open_none"))
            self.table.setVisible(bool(cases))
            self.table.show_rows(case_rows(cases, self._bench.desk.rules.zone, self._words), preselect=True)
        self.cards["days"].setVisible(bool(state.period and state.period.days))
        if state.period:
            self.days.show_rows(day_rows(state.period.days, self._words), preselect=True)

    def _show_compared(self, state: ReportState) -> None:
        self.cards["compared"].setVisible(state.compared is not None)
        if state.compared is None:
            return
        words, days = self._words, state.asked.before(self._bench.desk.now().date())
        against = words("report.against", days=days_told(days, words))
        some = isinstance(state.compared, Comparison)
        self.differences.setVisible(some)
        if isinstance(state.compared, Comparison):
            self.differences.show_figures(comparing.heads(words), comparing.rows(state.compared, words))
        else:
            against = f"{against} {comparing.nothing_told(state.compared, words)}"
        self.against.setText(against)

    def _show_charts(self, figures: Figures, before: PeriodFigures | None) -> None:
        words, queue = self._words, self._bench.desk.rules.queue
        day = figures.at.astimezone(self._bench.desk.rules.zone).date()
        note = charts.waits_note(figures, queue.limits_on(day).target, words)
        count = charts.services_note(figures.services, words)
        halves = sorted({*figures.arrivals, *(before.arrivals if before else ())})
        drawn: dict[str, tuple[Callable[[Figures], list[Bar]], tuple[str, str], str]] = {
            "arrivals": (lambda of: charts.arrival_bars(of, words, halves), ("half_hour", "people"), ""),
            "endings": (lambda of: charts.ending_bars(of.balance, words), ("ending", "people"), ""),
            "waits": (lambda of: charts.time_bars(of.waits, words), ("time", "minutes"), note),
            "services": (lambda of: charts.time_bars(of.services, words), ("time", "minutes"), count),
            "channels": (lambda of: charts.channel_bars(of, words), ("channel", "people"), ""),
            "stopped": (lambda of: charts.stopped_bars(of, words), ("answer", "times"), ""),
        }
        for name, (bars_of, heads, told) in drawn.items():
            nobody = NONE if heads == ("time", "minutes") else "0"
            bars = comparing.with_before(bars_of(figures), bars_of(before) if before else None, words, nobody)
            titles = [words(f"report.heads.{head}") for head in (*heads, *(["before"] if before else []))]
            untold = "" if figures.gestured or name not in _GESTURES else words("report.gestures_of_no_service")
            self.charts[name].show_bars(bars, titles, told, untold)
        for name, groups in {"by_service": figures.by_service, "by_purpose": figures.by_purpose}.items():
            shown, names = charts.group_titles(GROUPS[name], words)
            self.groups[name].show_figures(shown, charts.group_rows(groups, words), names)
            self._by_name[name].setVisible(bool(groups))

    def _show_lines(self, state: ReportState, figures: Figures) -> None:
        zone, words = self._bench.desk.rules.zone, self._words
        told = {
            "handover": handover_told(figures, words),
            "gestures": gestures_told(figures, words),
            "agreements": agreements_told(figures, zone, words),
            "versions": versions_told(state.look, zone, words) if state.look else "",
        }
        for name, text in told.items():
            self.lines[name].setText(text)
            self.cards[name].setAccessibleName(f"{words(f'report.cards.{name}')}. {text}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        if self._state:
            self._show_title(self._state)
        self._fit()

    def _fit(self) -> None:
        for table in (self.table, self.days):
            rows = min(max(len(table.rows()), 1), MOST_ROWS)
            header = table.horizontalHeader().sizeHint().height()
            table.setFixedHeight(header + rows * table.verticalHeader().defaultSectionSize() + 4)
