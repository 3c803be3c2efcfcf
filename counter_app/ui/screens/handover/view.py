"""What the handover page looks like: the field, the answer with the place of the permit, the lines, the act."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from counter_app.domain.verdict import Family, Verdict
from counter_app.telling.handover import handover_chips
from counter_app.ui.screens.handover.lines import HandoverLines
from counter_app.ui.screens.handover.room import HandoverRoom
from counter_app.ui.screens.handover.state import HandoverState, Showing
from counter_app.ui.screens.handover.window import window_words
from counter_app.ui.screens.handover.window_cell import WindowCell
from counter_app.ui.screens.handover.words import (
    columns,
    missing_words,
    permit_row,
    person_words,
    place_words,
    verdict_words,
)
from counter_app.ui.screens.page_parts import Result
from counter_app.ui.theme import mark
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.announce import Announce
from counter_app.ui.widgets.check_line import line_button
from counter_app.ui.widgets.form import ScanField
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.widgets.verdict_panel import Chip, State, VerdictPanel
from counter_app.ui.workbench import Workbench
from counter_app.wording.verdicts import VerdictAction

ROWS_AT_ONCE = 6


class HandoverView(HandoverRoom):
    """Shows a state of the page; the words of each part are its own, their places those of the room."""

    def __init__(self, bench: Workbench, say: Announce) -> None:
        super().__init__(bench.theme)
        self._bench, self._say = bench, say
        words, theme = bench.words, bench.theme
        self.scan = ScanField(theme, words, say=say)
        self.scan.label.setText(words("handover_page.field"))
        self.scan.label.setWordWrap(True)
        self.scan.line.setAccessibleName(words("handover_page.field").replace("&", ""))
        self.panel = VerdictPanel(theme, words, say=say, share=0)
        self.offers = ActionBar(words("verdict.actions"))
        self.table = PeopleTable(theme, words("handover_page.people"), columns(words))
        self.lines = HandoverLines(theme, words)
        self.missing = Result(theme)
        self.commit = line_button(words("handover_page.commit"), lambda: None, words("handover_page.commit_key"))
        self.fault = line_button(words("handover_page.fault"), lambda: None)
        self._reviewing = False
        self._window = WindowCell(theme)
        self._shown: object = None
        self._spoken = ""
        self._lay_out()
        bench.minutes.turned.connect(self.show_window)
        self.show_window()

    def _lay_out(self) -> None:
        self.setAccessibleName(self._bench.words("rail.remise"))
        mark(self.commit, role="primary", tall=True)
        mark(self.fault, role="action", tall=True)
        self.seat(self.scan, self.panel, self.offers, self.table, self.lines)
        self.seat_act(self.commit, self.fault, self.missing)
        row = self.scan.layout()
        assert isinstance(row, QVBoxLayout)
        top = QHBoxLayout()
        top.setSpacing(16)
        row.insertLayout(0, top)
        top.addWidget(self.scan.label, 1)
        top.addWidget(self._window)

    def show_window(self) -> None:
        """How long the window of the handover stays open."""
        told = window_words(self._bench.desk.now(), self._bench.desk.rules, self._bench.words)
        self._window.show_words(told)

    def show_state(self, state: HandoverState, actions: Sequence[VerdictAction]) -> None:
        """Show all of it; what did not change is left alone, and said once only."""
        self.show_window()
        self._show_answer(state)
        self._reviewing = state.reviewing and not state.hidden
        self.offers.show_actions(() if state.hidden else actions)
        self.offers.setVisible(bool(self.offers.actions_shown))
        self._show_rows(state)
        working = state.working and not state.reviewing and not state.hidden
        self.lines.setVisible(working)
        if state.working:
            self.lines.show_state(state, self._bench.desk.rules)
        self.commit.setVisible(working)
        self.fault.setVisible(working)
        self._lacks, self._told = bool(state.missing), bool(state.told)
        self._show_missing(state, working=working)
        self.show_foot()
        QTimer.singleShot(0, self, self.reveal)

    def _show_missing(self, state: HandoverState, *, working: bool) -> None:
        """What lacks, or what was just done; said when it changes."""
        sentence = "" if state.hidden else state.told or (missing_words(state, self._bench.words) if working else "")
        if not sentence:
            self.missing.hide()
        elif sentence != self.missing.text or self.missing.isHidden():
            good = None if state.missing else True
            self.missing.show_quietly(sentence, good)
            self._say(self.missing, sentence, False)

    def count(self, state: HandoverState) -> None:
        """The seconds left to take the handover back; not said aloud."""
        self._show_answer(state, quiet=True)

    def _show_answer(self, state: HandoverState, *, quiet: bool = False) -> None:
        """The same answer is not said twice."""
        words, rules = self._bench.words, self._bench.desk.rules
        if state.showing is not Showing.ANSWER or state.answer is None or state.hidden:
            self._shown = None
            self._welcome(state)
            return
        text = verdict_words(state, rules, words)
        permit = state.answer.permit
        who = person_words(permit) if permit else ""
        place = "" if state.reviewing else place_words(state.answer, words)
        if self.panel.low and state.answer.family is Family.STOP:
            place = ""
            if text.notes and state.answer.verdict is not Verdict.WRONG_SLEEVE:
                # The notes say why; the action that answers them has to be seen too.
                text = replace(text, detail="")
        chips = [Chip(chip) for chip in (*state.marks, *handover_chips(state.answer, rules, words.lang))]
        if state.agreed and not state.reviewing:
            chips.append(Chip(words("handover_page.agreed_chip", who=state.agreed.approved_by or "")))
        if (shown := (text, who, place, tuple(chips))) != self._shown:
            self._shown = shown
            self.panel.show_verdict(text, who, chips, place, quiet=quiet)

    def _welcome(self, state: HandoverState) -> None:
        words = self._bench.words
        if state.showing is Showing.READING:
            self.panel.show_reading()
        elif state.working:
            self.panel.show_ready(words("handover_page.covered_title"), words("handover_page.covered_detail"))
        elif self.panel.state is not State.READY:
            self.panel.show_ready(words("handover_page.ready_title"), words("handover_page.ready_detail"))
        else:
            self.panel.show_ready(*self._ready_words(state))

    def _ready_words(self, state: HandoverState) -> tuple[str, str]:
        words = self._bench.words
        if state.searched and state.searched == state.typed and not state.hits:
            return words("handover_page.nobody_found", text=state.typed[:24]), words("handover_page.nobody_detail")
        return words("handover_page.ready_title"), words("handover_page.ready_detail")

    def _show_rows(self, state: HandoverState) -> None:
        found = state.answer.matches if state.answer and state.choosing else state.hits
        words, rules = self._bench.words, self._bench.desk.rules
        self.table.show_rows([permit_row(one, rules, words, hidden=state.hidden) for one in found], bool(state.hits))
        self.table.setVisible(bool(found))
        shown = min(len(found), ROWS_AT_ONCE) * self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + shown + 6)

    def reveal(self) -> None:
        """What confirms a summary in its place, then what the room shows."""
        self.place_offers(reviewing=self._reviewing)
        super().reveal()
