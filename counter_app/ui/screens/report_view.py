"""The page of the day's report: the equation first, who is open, then charts, handovers, agreements, versions."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.day_balance import Ended
from counter_app.domain.day_figures import DayFigures
from counter_app.store.convocation_rows import code_of
from counter_app.ui.screens import report_charts as charts
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.screens.report_charts import ChartBox
from counter_app.ui.screens.report_parts import Moves, Pairs, Review, files_row
from counter_app.ui.screens.report_state import ReportLook, ReportState, actions_of
from counter_app.ui.screens.report_words import (
    agreements_told,
    balance_told,
    day_told,
    gestures_told,
    handover_told,
    open_told,
    provisional_told,
    state_told,
    versions_told,
)
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.chart import Bar
from counter_app.ui.widgets.chart_table import FigureTable
from counter_app.ui.widgets.people_table import Column, PeopleTable, PersonRow
from counter_app.ui.workbench import Workbench
from counter_app.wording.dates import hour

MOST_ROWS = 6
"""Open cases on show before their list scrolls."""
CHARTS = ("arrivals", "endings", "waits", "services", "channels", "stopped")
GROUPS = {"by_service": "service", "by_purpose": "purpose"}
_COLUMNS = {"hour": 7, "name": 20, "purpose": 22, "why": 26}
_LOOKS = {"expected": ("circle", "text-2"), "gone_from_list": ("circle-help", "tech-text")}
_HERE = ("hourglass", "warn-text")


class ReportView(Page):
    """Everything under the equation scrolls; the equation and what to do next stand above."""

    def __init__(self, bench: Workbench, deeds: Mapping[str, Callable[[], object]]) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("report.title"))
        self._bench, self._words = bench, words
        self._state: ReportState | None = None
        self.moves = Moves(words)
        self.counted, self.provisional = line_of("", "soft"), Result(theme)
        self.equation = Card(words("report.balance_title"))
        self.balance, self.opened, self.walk_ins = line_of("", "h2"), line_of("", "body"), line_of("", "body")
        self.signed = line_of("", "soft")
        self.equation.add(self.balance, self.opened, self.walk_ins, self.signed)
        self.equation.column.setSpacing(6)
        self.bar, self.result = ActionBar(words("report.actions.name")), Result(theme)
        self.review = Review(theme, words, deeds)
        self.cases = Card(words("report.open_title"))
        self.rule = line_of("", "soft")
        self.table = PeopleTable(theme, words("report.open_people"), self._columns())
        self.cases.add(self.rule, self.table)
        self.charts = {name: ChartBox(theme, words(f"report.cards.{name}"), words("report.nothing")) for name in CHARTS}
        self.groups = {name: FigureTable(theme, words(f"report.cards.{name}")) for name in GROUPS}
        self.lines = {name: line_of("", "body") for name in ("handover", "gestures", "agreements", "versions")}
        self.files = files_row(words, deeds)
        self._lay_out()
        theme.changed.connect(self._fit)

    def _columns(self) -> list[Column]:
        heads = self._words
        return [
            Column(heads(f"report.heads.{name}"), letters, spare=name == "purpose")
            for name, letters in _COLUMNS.items()
        ]

    def _lay_out(self) -> None:
        cards = {name: self._card(name, line) for name, line in self.lines.items()}
        self.add(self.provisional, self.equation, self.bar, self.result, self.review, self.moves, self.counted)
        self.add(self.cases, Pairs(self._bench.theme, list(self.charts.values())))
        self.add(*(self._card(name, table) for name, table in self.groups.items()))
        self.add(Pairs(self._bench.theme, [cards["handover"], cards["gestures"]]))
        self.add(cards["agreements"], cards["versions"], self._card("files", self.files))
        self.column.setSpacing(12)
        self.column.addStretch()

    def _card(self, name: str, inside: QWidget) -> Card:
        card = Card(self._words(f"report.cards.{name}"))
        card.add(inside)
        card.column.addStretch()
        return card

    def show_state(self, state: ReportState) -> None:
        """Show all of it; what did not change is left alone."""
        self._state, look = state, state.look
        self.moves.tables.setChecked(state.tables)
        self.bar.show_actions(actions_of(state, self._words))
        self.bar.setVisible(bool(self.bar.actions_shown))
        self.review.setVisible(state.reviewing and look is not None)
        for box in self.charts.values():
            box.show_as_table(state.tables)
        if look is None:
            self.counted.setText(self._words("report.counting"))
            return
        if state.reviewing:
            self.review.show_look(look)
        self._show_head(look)
        self._show_cases(look)
        self._show_charts(look.figures)
        self._show_lines(look)

    def _show_head(self, look: ReportLook) -> None:
        words, figures, zone = self._words, look.figures, self._bench.desk.rules.zone
        at = hour(figures.at.astimezone(zone), words.lang)
        day = words("report.of_day", day=day_told(figures.day, words))
        self._title.setText(day)
        self.equation.title.setText(words("report.balance_title") if self._title.isVisible() else day)
        self.counted.setText(words("report.counted", site=self._bench.desk.rules.name, hour=at))
        late = provisional_told(figures, words)
        self.provisional.setVisible(bool(late))
        if late and late != self.provisional.text:
            self.provisional.show_quietly(late, good=False)
        some = figures.balance.convened or figures.walk_ins.convened
        self.balance.setText(balance_told(figures.balance, words) if some else words("report.nobody"))
        self.opened.setText(open_told(look, words))
        self.opened.setVisible(bool(look.open_cases))
        self.walk_ins.setText(balance_told(figures.walk_ins, words, "report.walk_ins"))
        self.signed.setText(state_told(look, zone, words))
        self.equation.setAccessibleName(f"{self.equation.title.text()}. {self.balance.text()}")

    def _show_cases(self, look: ReportLook) -> None:
        self.rule.setText(self._words("report.open_rule" if look.open_cases else "report.open_none"))
        self.table.setVisible(bool(look.open_cases))
        self.table.show_rows([self._row(one) for one in look.open_cases], preselect=True)
        self._fit()

    def _row(self, one: Ended) -> PersonRow:
        person, words, why = one.case.convocation, self._words, str(one.why or "")
        at = hour(person.slot.astimezone(self._bench.desk.rules.zone), words.lang)
        cells = (at, person.name, person.purpose, words(f"report.why.{why}"))
        icon, token = _LOOKS.get(why, _HERE)
        return PersonRow(person.id, cells, ", ".join((*cells, code_of(person))), icon, token)

    def _show_charts(self, figures: DayFigures) -> None:
        words = self._words
        target = self._bench.desk.rules.queue.limits_on(figures.day).target
        note = charts.waits_note(figures.waits, target, words) if figures.waits.count else ""
        self._chart("arrivals", charts.arrival_bars(figures, words), ("half_hour", "people"))
        self._chart("endings", charts.ending_bars(figures.balance, words), ("ending", "people"))
        self._chart("waits", charts.time_bars(figures.waits, words), ("time", "minutes"), note)
        count = words("report.services_note", count=figures.services.count) if figures.services.count else ""
        self._chart("services", charts.time_bars(figures.services, words), ("time", "minutes"), count)
        self._chart("channels", charts.channel_bars(figures, words), ("channel", "people"))
        self._chart("stopped", charts.stopped_bars(figures, words), ("answer", "times"))
        for name, groups in {"by_service": figures.by_service, "by_purpose": figures.by_purpose}.items():
            titles, names = charts.group_titles(GROUPS[name], words)
            self.groups[name].show_figures(titles, charts.group_rows(groups, words), names)

    def _chart(self, name: str, bars: Sequence[Bar], heads: Sequence[str], note: str = "") -> None:
        self.charts[name].show_bars(bars, [self._words(f"report.heads.{head}") for head in heads], note)

    def _show_lines(self, look: ReportLook) -> None:
        told = {
            "handover": handover_told(look.figures, self._words),
            "gestures": gestures_told(look.figures, self._words),
            "agreements": agreements_told(look.figures, self._bench.desk.rules.zone, self._words),
            "versions": versions_told(look, self._bench.desk.rules.zone, self._words),
        }
        for name, text in told.items():
            self.lines[name].setText(text)
            card = self.lines[name].parentWidget()
            if card:
                card.setAccessibleName(f"{self._words(f'report.cards.{name}')}. {text}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        if self._state:
            self.show_state(self._state)
        self._fit()

    def _fit(self) -> None:
        rows = min(max(len(self.table.rows()), 1), MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + 4)
