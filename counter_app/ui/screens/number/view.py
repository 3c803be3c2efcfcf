"""What the number screen looks like: one column that shows a state, and says what the agent does."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_app.domain.convocation import Convocation
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.number import people as number_people
from counter_app.ui.screens.number.answers import AnswersView
from counter_app.ui.screens.number.field import NumberFields
from counter_app.ui.screens.number.look import Looked
from counter_app.ui.screens.number.readings import ReadingsView
from counter_app.ui.screens.number.state import NumberState, actions_of, number_on, verdict_of
from counter_app.ui.screens.page_parts import Card, Page, Result, button, line_of, side_by_side
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.widgets.verdict_panel import State, VerdictPanel
from counter_app.ui.widgets.where_to_read import WhereToRead
from counter_app.wording.catalogue import Words
from counter_app.wording.dates import hour

PEOPLE_AT_ONCE = 4


class NumberView(Page):
    """Fields, verdict, actions, both readings, three answers, people, and where the number is read."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("number.title"), parent)
        self._theme, self._words = theme, words
        self._state, self._searching = NumberState(), True
        self.fields = NumberFields(theme, words)
        self.panel = VerdictPanel(theme, words)
        self.bar = ActionBar(words("number.actions"))
        self.told = Result(theme)
        self.readings = ReadingsView(theme, words)
        self.answers = AnswersView(theme, words)
        self.people_title = line_of(words("number.people"), "h2")
        self.people = PeopleTable(theme, words("number.people"), number_people.columns(words))
        self.relative_button = button(words("number.relative"), self._toggle_relative)
        self.relative = self._relative_card()
        self.where = WhereToRead(theme, words)
        self._lay_out()
        self.people.moved_to.connect(lambda _id: self._show_actions())

    def _lay_out(self) -> None:
        where = Card(self._words("number.where"))
        where.add(self.where)
        self.add(self.fields, self.panel, self.bar, self.told, self.readings, self.answers)
        self.add(self.people_title, self.people, side_by_side([self.relative_button]), self.relative, where)
        self.column.addStretch(1)

    def _relative_card(self) -> Card:
        words = self._words
        card = Card(words("number.relative_title"))
        card.add(line_of(words("number.relative_text"), "body"), line_of(words("number.relative_source"), "caption"))
        card.hide()
        return card

    def _toggle_relative(self) -> None:
        self.relative.setVisible(self.relative.isHidden())

    def current(self) -> Convocation | None:
        """The person chosen in the list."""
        looked, chosen = self._state.looked, self.people.current_id()
        return next((one for one in looked.people if one.id == chosen), None) if looked else None

    def show_state(self, state: NumberState, hidden: bool) -> None:
        """Show a state; `hidden` covers names and birth dates."""
        self._state = state
        looked = state.looked
        self.fields.number.underline(state.added)
        self.told.show_or_hide(state.told)
        self.answers.setVisible(looked is not None)
        self.people_title.setVisible(bool(looked and looked.people))
        self.people.setVisible(bool(looked and looked.people))
        if looked is None:
            self._show_ready()
            self.readings.hide()
        else:
            self._show_answer(looked, hidden)
        self._show_actions()

    def _show_ready(self) -> None:
        """Nothing is answered: what to do, or that the lists are being asked. Said once, not at each key."""
        searching = self._state.asked is not None
        if self.panel.state is State.READY and searching == self._searching:
            return
        self._searching = searching
        title, detail = ("searching", "searching_detail") if searching else ("ready_title", "ready_detail")
        self.panel.show_ready(self._words(f"number.{title}"), self._words(f"number.{detail}"))

    def _show_answer(self, looked: Looked, hidden: bool) -> None:
        self.panel.show_verdict(verdict_of(looked, self._words, hidden=hidden), "" if hidden else self._who(looked))
        read = number_on(looked.answer) if looked.answer.paper else looked.asked.raw
        self.readings.show_reading(read, looked.answer.reading, self._state.chosen)
        self.answers.show_looked(looked)
        rows = [number_people.person_row(one, looked.today, self._words, hidden) for one in looked.people]
        one_person = len(rows) == 1 or looked.answer.verdict is Verdict.NUMBER_ALIAS
        self.people.show_rows(rows, preselect=one_person)
        shown = min(len(rows), PEOPLE_AT_ONCE) * self.people.verticalHeader().defaultSectionSize()
        self.people.setFixedHeight(self.people.horizontalHeader().sizeHint().height() + shown + 6)
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """In a low window the answer comes before the fields, with the first action when both fit."""
        self.ensureWidgetVisible(self.bar, 0, 0)
        scroll = self.verticalScrollBar()
        scroll.setValue(min(scroll.value(), self.panel.y()))

    def _who(self, looked: Looked) -> str:
        if len(looked.people) != 1:
            return ""
        one = looked.people[0]
        return f"{one.name} · {hour(one.slot, self._words.lang)}" if one.slot.date() == looked.today else one.name

    def _show_actions(self) -> None:
        self.bar.show_actions(actions_of(self._state, self.current(), self._words))
