"""What an agent types at the reception desk, and whom it chooses: a search as they type, a row, or a code by hand."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Qt

from counter_app.ui.screens.reception.deeds import Deeds
from counter_app.ui.screens.reception.online import Online
from counter_app.ui.screens.reception.search import Search
from counter_app.ui.screens.reception.state import ReceptionState, Showing
from counter_app.ui.screens.reception.turns import Turns
from counter_app.ui.screens.reception.view import ReceptionView
from counter_app.ui.screens.typed_text import is_code
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.present import choose, present
from counter_app.wording.fill import shown_back


class Front(Protocol):
    """The screen of the person in front."""

    state: ReceptionState

    @property
    def bench(self) -> Workbench: ...

    @property
    def view(self) -> ReceptionView: ...

    @property
    def turns(self) -> Turns: ...

    @property
    def deeds(self) -> Deeds: ...

    @property
    def online(self) -> Online: ...

    def now(self, state: ReceptionState) -> None: ...

    def scanned(self, raw: str) -> None: ...

    def show_answer(self, answer: ArrivalAnswer) -> None: ...


class Typing:
    """Hears the field and the rows of the screen."""

    def __init__(self, screen: Front) -> None:
        self._screen = screen
        self.search = Search(screen.bench, screen.view)
        self.search.found.connect(self._on_hits)

    def typed(self, text: str, read: bool = False) -> None:
        """Search as the agent types; a verdict on show goes, it belongs to somebody else."""
        self._screen.turns.next()
        self._screen.deeds.forget()
        self._screen.online.leave()
        self._screen.now(self._screen.state.typing(text, read=read))
        too_long = self._screen.bench.words("fields.too_long", n=find.LONGEST)
        self._screen.view.scan.note(too_long if len(text) > find.LONGEST else "")
        self.search.begin(self._screen.state.wanted)

    def _on_hits(self, wanted: str, hits: list[Hit]) -> None:
        ahead, opening = self._screen.state.ahead, self._screen.state.opening
        moved = bool(ahead and hits)
        found = replace(self._screen.state, hits=tuple(hits), searched=wanted, found=True)
        self._screen.now(replace(found, moved=moved, ahead=0, opening=False))
        if moved:
            self._screen.view.table.choose(ahead if found.preselects else ahead - 1)
        if opening:
            self._show_possible() if found.read else self._open_chosen()

    def read(self, text: str) -> None:
        """Letters came as from a reader: whom they can mean is shown, and a person opens the row."""
        self.typed(text, read=True)
        self._open_when_found()

    def submitted(self, text: str) -> None:
        """Enter: the main action of a verdict, else the row that matches, else the text as a code or number."""
        if not text:
            self._on_empty()
        elif is_code(text):
            self._screen.scanned(text)
        elif len(text) < find.SHORTEST:
            self._screen.view.scan.complain(self._screen.bench.words("fields.one_letter"))
        elif self._screen.state.searched == text[: find.LONGEST]:
            self._open_chosen()
        else:
            self._open_when_found()

    def _open_when_found(self) -> None:
        self._screen.now(replace(self._screen.state, opening=True))
        self.search.hurry()

    def _on_empty(self) -> None:
        if self._screen.state.moved:
            self.open(self._screen.view.table.current_id())
        elif self._screen.state.choosing:
            self.focus_table()
        elif self._screen.state.showing is Showing.READY:
            self._screen.view.scan.complain(self._screen.bench.words("fields.empty_scan"))
        elif self._screen.state.showing is Showing.ANSWER:
            self._screen.view.offers.trigger_main()

    def _show_possible(self) -> None:
        """No name read by a reader opens anybody: one person waits in the first row, several have to be told apart."""
        state = self._screen.state
        if len(state.sure) > 1:
            self._screen.show_answer(state.choice_of(state.sure))
        elif not state.sure:
            self._open_chosen()

    def _open_chosen(self) -> None:
        """The chosen row, unless the name has homonyms and nobody was chosen."""
        chosen = self._screen.view.table.current_id()
        hit = self._screen.state.hit_of(chosen)
        if hit is None and self._screen.state.hits:
            words = self._screen.bench.words("fields.choose_row", text=shown_back(self._screen.state.wanted))
            self._screen.view.scan.complain(words)
        elif hit is None:
            desk, text = self._screen.bench.desk, self._screen.state.wanted
            answer = present if self._screen.state.read else find.nobody
            self._screen.turns.ask(lambda: answer(desk, text))
        elif hit.homonyms and not self._screen.state.moved:
            self._screen.show_answer(self._screen.state.all_of_that_name(hit))
        else:
            self.open(chosen)

    def open(self, convocation_id: str) -> None:
        """Ask about somebody chosen."""
        if convocation_id:
            desk = self._screen.bench.desk
            self._screen.turns.ask(lambda: choose(desk, convocation_id))

    def chosen(self) -> None:
        """Somebody was chosen in the list itself."""
        if not self._screen.state.moved and self._screen.view.table.current_id():
            self._screen.view.scan.accept()
            self._screen.now(replace(self._screen.state, moved=True))

    def moved(self, rows: int) -> None:
        """The arrows, while the field has the keyboard."""
        state = self._screen.state
        if self._screen.deeds.offers_deed("other_reading"):
            self._screen.deeds.run("other_reading") if rows > 0 else None
        elif state.awaited:
            self._screen.now(replace(state, ahead=state.ahead + rows))
        elif state.searching or not state.wanted:
            self._screen.view.table.move_by(rows)
            self._screen.now(replace(state, moved=bool(self._screen.view.table.current_id())))

    def focus_table(self) -> None:
        """Somebody has to be chosen: the keyboard goes to the rows, of which none is chosen for the agent."""
        table = self._screen.view.table
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not table.current_id():
            self.say_how_to_choose()

    def say_how_to_choose(self) -> None:
        """No key is silent."""
        self._screen.view.scan.complain(self._screen.bench.words("fields.choose_first"))
