"""What the reception desk looks like: shows a state, decides nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from counter_app.telling.verdicts import arrival_chips, arrival_text
from counter_app.ui.screens.count_tabs import CountTabs
from counter_app.ui.screens.reception.rows import PURPOSE, TABS, columns, hit_rows, person_row, person_words
from counter_app.ui.screens.reception.state import ReceptionState, Showing
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.announce import Announce
from counter_app.ui.widgets.form import ScanField
from counter_app.ui.widgets.lazy_rows import LazyRows
from counter_app.ui.widgets.people_table import PeopleTable, PersonRow
from counter_app.ui.widgets.verdict_panel import Chip, State, VerdictPanel
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.wording.dates import long_date
from counter_app.wording.fill import shown_back
from counter_app.wording.verdicts import VerdictAction


class ReceptionView(QScrollArea):
    """Field, answer, actions, people; they scroll rather than be cut where the window is low and the text large."""

    def __init__(self, bench: Workbench, say: Announce) -> None:
        super().__init__()
        self._bench = bench
        words, theme = bench.words, bench.theme
        self.scan = ScanField(theme, words)
        self.panel = VerdictPanel(theme, words, say=say)
        self.offers = ActionBar(words("verdict.actions"))
        names = [(tab, words(f"reception.tab_{tab}")) for tab in TABS]
        self.tabs = CountTabs(words("reception.people"), names)
        self.table = PeopleTable(theme, words("reception.people"), columns(words))
        self._shown: tuple[int, tuple[str, ...]] | None = None
        """The answer on show, and what is marked beside it."""
        self._day_rows: tuple[object, LazyRows] | None = None
        self._searching = self._choosing = self._nobody = False
        self._fitted: object = None
        self._parts = (self.scan, self.panel, self.offers, self.tabs, self.table)
        self._lay_out()

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self._bench.words("rail.accueil"))
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(8)
        for part in self._parts:
            self._column.addWidget(part)
        self._column.setStretchFactor(self.table, 1)
        self._column.addStretch()  # takes the room of the table while it is hidden
        self.scan.label.setWordWrap(True)
        self.setWidget(self._body)
        self._bench.theme.changed.connect(self._fit_soon)

    def show_state(self, state: ReceptionState, actions: Sequence[VerdictAction]) -> None:
        """Show all of it; what did not change is left alone, and said once only."""
        self._show_answer(state)
        self.offers.show_actions(() if state.hidden else actions)
        self.offers.setVisible(bool(self.offers.actions_shown))
        self._searching, self._choosing, self._nobody = state.searching, state.choosing, state.nobody_found
        self.tabs.show_counts({tab: len(state.day.of(tab)) for tab in TABS})
        self.tabs.select(state.tab)
        self._show_people(state)
        fitted = (self.panel.said, self.offers.actions_shown, self._searching, self._choosing, self._nobody)
        if fitted != self._fitted:
            self._fitted = fitted
            self._fit()

    def _fit_soon(self) -> None:
        """Once every part has its new size."""
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Where there is no room for all, the answer comes before the day, and people found before the welcome."""
        self.scan.set_low(self.panel.low)
        every = [part for part in self._parts if part is not self.offers or self.offers.actions_shown]
        tight = self.viewport().height() < self._height_of(every)
        answering = self.panel.state is not State.READY
        self.panel.setVisible(answering or self._nobody or not (tight and self._searching))
        self.table.setVisible(self._choosing or not (self._nobody or (tight and answering)))
        self.tabs.setVisible(not self._searching and not (tight and answering))
        self._body.setMinimumHeight(self._height_of([part for part in self._parts if not part.isHidden()]))
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """What is being answered, from its first word on, else the field, is where the eye looks."""
        gap = self._column.spacing()
        if self.panel.state is State.READY:
            self.ensureWidgetVisible(self.scan, 0, gap)
            return
        self.ensureWidgetVisible(self.offers, 0, gap)
        bar = self.verticalScrollBar()
        bar.setValue(min(bar.value(), self.panel.y() - gap))

    def _height_of(self, parts: Sequence[QWidget]) -> int:
        """What parts need at this width, with two rows of people."""
        margins = self._column.contentsMargins()
        width = self.viewport().width() - margins.left() - margins.right()
        between = (len(parts) - 1) * self._column.spacing()
        return sum(self._high(part, width) for part in parts) + between + margins.top() + margins.bottom()

    def _high(self, part: QWidget, width: int) -> int:
        if part is self.table:
            rows = 2 * self.table.verticalHeader().defaultSectionSize()
            return self.table.horizontalHeader().sizeHint().height() + rows
        layout = part.layout()
        return layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else part.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def _show_answer(self, state: ReceptionState) -> None:
        if state.showing is not Showing.ANSWER or state.answer is None or state.hidden:
            self._shown = None
            self._welcome(state)
        elif self._shown != (id(state.answer), state.marks):
            self._shown = (id(state.answer), state.marks)
            self._tell_recorded(state.answer) if state.recorded else self._tell(state.answer, state.marks)

    def _welcome(self, state: ReceptionState) -> None:
        """Nobody is being answered: a scan coming in, a search that found nobody, or what to do to begin."""
        words = self._bench.words
        if state.showing is Showing.READING:
            self.panel.show_reading()
        elif state.nobody_found and not state.hidden:
            day = long_date(state.at.date(), words.lang)
            title = words("reception.nobody_found", text=shown_back(state.wanted))
            self.panel.show_ready(title, words("reception.nobody_found_detail", day=day))
        else:
            self.panel.show_ready()

    def _tell(self, answer: ArrivalAnswer, marks: Sequence[str]) -> None:
        rules, lang = self._bench.desk.rules, self._bench.lang
        chips = [Chip(chip) for chip in (*marks, *arrival_chips(answer, rules, lang))]
        text = arrival_text(answer, rules, lang)
        self.panel.show_verdict(text, person_words(answer, lang, text.detail), chips)

    def _tell_recorded(self, answer: ArrivalAnswer) -> None:
        """An arrival was recorded: the desk is free for the next person."""
        words, receipt = self._bench.words, answer.receipt
        name = answer.convocation.name if answer.convocation else ""
        printing = words("reception.recorded_printing") if self._bench.settings.auto_print else ""
        detail = f"{printing} {words('reception.recorded_detail')}".strip()
        self.panel.show_done(words("reception.recorded", ticket=receipt.ticket if receipt else ""), name, detail)

    def _show_people(self, state: ReceptionState) -> None:
        """Rows of the search, of the choice, or of the day; nobody is chosen that the state does not choose."""
        if not state.moved:
            self.table.choose_none()
        rows = self._rows(state)
        people = state.day.of(state.tab) if isinstance(rows, LazyRows) else ()
        purposes = (one.purpose for one in people) if people else (row.cells[PURPOSE] for row in rows)
        self.table.ask_for(PURPOSE, max(map(len, purposes), default=0))
        self.table.show_rows(rows, preselect=state.preselects)

    def _rows(self, state: ReceptionState) -> Sequence[PersonRow]:
        words = self._bench.words
        if state.answer and state.choosing:
            count = len(state.answer.matches)
            return [person_row(one, state.at, words, homonyms=count - 1) for one in state.answer.matches]
        if state.searching:
            return hit_rows(state.hits, state.at, words)
        return self._rows_of_day(state)

    def _rows_of_day(self, state: ReceptionState) -> LazyRows:
        """The same rows as long as the day is the same: a list of thousands is not made again at each answer."""
        of = (id(state.day), state.tab, state.hidden, state.at.date())
        if self._day_rows is None or self._day_rows[0] != of:
            words = self._bench.words
            rows = LazyRows(state.day.of(state.tab), lambda one: person_row(one, state.at, words, hidden=state.hidden))
            self._day_rows = (of, rows)
        return self._day_rows[1]
