"""Accueil: scan or type, see one verdict, press Enter. The screen that is always one key away."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from counter_app.ui.screens.reception.day import Day, Seen
from counter_app.ui.screens.reception.deeds import Deeds
from counter_app.ui.screens.reception.online import Online
from counter_app.ui.screens.reception.rows import overtaken_words
from counter_app.ui.screens.reception.state import ReceptionState, Showing
from counter_app.ui.screens.reception.turns import Turns
from counter_app.ui.screens.reception.typing import Typing
from counter_app.ui.screens.reception.view import ReceptionView
from counter_app.ui.screens.screen import Screen
from counter_app.ui.screens.typed_text import is_words
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.workbench import Workbench
from counter_app.usecases.answers import ArrivalAnswer
from counter_app.usecases.present import present


class Reception(Screen):
    """The reception desk."""

    name: ClassVar[str] = "reception"
    topic: ClassVar[str] = "screen.accueil"
    changed = Signal()

    def __init__(self, bench: Workbench, say: Announce = announce) -> None:
        super().__init__(bench)
        self.state = ReceptionState(bench.desk.now())
        self.view = ReceptionView(bench, say)
        self.turns = Turns(bench, self)
        self.online = Online(bench, self)
        self.deeds = Deeds(bench, self.turns, self.online, self)
        self._typing = Typing(self)
        self._day = Day(bench, self)
        self.holds(self.view)
        self._connect()
        self._connect_work()
        self._render()
        self._day.look()

    def _connect(self) -> None:
        view = self.view
        view.scan.typed.connect(self._typing.typed)
        view.scan.submitted.connect(self._typing.submitted)
        view.scan.moved.connect(self._typing.moved)
        view.scan.undo_wanted.connect(self.bench.undo_wanted)
        view.table.opened.connect(self._typing.open)
        view.table.unchosen.connect(self._typing.say_how_to_choose)
        view.table.clicked.connect(lambda _row: self._typing.chosen())
        view.table.moved_to.connect(lambda _id: self._typing.chosen() if view.table.hasFocus() else None)
        view.tabs.chosen.connect(self._on_tab)
        view.offers.triggered.connect(self.deeds.run)
        self.changed.connect(self._render)
        self._day.seen.connect(self._on_day)

    def _connect_work(self) -> None:
        self.turns.answered.connect(self.show_answer)
        self.turns.overtaken.connect(self._on_overtaken)
        self.turns.broke.connect(self._on_broken)
        self.deeds.cleared.connect(self.clear)
        self.deeds.correcting.connect(self.look_for)
        self.deeds.choosing.connect(self._typing.focus_table)
        self.online.overruled.connect(self.show_answer)
        self.online.marked.connect(lambda marks: self.now(replace(self.state, marks=marks)))

    @property
    def field(self) -> QLineEdit:
        """The one field."""
        return self.view.scan.line

    @property
    def help_topic(self) -> str:
        """The verdict's own page while one is shown."""
        return self.view.panel.verdict.code if self.view.panel.verdict else self.topic

    @property
    def help_keys(self) -> str | None:
        """While an answer is shown, the keys of what it offers at this desk."""
        return self.view.offers.keys() if self.view.panel.verdict else None

    def gesture(self, name: str) -> bool:
        """A gesture of the palette about the person on show."""
        return self.deeds.about(name)

    def hands_to(self, screen: str) -> str:
        """The handover takes over who comes to collect a permit; the slips, what somebody sent on asks for."""
        if screen == "orient":
            return self.deeds.asked_for()
        return self.deeds.collecting() if screen == "handover" else ""

    def look_for(self, name: str) -> None:
        """Put a text in the field, and search it as if typed."""
        self.clear()
        self.field.setText(name)
        self._typing.typed(name)

    def activated(self, text: str = "") -> None:
        """Ready to scan, or to answer a text that another screen handed over. What was typed stays."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.scanned(text)

    def reading(self) -> None:
        """Blank the verdict at once: it belongs to somebody else."""
        self._leave(self.state.reading())

    def scanned(self, raw: str) -> None:
        """A code was read: ask whose it is. Only letters are a name, however fast they came: it opens nobody."""
        self.reading()
        if is_words(raw):
            self.field.setText(raw)
            self._typing.read(raw)
        else:
            desk = self.bench.desk
            self.turns.ask(lambda: present(desk, raw))

    def confirm(self) -> None:
        """What Enter would do: the card's CONFIRMER is a hand on the reader."""
        self._typing.submitted(self.view.scan.text.strip())

    def repeated(self) -> None:
        """The same code again: its answer comes back, and nothing is asked or heard twice."""
        self._tell(self.state.left) if self.state.left else self.clear()

    def step_back(self) -> bool:
        """Clear the verdict, then the field."""
        if self.state.showing is Showing.READY and not self.view.scan.text:
            return False
        self.clear()
        return True

    def print_again(self) -> bool:
        """F9: the ticket or the reminder of the person on show, when one is on offer."""
        return self.deeds.run_first(("reprint", "print_reminder"))

    def undone(self, convocation_id: str) -> None:
        """An arrival was taken back: what is shown of that person is no longer true."""
        about = self.state.answer.convocation if self.state.answer else None
        if about and about.id == convocation_id:
            self.clear() if self.state.recorded else self._typing.open(convocation_id)

    def hide_people(self, hidden: bool) -> None:
        """Cover names and dates, and leave no verdict on show."""
        self.now(replace(self.state, hidden=hidden))

    def clear(self) -> None:
        """Ready for the next person, and for the same code again."""
        self.bench.scanner.forget_last()
        self._leave(replace(self.state.nobody(), at=self.bench.desk.now()))
        self._day.look()

    def _leave(self, state: ReceptionState) -> None:
        """Nobody is in front of the agent any more: answers still under way are no longer theirs."""
        self.turns.next()
        self.deeds.forget()
        self.online.leave()
        self._typing.search.forget()
        self.view.scan.make_ready()
        self.now(state)

    def _on_day(self, seen: Seen) -> None:
        """The same people as before are the same rows."""
        self.now(replace(self.state, at=seen.at, day=self.state.day if seen.view == self.state.day else seen.view))

    def now(self, state: ReceptionState) -> None:
        """Show another state."""
        self.state = state
        self.changed.emit()

    def _render(self) -> None:
        self.view.show_state(self.state, self.deeds.offers)

    def _on_broken(self, broken: Breakage) -> None:
        self.clear()
        self.bench.lanes.broke.emit(broken)

    def _on_overtaken(self, answer: ArrivalAnswer) -> None:
        """Told in a line, never shown: it is not about the person in front. An arrival recorded is told by its act."""
        self.deeds.papers.hand_ticket(answer)
        if not answer.recorded:
            self.bench.told.emit(overtaken_words(answer, self.bench.desk.rules, self.bench.words))

    def _on_tab(self, tab: str) -> None:
        self.now(replace(self.state, tab=tab))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_answer(self, answer: ArrivalAnswer) -> None:
        """The answer about the person in front: one panel, one sound, its actions."""
        self._tell(answer)
        self.deeds.papers.hand_ticket(answer)
        if not answer.recorded:
            about = answer.convocation.id if answer.convocation else answer.raw
            self.bench.sounds.verdict(answer.family.value, f"{answer.verdict.value} {about}")

    def _tell(self, answer: ArrivalAnswer) -> None:
        self._typing.search.forget()
        self.view.scan.make_ready()
        self.deeds.meet(answer)
        self.now(self.state.telling(answer))
        self.online.meet(answer)
