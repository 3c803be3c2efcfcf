"""« Numéro étranger » (F8): is it well formed, does it match the list, whose is it, and where it is read."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.domain.codes import read_code
from counter_app.domain.convocation import Convocation
from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.ui.screens import number_people
from counter_app.ui.screens.number_answers import AnswersView
from counter_app.ui.screens.number_field import NumberFields, Wrong
from counter_app.ui.screens.number_look import Looked, look
from counter_app.ui.screens.number_readings import ReadingsView, added_zeros
from counter_app.ui.screens.number_state import NumberState, actions_of, verdict_of
from counter_app.ui.screens.page_parts import Card, Page, Result, button, line_of, side_by_side
from counter_app.ui.screens.screen import Screen
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.people_table import ROW_HEIGHT, PeopleTable
from counter_app.ui.widgets.verdict_panel import VerdictPanel
from counter_app.ui.widgets.where_to_read import WhereToRead
from counter_app.ui.workbench import Workbench
from counter_app.usecases.verify_number import confirm_number
from counter_app.wording.dates import hour
from counter_app.wording.numbers import grouped

TOPIC = "number"
PEOPLE_AT_ONCE = 4


class NumberScreen(Screen):
    """One number at a time; a stale answer is never on screen."""

    name: ClassVar[str] = "number"
    topic: ClassVar[str] = "screen.numero"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        words, theme = bench.words, bench.theme
        self._state, self._hidden, self._sounded = NumberState(), False, ""
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
        self._connect()
        self._render()

    def _lay_out(self) -> None:
        words = self.bench.words
        self.page = Page(words("number.title"))
        where = Card(words("number.where"))
        where.add(self.where)
        self.page.add(self.fields, self.panel, self.bar, self.told, self.readings, self.answers)
        self.page.add(self.people_title, self.people, side_by_side([self.relative_button]), self.relative, where)
        self.page.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def _relative_card(self) -> QWidget:
        words = self.bench.words
        card = Card(words("number.relative_title"))
        card.add(line_of(words("number.relative_text"), "body"), line_of(words("number.relative_source"), "caption"))
        return card

    def _connect(self) -> None:
        self.fields.changed.connect(self._blank)
        self.fields.complete.connect(self._verify)
        self.fields.left.connect(self._verify_again)
        self.fields.entered.connect(self._enter)
        self.fields.number.other_wanted.connect(lambda: self._do("other"))
        self.fields.number.copy_wanted.connect(self._copy)
        self.bar.triggered.connect(self._do)
        self.people.moved_to.connect(lambda _id: self._show_actions())
        self.people.opened.connect(lambda _id: self._do("record"))
        copy = QShortcut(QKeySequence.StandardKey.Copy, self, self._copy)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # what the shell asks

    @property
    def field(self) -> QLineEdit | None:
        """Typing goes to the number."""
        return self.fields.number

    @property
    def help_topic(self) -> str:
        """The page of the verdict on show, else that of the screen."""
        looked = self._state.looked
        return verdict_of(looked, self.bench.words).code if looked else self.topic

    def activated(self, text: str = "") -> None:
        """Begin with a number, or go on where the agent was."""
        if text:
            self._begin(text)
        else:
            self.fields.focus("number")

    def reading(self) -> None:
        """A scan is coming in."""
        self.fields.begin("")
        self._show(NumberState())
        self.panel.show_reading()

    def scanned(self, raw: str) -> None:
        """A number fills the field; the app's own codes belong to the reception desk."""
        text = raw.strip()
        if read_code(text) is not None:
            self._show(NumberState())
            super().scanned(raw)
        else:
            self._begin(repair_azerty(text)[0] if looks_like_azerty_row(text) else text)

    def step_back(self) -> bool:
        """Escape clears the number; an empty screen has nothing to step back from."""
        if not self.fields.number.text() and self._state.looked is None:
            return False
        self._begin("")
        return True

    def hide_people(self, hidden: bool) -> None:
        """Cover names and birth dates."""
        self._hidden = hidden
        self._render()

    # asking

    def _begin(self, number: str) -> None:
        self.fields.begin(number)
        self._show(NumberState())
        if number:
            self._verify()

    def _enter(self) -> None:
        """Enter asks; once answered, it does the first thing on offer."""
        if self.fields.read() != self._state.asked:
            self._verify()
        elif self._state.looked:
            self.bar.trigger_main()

    def _verify_again(self) -> None:
        """The date or the postcode was written: the answer follows, if there is a number."""
        if self.fields.number.text().strip() and self.fields.read() != self._state.asked:
            self._verify()

    def _verify(self) -> None:
        asked = self.fields.read()
        if isinstance(asked, Wrong):
            self._show(NumberState())
            self.fields.complain(asked)
            if asked.field != "number" or not self.fields.number.text():
                self.fields.focus(asked.field)
            return
        self.fields.accept()
        self._ask(replace(self._state, asked=asked, looked=None, chosen=0, told=""))

    def _ask(self, state: NumberState) -> None:
        self._show(state)
        asked = state.asked
        assert asked is not None
        self.panel.show_ready(self.bench.words("number.searching"), "")
        self.bench.look(TOPIC, lambda: look(self.bench.desk, asked), self._answered)

    def _answered(self, looked: Looked) -> None:
        if looked.asked == self._state.asked:
            self._show(replace(self._state, looked=looked))

    def _blank(self) -> None:
        self.bench.lanes.forget(TOPIC)
        if self._state != NumberState():
            self._show(NumberState())

    # acting

    def _do(self, slug: str) -> None:
        deeds: dict[str, Callable[[], None]] = {
            "verify": self._verify,
            "accept": self._accept,
            "other": self._other,
            "correct": lambda: self.fields.focus("number"),
            "read_date_again": lambda: self.fields.focus("expiry"),
            "read_postcode_again": lambda: self.fields.focus("postcode"),
            "copy": self._copy,
            "record": self._record,
            "confirm": self._confirm,
            "show_where": lambda: self.page.ensureWidgetVisible(self.where),
            "search": lambda: self.bench.ask("reception"),
        }
        deeds[slug]()

    def _accept(self) -> None:
        state = self._state
        if state.looked is None or state.candidate is None:
            return
        added = added_zeros(state.looked.answer.reading)[state.chosen]
        self.fields.number.setText(state.candidate)
        self._state = replace(state, added=added)
        self._verify()

    def _other(self) -> None:
        looked = self._state.looked
        count = len(looked.answer.reading.candidates) if looked else 0
        if count > 1:
            self._show(replace(self._state, chosen=(self._state.chosen + 1) % count))

    def _copy(self) -> None:
        number = self._state.number
        if number:
            QGuiApplication.clipboard().setText(number)
        told = self.bench.words("number.copied", number=grouped(number)) if number else ""
        self._show(replace(self._state, told=told or self.bench.words("number.nothing_to_copy")))

    def _record(self) -> None:
        """The arrival is recorded at the reception desk, by this number."""
        if self._state.number:
            self.bench.ask("reception", self._state.number)

    def _confirm(self) -> None:
        looked, number = self._state.looked, self._state.number
        if looked is None or looked.waiting is None or number is None:
            return
        one, as_read = looked.waiting, looked.waiting.best("number_as_read") or looked.asked.raw
        told = self.bench.words("number.confirmed", number=grouped(number), name=one.name)
        self.bench.do(
            lambda: confirm_number(self.bench.desk, one.id, number, as_read), lambda _none: self._confirmed(told)
        )

    def _confirmed(self, told: str) -> None:
        self.bench.acted.emit()
        if self._state.asked:
            self._ask(replace(self._state, looked=None, told=told))

    def _toggle_relative(self) -> None:
        self._show(replace(self._state, relative=not self._state.relative))

    # showing

    def _show(self, state: NumberState) -> None:
        self._state = state
        self._render()

    def _render(self) -> None:
        looked = self._state.looked
        self.fields.number.underline(self._state.added)
        self.told.show_or_hide(self._state.told)
        self.relative.setVisible(self._state.relative)
        for widget in (self.answers, self.people_title):
            widget.setVisible(looked is not None)
        if looked is None:
            self.panel.show_ready(self.bench.words("number.ready_title"), self.bench.words("number.ready_detail"))
            self.readings.hide()
            self.people.hide()
        else:
            self._show_answer(looked)
        self._show_actions()

    def _show_answer(self, looked: Looked) -> None:
        words = self.bench.words
        text = verdict_of(looked, words)
        self.panel.show_verdict(text, self._who(looked))
        self.readings.show_reading(looked.asked.raw, looked.answer.reading, self._state.chosen)
        self.answers.show_looked(looked)
        rows = [number_people.person_row(one, looked.today, words, self._hidden) for one in looked.people]
        self.people.show_rows(rows, preselect=len(rows) == 1)
        self.people.setVisible(bool(rows))
        self._fit(len(rows))
        self.people_title.setText(words("number.people" if rows else "number.people_none"))
        self._sound(text.family, f"{text.slug} {looked.asked.raw}")

    def _who(self, looked: Looked) -> str:
        if len(looked.people) != 1 or self._hidden:
            return ""
        one = looked.people[0]
        return f"{one.name} · {hour(one.slot, self.bench.lang)}" if one.slot.date() == looked.today else one.name

    def _sound(self, family: str, about: str) -> None:
        """Once per answer: showing it again is silent."""
        if about != self._sounded:
            self._sounded = about
            self.bench.sounds.verdict(family, about)

    def _fit(self, rows: int) -> None:
        shown = min(rows, PEOPLE_AT_ONCE) * self.bench.theme.px(ROW_HEIGHT)
        self.people.setFixedHeight(self.people.horizontalHeader().sizeHint().height() + shown + 6)

    def _show_actions(self) -> None:
        self.bar.show_actions(actions_of(self._state, self._current(), self.bench.words))

    def _current(self) -> Convocation | None:
        looked = self._state.looked
        chosen = self.people.current_id()
        return next((one for one in looked.people if one.id == chosen), None) if looked else None
