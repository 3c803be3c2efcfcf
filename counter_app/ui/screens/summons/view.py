"""What the screen of summonses looks like: lists, what to do next, and the message as the person will read it."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from counter_app.domain.permit import Permit
from counter_app.telling.stock import crowded_told
from counter_app.ui.screens.count_tabs import CountTabs
from counter_app.ui.screens.page_parts import Card, Page, Result, line_of
from counter_app.ui.screens.summons.rows import columns, row_of, slot_told, then_told
from counter_app.ui.screens.summons.state import SummonsState, Tab, counts_of
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.lazy_rows import LazyRows
from counter_app.ui.widgets.people_table import PeopleTable
from counter_app.ui.workbench import Workbench
from counter_app.usecases.summons_messages import Ready
from counter_app.wording.catalogue import Words
from counter_app.wording.verdicts import VerdictAction

LEAST_ROWS = 3
LOW = 340
"""Logical pixels of the height, at 100 %, under which the list is seldom in view."""


class SummonsView(Page):
    """One list at a time; the message stays under it."""

    def __init__(self, bench: Workbench) -> None:
        words, theme = bench.words, bench.theme
        super().__init__(words("summons_desk.title"))
        self._bench, self._words = bench, words
        self._rows: tuple[object, LazyRows] | None = None
        names = [(tab.value, words(f"summons_desk.tabs.{tab.value}")) for tab in Tab]
        self.tabs = CountTabs(words("summons_desk.tabs.name"), names)
        self.hint = line_of("", "soft")
        self.result = Result(theme)
        self.bar = ActionBar(words("summons_desk.actions.name"))
        self.table = PeopleTable(theme, words("summons_desk.people"), columns(words))
        self.message = Card(words("summons_desk.message"))
        self.text = line_of("", "body")
        self.message.add(self.text)
        self.add(self.tabs, self.hint, self.result, self.bar, self.table, self.message)
        self.column.setSpacing(8)
        self.column.setStretchFactor(self.table, 1)
        self.column.addStretch()
        theme.changed.connect(self._fit)
        self._fit()

    def show_state(self, state: SummonsState, actions: Sequence[VerdictAction]) -> None:
        """Show all of it; what did not change is left alone."""
        self.tabs.show_counts(counts_of(state.look))
        self.tabs.select(state.tab.value)
        crowded = crowded_told(state.look.crowded, self._words.lang) if state.look else ""
        self.hint.setText(" ".join(filter(None, (crowded, self._hint(state)))))
        self.bar.show_actions(actions)
        self.bar.setVisible(bool(actions))
        self.table.setVisible(bool(state.permits))
        self.table.show_rows(self._people(state), preselect=True)
        self.message.setVisible(bool(state.preview and state.permit))
        if state.permit:
            self.message.title.setText(self._words("summons_desk.message_to", name=state.permit.name))
        self.text.setText(state.preview)
        self.message.setAccessibleName(f"{self.message.title.text()}. {state.preview}")

    def _people(self, state: SummonsState) -> LazyRows:
        """The same rows as long as nothing about them changed."""
        of = (state.look, state.tab, state.slots, state.languages, state.addresses)
        if self._rows is None or self._rows[0] != of:
            zone = self._bench.desk.rules.zone
            self._rows = (of, LazyRows(state.permits, lambda one: row_of(one, state, zone, self._words)))
        return self._rows[1]

    def _hint(self, state: SummonsState) -> str:
        words = self._words
        if state.look is None:
            return words("summons_desk.looking")
        if not state.permits:
            return words(f"summons_desk.empty_{state.tab.value}")
        if state.permit and self.viewport().height() < self._bench.theme.px(LOW):
            return self._who(state, state.permit)
        if state.tab is Tab.MISSED:
            cost = _cost(state.look.missed_ready, words) if state.look.missed_ready.messages else ""
            return " ".join(part for part in (then_told(state.look.missed[0], words), cost) if part)
        if state.tab is Tab.TO_SEND:
            return _cost(state.look.ready, words)
        return words(f"summons_desk.hint_{state.tab.value}")

    def _who(self, state: SummonsState, permit: Permit) -> str:
        """Where the list is out of view, whom the actions are about."""
        slot = state.slot_of(permit)
        when = (
            slot_told(slot, self._bench.desk.rules.zone, self._words) if slot else self._words("summons_desk.no_hour")
        )
        return f"{permit.name} · {when}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setMinimumHeight(header + LEAST_ROWS * self.table.verticalHeader().defaultSectionSize() + 4)


def _cost(ready: Ready, words: Words) -> str:
    """How many messages would leave and what the network bills for them; whom none reaches, who waits for an answer."""
    told = []
    if ready.messages:
        sms = words.counted("summons_desk.segments", ready.segments)
        told.append(words.counted("summons_desk.ready", len(ready.messages), sms=sms))
    if ready.unreachable:
        told.append(words.counted("summons_desk.unreachable", len(ready.unreachable)))
    if ready.held:
        told.append(words.counted("summons_desk.held", len(ready.held)))
    return " ".join(told)
