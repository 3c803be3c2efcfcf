"""« Sans rendez-vous » (F7): what does the person ask for, where do they go, and a slip in their language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit

from counter_app.domain.orientation import OTHER, Advice, Directory
from counter_app.domain.orientation_search import LEAST_LETTERS
from counter_app.ui.screens.orient.deeds import OrientDeeds
from counter_app.ui.screens.orient.state import CANNOT_ONLINE, OrientState, lines_of, question_of, words_of
from counter_app.ui.screens.orient.view import OrientView
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.screens.settings_work import paper_languages
from counter_app.ui.workbench import Workbench
from counter_app.usecases.orient import Demand, advice, likely

TOPIC = "orient"


class OrientScreen(Screen):
    """One person at a time; the language chosen for one is not the next one's."""

    name: ClassVar[str] = "orient"
    topic: ClassVar[str] = "screen.sans_rdv"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._directory: Directory = bench.desk.directory()
        self._state = OrientState(self._nobody())
        self._deeds = OrientDeeds(bench, self)
        self.view = OrientView(bench.theme, bench.words, paper_languages())
        self.fields, self.bar, self.question = self.view.fields, self.view.bar, self.view.question
        self.holds(self.view)
        self._connect()
        self._render()

    def _connect(self) -> None:
        self.fields.typed.connect(self._search)
        self.fields.entered.connect(self.confirm)
        self.fields.moved.connect(self._move)
        self.fields.undo_wanted.connect(self.bench.undo_wanted)
        self.fields.language_chosen.connect(self._speak)
        self.view.table.opened.connect(self._choose)
        self.question.answered.connect(self._answer)
        self.question.back_wanted.connect(self._back)
        self.bar.triggered.connect(self._do)
        self.view.expiry.dated.connect(self._date)
        self._deeds.given.connect(lambda done: self._show(replace(self._state, done=done)))
        self._deeds.gone_in.connect(self._next)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+L": lambda: self._speak(self.fields.next_language()),
            "Ctrl+D": partial(self._do, CANNOT_ONLINE),
            "Ctrl+R": partial(self._do, "wants_to_file"),
            "Alt+Left": self._back,
            **dict.fromkeys(("Ctrl+Return", "Ctrl+Enter"), partial(self._do, "let_in")),
        }
        for key, deed in keys.items():
            on_key(self, key, deed)

    # what the shell asks

    @property
    def field(self) -> QLineEdit | None:
        """Typing goes to what the person asks for."""
        return self.fields.motive

    @property
    def help_topic(self) -> str:
        """The page of the verdict on show, else that of the screen."""
        told = self._state.advice
        return (words_of(told, self._directory, self.bench.words).code if told else "") or self.topic

    def activated(self, text: str = "") -> None:
        """Begin with somebody, or go on where the agent was."""
        if self._state.done or text:
            self._next()
        if text:
            self.fields.motive.setText(text)
            self._search(text)
        self.fields.focus()

    def reading(self) -> None:
        """A scan is coming in: it is somebody else's."""
        self._next()

    def confirm(self) -> None:
        """Enter: choose the motive, then print, then go on to the next person."""
        if self._state.advice:
            self.bar.trigger_main()
        elif self.view.table.current_id():
            self._choose(self.view.table.current_id())

    def step_back(self) -> bool:
        """Escape: from the answer to the search, from the search to the start."""
        before = self._state.stepped_back()
        if before is None:
            return False
        if self._state.done:
            self._next()
        else:
            self.fields.motive.setText(before.wanted)
            self._show(before)
            self.fields.focus()
        return True

    def print_again(self) -> bool:
        """F9: the slip on screen again, as a DUPLICATA."""
        if self._state.done:
            self.bench.paper_wanted.emit(self._state.done.slip.id)
        return self._state.done is not None

    def undone(self, convocation_id: str) -> None:
        """The orientation on screen was taken back: its slip says ANNULÉ from now on."""
        if self._state.done and self._state.done.slip.arrival == convocation_id:
            self._show(replace(self._state, undone=True))

    # asking

    def _nobody(self) -> Demand:
        return Demand(language=self.bench.settings.paper_language or self.bench.desk.rules.second_language)

    def _search(self, text: str) -> None:
        """Other letters: what was answered no longer holds."""
        if self._state.done:
            self._state = OrientState(self._nobody())
        self._show(OrientState(Demand(language=self._state.demand.language), wanted=text))
        if text.strip():
            self.bench.look(TOPIC, lambda: (text, self._likely(text)), self._found)

    def _likely(self, text: str) -> tuple[Advice, ...]:
        """Motives that a text can mean; when it means none, the supervisor: nobody is left without an answer."""
        found = likely(self.bench.desk, text)
        unknown = not found and len(text.strip()) >= LEAST_LETTERS
        return (advice(self.bench.desk, Demand(OTHER)),) if unknown else found

    def _found(self, seen: tuple[str, tuple[Advice, ...]]) -> None:
        text, found = seen
        if text == self._state.wanted and self._state.advice is None:
            self._show(replace(self._state, found=found))

    def _move(self, rows: int) -> None:
        """↓ and ↑ in the motives found; with none, ↓ goes to the answers of the question."""
        if self._state.found or self._state.advice:
            self.view.table.move_by(rows)
        elif rows > 0:
            self.question.focus()

    def _answer(self, place: int) -> None:
        leads_to = question_of(self._state, self._directory).choices[place].leads_to
        if leads_to in self._directory.questions:
            self._show(replace(self._state, path=(*self._state.path, leads_to)))
        else:
            self._choose(leads_to)

    def _back(self) -> None:
        """The question before; from an answer, the question it came from."""
        if self._state.advice and not self._state.done:
            self.step_back()
        elif len(self._state.path) > 1:
            self._show(replace(self._state, path=self._state.path[:-1]))

    def _choose(self, motive: str) -> None:
        self.view.expiry.line.clear()
        self._advise(replace(self._state.demand, motive=motive))
        self.fields.focus()

    def _date(self, expiry: date | None) -> None:
        self._advise(replace(self._state.demand, expiry=expiry))
        self.fields.focus()

    def _speak(self, language: str) -> None:
        """The language of this person's slip; after a slip, of one more."""
        self._show(replace(self._state, demand=replace(self._state.demand, language=language)))

    def _advise(self, demand: Demand) -> None:
        sounded = self._state.advice is not None
        self.bench.look(TOPIC, lambda: (demand, advice(self.bench.desk, demand)), partial(self._advised, sounded))

    def _advised(self, sounded: bool, seen: tuple[Demand, Advice]) -> None:
        demand, told = seen
        self._show(replace(self._state, demand=demand, advice=told))
        if not sounded:
            self.bench.sounds.verdict("go", f"orient {demand.motive}")

    # acting

    def _do(self, slug: str) -> None:
        demand, answering = self._state.demand, self._state.advice is not None and self._state.done is None
        if slug == "next":
            self._next()
        elif slug == "reprint":
            self.print_again()
        elif slug == "back":
            self.step_back()
        elif answering and slug == "print_slip":
            self._deeds.give_slip(demand)
        elif answering and slug == "let_in":
            self._deeds.let_in(demand)
        elif answering and slug == CANNOT_ONLINE and self.bar.button(slug):
            self._show(replace(self._state, demand=replace(demand, cannot_online=not demand.cannot_online)))
        elif answering and slug == "wants_to_file":
            self._show(replace(self._state, demand=replace(demand, wants_to_file=not demand.wants_to_file)))

    def _next(self) -> None:
        """Somebody else: nothing typed, no answer, the desk's language."""
        self.bench.lanes.forget(TOPIC)
        self.fields.motive.clear()
        self.view.expiry.line.clear()
        self._show(OrientState(self._nobody()))
        self.fields.focus()

    # showing

    def _show(self, state: OrientState) -> None:
        self._state = state
        self._render()

    def _render(self) -> None:
        lines = lines_of(self._state, self._directory, self.bench.desk.now().date(), self.bench.words)
        self.view.show_state(self._state, self._directory, lines)
