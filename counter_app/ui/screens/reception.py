"""Accueil: scan or type, see one verdict, press Enter. The screen that is always one key away."""

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from counter_app.ui.screens.reception_day import Day, Seen
from counter_app.ui.screens.reception_deeds import Deeds
from counter_app.ui.screens.reception_rows import overtaken_words
from counter_app.ui.screens.reception_search import Search, is_code, is_words
from counter_app.ui.screens.reception_state import ReceptionState, Showing
from counter_app.ui.screens.reception_turns import Turns
from counter_app.ui.screens.reception_view import ReceptionView
from counter_app.ui.screens.screen import Screen
from counter_app.ui.tasks import Breakage
from counter_app.ui.widgets.announce import Announce, announce
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.present import choose, present


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
        self.deeds = Deeds(bench, self.turns, self)
        self._search = Search(bench, self)
        self._day = Day(bench, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._connect()
        self._connect_work()
        self._render()
        self._day.look()

    def _connect(self) -> None:
        view = self.view
        view.scan.typed.connect(self._on_typed)
        view.scan.submitted.connect(self._on_submitted)
        view.scan.moved.connect(self._on_moved)
        view.scan.undo_wanted.connect(self.bench.undo_wanted)
        view.table.opened.connect(self._open)
        view.table.clicked.connect(lambda _row: self._on_chosen())
        view.table.moved_to.connect(lambda _id: self._on_chosen() if view.table.hasFocus() else None)
        view.tabs.chosen.connect(self._on_tab)
        view.offers.triggered.connect(self.deeds.run)
        self._search.found.connect(self._on_hits)
        self.changed.connect(self._render)
        self._day.seen.connect(self._on_day)

    def _connect_work(self) -> None:
        self.turns.answered.connect(self._show)
        self.turns.overtaken.connect(self._on_overtaken)
        self.turns.broke.connect(self._on_broken)
        self.deeds.cleared.connect(self.clear)
        self.deeds.correcting.connect(self.look_for)
        self.deeds.choosing.connect(self._focus_table)

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
        """The handover takes over who comes to collect a permit."""
        return self.deeds.collecting() if screen == "handover" else ""

    def look_for(self, name: str) -> None:
        """Put a text in the field, and search it as if typed."""
        self.clear()
        self.field.setText(name)
        self._on_typed(name)

    def activated(self, text: str = "") -> None:
        """Ready to scan, or to answer a text that another screen handed over. What was typed stays."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.scanned(text)

    def reading(self) -> None:
        """Blank the verdict at once: it belongs to somebody else."""
        self._leave(self.state.reading())

    def scanned(self, raw: str) -> None:
        """A code was read: ask whose it is. Only letters are a name, however fast they came."""
        self.reading()
        if is_words(raw):
            self.field.setText(raw)
            self._on_typed(raw, read=True)
            self._on_submitted(raw.strip())
        else:
            desk = self.bench.desk
            self.turns.ask(lambda: present(desk, raw))

    def confirm(self) -> None:
        """What Enter would do: the card's CONFIRMER is a hand on the reader."""
        self._on_submitted(self.view.scan.text.strip())

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
            self.clear() if self.state.recorded else self._open(convocation_id)

    def hide_people(self, hidden: bool) -> None:
        """Cover names and dates, and leave no verdict on show."""
        self._now(replace(self.state, hidden=hidden))

    def clear(self) -> None:
        """Ready for the next person, and for the same code again."""
        self.bench.scanner.forget_last()
        self._leave(replace(self.state.nobody(), at=self.bench.desk.now()))
        self._day.look()

    def _leave(self, state: ReceptionState) -> None:
        """Nobody is in front of the agent any more: answers still under way are no longer theirs."""
        self.turns.next()
        self.deeds.forget()
        self._search.forget()
        self.view.scan.make_ready()
        self._now(state)

    def _on_day(self, seen: Seen) -> None:
        """The same people as before are the same rows."""
        self._now(replace(self.state, at=seen.at, day=self.state.day if seen.view == self.state.day else seen.view))

    def _now(self, state: ReceptionState) -> None:
        self.state = state
        self.changed.emit()

    def _render(self) -> None:
        self.view.show_state(self.state, self.deeds.offers)

    def _on_broken(self, broken: Breakage) -> None:
        self.clear()
        self.bench.lanes.broke.emit(broken)

    def _on_overtaken(self, answer: ArrivalAnswer) -> None:
        """Told in a line, never shown: it is not about the person in front. An arrival recorded is told by its act."""
        self.deeds.hand_ticket(answer)
        if not answer.recorded:
            self.bench.told.emit(overtaken_words(answer, self.bench.desk.rules, self.bench.words))

    def _on_typed(self, text: str, read: bool = False) -> None:
        """Search as the agent types; a verdict on show goes, it belongs to somebody else."""
        self.turns.next()
        self.deeds.forget()
        self._now(self.state.typing(text, read=read))
        self.view.scan.note("" if len(text) <= find.LONGEST else self.bench.words("fields.too_long", n=find.LONGEST))
        self._search.begin(self.state.wanted)

    def _on_hits(self, wanted: str, hits: list[Hit]) -> None:
        ahead, opening = self.state.ahead, self.state.opening
        moved = bool(ahead and hits)
        found = replace(self.state, hits=tuple(hits), searched=wanted, found=True)
        self._now(replace(found, moved=moved, ahead=0, opening=False))
        if moved:
            self.view.table.choose(ahead)
        if opening:
            self._open_chosen()

    def _on_submitted(self, text: str) -> None:
        """Enter: the main action of a verdict, else the row that matches, else the text as a code or number."""
        if not text:
            self._on_empty()
        elif is_code(text):
            self.scanned(text)
        elif len(text) < find.SHORTEST:
            self.view.scan.complain(self.bench.words("fields.one_letter"))
        elif self.state.searched == text[: find.LONGEST]:
            self._open_chosen()
        else:
            self._now(replace(self.state, opening=True))
            self._search.hurry()

    def _on_empty(self) -> None:
        if self.state.moved:
            self._open(self.view.table.current_id())
        elif self.state.choosing:
            self._focus_table()
        elif self.state.showing is Showing.READY:
            self.view.scan.complain(self.bench.words("fields.empty_scan"))
        elif self.state.showing is Showing.ANSWER:
            self.view.offers.trigger_main()

    def _open_chosen(self) -> None:
        """The chosen row, unless the name has homonyms and nobody was chosen."""
        chosen = self.view.table.current_id()
        hit = self.state.hit_of(chosen)
        if hit is None:
            desk, text, answer = self.bench.desk, self.state.wanted, present if self.state.read else find.nobody
            self.turns.ask(lambda: answer(desk, text))
        elif hit.homonyms and not self.state.moved:
            self._show(self.state.all_of_that_name(hit))
        else:
            self._open(chosen)

    def _open(self, convocation_id: str) -> None:
        if convocation_id:
            desk = self.bench.desk
            self.turns.ask(lambda: choose(desk, convocation_id))

    def _on_chosen(self) -> None:
        """Somebody was chosen in the list itself."""
        if not self.state.moved and self.view.table.current_id():
            self._now(replace(self.state, moved=True))

    def _on_moved(self, rows: int) -> None:
        state = self.state
        if self.deeds.offers_deed("other_reading"):
            self.deeds.run("other_reading") if rows > 0 else None
        elif state.awaited:
            self._now(replace(state, ahead=state.ahead + rows))
        elif state.searching or not state.wanted:
            self.view.table.move_by(rows)
            self._now(replace(state, moved=bool(self.view.table.current_id())))

    def _on_tab(self, tab: str) -> None:
        self._now(replace(self.state, tab=tab))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, answer: ArrivalAnswer) -> None:
        """The answer about the person in front: one panel, one sound, its actions."""
        self._tell(answer)
        self.deeds.hand_ticket(answer)
        if not answer.recorded:
            about = answer.convocation.id if answer.convocation else answer.raw
            self.bench.sounds.verdict(answer.family.value, f"{answer.verdict.value} {about}")

    def _tell(self, answer: ArrivalAnswer) -> None:
        self._search.forget()
        self.view.scan.make_ready()
        self.deeds.meet(answer)
        self._now(self.state.telling(answer))

    def _focus_table(self) -> None:
        self.view.table.setFocus(Qt.FocusReason.OtherFocusReason)
