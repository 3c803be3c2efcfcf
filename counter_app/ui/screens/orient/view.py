"""What the screen of people without an appointment looks like: one column that shows a state."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_app.domain.orientation import Advice, Directory
from counter_app.ui.screens.orient.fields import ExpiryRow, OrientFields
from counter_app.ui.screens.orient.state import BACK_KEY, OrientState, actions_of, question_of, words_of
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.people_table import ROW_HEIGHT, Column, PeopleTable, PersonRow
from counter_app.ui.widgets.question_box import QuestionBox
from counter_app.ui.widgets.verdict_panel import Chip, VerdictPanel
from counter_app.wording.catalogue import Words

ROWS_AT_ONCE = 5
LOW = 300
"""Logical pixels of the height, at 100 %, under which the language waits for the answer."""


class OrientView(Page):
    """Search and questions until there is an answer; then the answer, its actions, and what the slip says."""

    def __init__(
        self, theme: Theme, words: Words, languages: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(words("orientation.title"), parent)
        self._theme, self._words = theme, words
        self._shown: object = None
        self.fields = OrientFields(theme, words, languages)
        self.told = Result(theme)
        columns = [Column(words("orientation.column_motive"), 44), Column(words("orientation.column_channel"), 26)]
        self.table = PeopleTable(theme, words("orientation.found"), columns)
        self.question = QuestionBox(words("orientation.back"), BACK_KEY)
        self.panel = VerdictPanel(theme, words)
        self.bar = ActionBar(words("verdict.actions"))
        self.expiry = ExpiryRow(theme, words)
        self.card = Card(words("orientation.about"))
        self.lines = line_of("", "body")
        self.card.add(self.lines)
        self.add(self.fields, self.table, self.question, self.panel, self.bar, self.told)
        self.add(self.expiry, self.card)
        self.column.addStretch(1)

    def show_state(self, state: OrientState, directory: Directory, lines: Sequence[str]) -> None:
        """Show all of it; what did not change is left alone, and said once only."""
        answering = state.advice is not None
        self.fields.show_language(state.demand.language)
        self.fields.rows["language"].setVisible(answering or not self._low)
        self._show_found(state)
        question = question_of(state, directory)
        if (state.path, answering) != (self._shown, False):
            lang = self._words.lang
            answers = [choice.words[lang] for choice in question.choices]
            self.question.show_question(question.words[lang], answers, back=len(state.path) > 1)
        self.question.setVisible(not answering)
        self._show_answer(state, directory)
        self.bar.show_actions(actions_of(state, self._words))
        self.bar.setVisible(answering)
        self.expiry.setVisible(bool(state.advice and state.advice.rule.span and not state.done))
        self.card.setVisible(answering and not state.done)
        self.lines.setText("\n".join(lines))
        self._shown = None if answering else state.path

    def _show_found(self, state: OrientState) -> None:
        rows = [self._row(one) for one in state.found]
        self.table.show_rows(rows, preselect=True)
        self.table.setVisible(bool(rows) and state.advice is None)
        shown = min(len(rows), ROWS_AT_ONCE) * self._theme.px(ROW_HEIGHT)
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + shown + 6)

    def _row(self, advice: Advice) -> PersonRow:
        motive = advice.motive
        assert motive is not None, "a motive was found"
        name = motive.names[self._words.lang]
        channel = self._words(f"orientation.channels.{advice.channel.value}")
        return PersonRow(motive.slug, (name, channel), f"{name}, {channel}", "signpost", "go-text")

    def _show_answer(self, state: OrientState, directory: Directory) -> None:
        self.panel.setVisible(state.advice is not None)
        if state.advice is None:
            return
        name = state.advice.motive.names[self._words.lang] if state.advice.motive else ""
        if state.done:
            detail = self._words("orientation.undone" if state.undone else "orientation.done_detail")
            self.panel.show_done(self._words("orientation.done", number=state.done.slip.number), name, detail)
        elif self.panel.verdict != (text := words_of(state.advice, directory, self._words, short=self._low)):
            self.panel.show_verdict(text, name, self._chips(state.advice))
        QTimer.singleShot(0, self, self._bring_into_view)

    def _chips(self, advice: Advice) -> list[Chip]:
        """That another notice says otherwise: told in full under the answer."""
        return [Chip(self._words.counted("orientation.others", len(advice.others)))] if advice.others else []

    @property
    def _low(self) -> bool:
        """No room for the language above the answers: Ctrl+L still changes it."""
        return self.viewport().height() < self._theme.px(LOW)

    def _bring_into_view(self) -> None:
        """In a low window the answer comes before the fields, with the first action when both fit."""
        self.ensureWidgetVisible(self.bar, 0, 8)
        scroll = self.verticalScrollBar()
        scroll.setValue(min(scroll.value(), self.panel.y() - 4))
