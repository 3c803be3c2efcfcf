"""« File d’attente » (F5): the next sensible thing on one key, whom this desk called, who waits and in which order."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_app.domain.visit import Outcome, Priority
from counter_app.domain.visit_story import Stage
from counter_app.telling.queue import numbers_told
from counter_app.ui.screens.queue.flow import QueueFlow
from counter_app.ui.screens.queue.state import Tab, actions_of, endings_of, row_actions_of
from counter_app.ui.screens.queue.view import QueueView
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.widgets.choice_box import ChoiceBox
from counter_app.ui.widgets.reason import Reason, ReasonBox
from counter_app.ui.workbench import Workbench
from counter_app.usecases.queue_answers import QueueLine
from counter_app.wording.dates import short_date
from counter_app.wording.verdicts import key_name

AGAIN = 20_000
"""Milliseconds between two looks at a room where nothing was heard of: waits grow by themselves."""
_QT_KEYS = {"Suppr": "Delete"}


class QueueScreen(Screen):
    """Five lists, and the person of this desk above them."""

    name: ClassVar[str] = "queue"
    topic: ClassVar[str] = "screen.file"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.view = QueueView(bench)
        self.bar, self.row_bar, self.table = self.view.bar, self.view.row_bar, self.view.table
        self.result = self.view.result
        self.flow = QueueFlow(bench, self)
        self._deeds: dict[str, Callable[[], object]] = {
            "call_next": self.flow.call_next,
            "present": self.flow.present,
            "finish": self.flow.finish,
            "recall": self.flow.recall,
            "absent": self.flow.absent,
            "outcome": self._ask_outcome,
            "begin": self._ask_begin,
            "park": self._ask_park,
            "transfer": self._ask_transfer,
            "call_this": self._call_this,
            "take_back": lambda: self.flow.take_back(self.flow.state.chosen),
            "left": lambda: self.flow.leave(self.flow.state.chosen),
            "priority": self._ask_priority,
            "another": self._ask_another,
            "settle": lambda: self._ask_ending(self.flow.state.mine),
            "settle_row": lambda: self._ask_ending(self.flow.state.line),
        }
        self.holds(self.view)
        self._left = False
        """Whether the list went away under the keyboard."""
        self._clock = QTimer(self, interval=AGAIN)
        self._clock.timeout.connect(lambda: self.flow.refresh() if self.isVisible() else None)
        self._clock.start()
        self._connect()
        self._render()

    def _connect(self) -> None:
        self.flow.changed.connect(self._render)
        self.flow.told.connect(self._tell)
        self.view.tabs.chosen.connect(self._open_tab)
        self.table.moved_to.connect(self.flow.choose)
        self.table.moved_to.connect(partial(self.view.follow, self.table))
        self.table.opened.connect(lambda _id: self._open_row())
        self.bar.triggered.connect(self._do)
        self.row_bar.triggered.connect(self._do)
        self.bench.acted.connect(self.flow.refresh)
        for key in ("Suppr", "Ctrl+O", "Ctrl+N", "Ctrl+D", "Ctrl+T", "Ctrl+L"):
            on_key(self, _QT_KEYS.get(key, key), partial(self._by_key, key))
        self.view.tabs.turned_from(self)

    # what the shell asks

    @property
    def main_list(self) -> QWidget | None:
        """Those under the tab, when there are any."""
        return self.table if self.table.isVisible() else None

    @property
    def help_keys(self) -> str | None:
        """What is on offer now."""
        return " · ".join(filter(None, (self.bar.keys(), self.row_bar.keys()))) or None

    def activated(self, text: str = "") -> None:
        """Come to the front: the room is looked at again."""
        self.flow.refresh()
        self._focus()

    def key_again(self) -> bool:
        """F5 while in front: the next sensible thing."""
        self._do(self.bar.actions_shown[0].slug)
        return True

    def confirm(self) -> None:
        """Enter, or the command card: the person called is here. Calling needs its own key."""
        if self.flow.state.stage is Stage.CALLED:
            self._do(self.bar.actions_shown[0].slug)

    def step_back(self) -> bool:
        """Escape: back to those who wait."""
        if self.flow.state.tab is Tab.WAITING:
            return False
        self._open_tab(Tab.WAITING.value)
        return True

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: the room is another."""
        self.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Lists name people: the whole page is covered."""
        self.view.setVisible(not hidden)

    # what the agent does

    def _focus(self) -> None:
        self._left = self.main_list is None
        (self.main_list or self.view.tabs.buttons[self.flow.state.tab.value]).setFocus()

    def _open_tab(self, tab: str) -> None:
        self.result.hide()
        self.table.choose_none()
        self.flow.open_tab(tab)
        self._focus()

    def _by_key(self, key: str) -> None:
        offered = (*self.bar.actions_shown, *self.row_bar.actions_shown)
        shown = key_name(key, self.bench.lang)
        slug = next((one.slug for one in offered if one.key == shown), "")
        if slug:
            self._do(slug)

    def _open_row(self) -> None:
        """Enter on a row: what its first button does; with nobody current, the person called is here."""
        if self.row_bar.actions_shown:
            self._do(self.row_bar.actions_shown[0].slug)
        else:
            self.confirm()

    def _do(self, slug: str) -> None:
        self.result.hide()
        self._deeds[slug]()

    def _call_this(self) -> None:
        """Out of turn asks why; the next one does not."""
        line, day = self.flow.state.line, self.flow.state.day
        if line is None or day is None:
            return
        if day.waiting and day.waiting[0].visit.id == line.visit.id:
            self.flow.call_this(line.visit.id)
        else:
            reasons = ("vulnerable", "document", "supervisor", "mistake")
            self._ask_why("call_this", "reasons", reasons, line, partial(self.flow.call_this, line.visit.id))

    def _ask_park(self) -> None:
        if line := self.flow.state.mine:
            self._ask_why("park", "park_reasons", ("photo", "document", "form", "supervisor"), line, self.flow.park)

    def _ask_why(
        self, slug: str, table: str, reasons: tuple[str, ...], line: QueueLine, then: Callable[[str], None]
    ) -> None:
        words = self.bench.words
        title = words(f"queue.asked.{slug}", number=numbers_told(line))
        ready = [words(f"queue.{table}.{one}") for one in reasons]
        box = ReasonBox(self.bench.theme, words, title, ready, self.window())

        def answered(reason: Reason) -> None:
            then(reason.text)

        box.answered.connect(answered)
        box.open()

    def _ask_outcome(self) -> None:
        others = (Outcome.RESCHEDULED, Outcome.REDIRECTED, Outcome.LEFT)
        choices = [(one.value, self.bench.words(f"queue.outcomes.{one.value}")) for one in others]
        self._ask("outcome", choices, lambda key: self.flow.finish(Outcome(key)))

    def _ask_ending(self, line: QueueLine | None) -> None:
        """Of somebody of another day: what became of them, and nothing chosen beforehand."""
        if line:
            slug = "arrival" if line.visit.stage is Stage.CALLED else "ending"
            choices = [(one, self.bench.words(f"queue.endings.{one}")) for one in endings_of(line)]
            self._ask(slug, choices, partial(self.flow.settle, line), line)

    def _ask_begin(self) -> None:
        """Several services in one visit: the next one begins here, the person stays at the desk."""
        if line := self.flow.state.mine:
            self._ask("begin", self._other_services(line), self.flow.begin, does="queue.actions.begin_now")

    def _ask_transfer(self) -> None:
        if line := self.flow.state.mine:
            self._ask("transfer", self._other_services(line), self.flow.transfer)

    def _ask_another(self) -> None:
        """Somebody who was received goes on to another service: the same visit, in the queue again."""
        if line := self.flow.state.line:
            self._ask("transfer", self._other_services(line), partial(self.flow.another, line.visit.id), line)

    def _other_services(self, line: QueueLine) -> list[tuple[str, str]]:
        services = self.bench.desk.rules.queue.services
        return [(one.key, one.name) for one in services if one.key != line.visit.service]

    def _ask_priority(self) -> None:
        line = self.flow.state.line
        if line is None:
            return
        keys = [*(one.value for one in Priority), *(["none"] if line.visit.priority else [])]
        choices = [(key, self.bench.words(f"queue.priorities.{key}")) for key in keys]
        visit_id = line.visit.id
        self._ask(
            "priority",
            choices,
            lambda key: self.flow.prioritise(visit_id, None if key == "none" else Priority(key)),
            line,
        )

    def _ask(
        self,
        slug: str,
        choices: list[tuple[str, str]],
        then: Callable[[str], None],
        line: QueueLine | None = None,
        does: str = "reason.confirm",
    ) -> None:
        about = line or self.flow.state.mine
        if about and choices:
            day = short_date(about.earlier) if about.earlier else ""
            title = self.bench.words(f"queue.asked.{slug}", number=numbers_told(about), day=day)
            box = ChoiceBox(self.bench.theme, self.bench.words, title, choices, self.window(), does)
            box.chosen.connect(then)
            box.open()

    def _tell(self, sentence: str, good: bool | None) -> None:
        self.result.show_result(sentence, good)
        self.view.show_gesture()

    def _render(self) -> None:
        state, words, held = self.flow.state, self.bench.words, self.table.hasFocus()
        tab = self.view.tabs.buttons[state.tab.value]
        self._left = held or (self._left and tab.hasFocus())
        self.view.show_state(state, actions_of(state, words), row_actions_of(state, words))
        if self._left and self.isVisible() and not self.table.hasFocus():
            # Without anybody the list goes away: the keyboard stays on the page, and comes back to the list.
            self._focus()
