"""« Numéro étranger » (F8): is it well formed, does it match the list, whose is it, and where it is read."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit

from counter_app.domain.codes import read_code
from counter_app.domain.identity_paper import looks_like_paper
from counter_app.domain.keyboard import looks_like_azerty_row, repair_azerty
from counter_app.domain.verdict import Verdict
from counter_app.ui.screens.number.deeds import NumberDeeds
from counter_app.ui.screens.number.field import Wrong
from counter_app.ui.screens.number.look import Asked, Looked, look
from counter_app.ui.screens.number.readings import added_zeros
from counter_app.ui.screens.number.state import NumberState, number_on, verdict_of
from counter_app.ui.screens.number.view import NumberView
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.tasks import Breakage
from counter_app.ui.workbench import Workbench
from counter_app.usecases.verify_number import NumberAnswer, note_broken_seal

TOPIC = "number"


class NumberScreen(Screen):
    """One number at a time; a stale answer is never on screen."""

    name: ClassVar[str] = "number"
    topic: ClassVar[str] = "screen.numero"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._state, self._hidden = NumberState(), False
        self._sounded: Looked | None = None
        self.view = NumberView(bench.theme, bench.words)
        self._deeds = NumberDeeds(bench, self._tell, self._ask_again)
        self.fields, self.bar = self.view.fields, self.view.bar
        self.holds(self.view)
        self._connect()
        self._render()

    def _connect(self) -> None:
        self.fields.changed.connect(self._blank)
        self.fields.complete.connect(self._verify)
        self.fields.left.connect(self._verify_again)
        self.fields.entered.connect(self._enter)
        self.fields.number.other_wanted.connect(lambda: self._do("other"))
        self.fields.number.copy_wanted.connect(self._copy)
        self.bar.triggered.connect(self._do)
        self.view.people.opened.connect(lambda _id: self._do("record"))
        for key in ("Ctrl+C", "Ctrl+Ins"):
            on_key(self, key, self._copy)

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

    @property
    def help_keys(self) -> str | None:
        """While an answer is shown, the keys of what it offers."""
        return self.bar.keys() if self._state.looked else None

    def activated(self, text: str = "") -> None:
        """Begin with a number, or go on where the agent was."""
        if text:
            self._take(text)
        else:
            self.fields.focus("number")

    def reading(self) -> None:
        """A scan is coming in."""
        self.fields.begin("")
        self._show(NumberState())
        self.view.panel.show_reading()

    def scanned(self, raw: str) -> None:
        """A number fills the field; the app's own codes belong to the reception desk."""
        text = raw.strip()
        if read_code(text) is not None:
            self._show(NumberState())
            super().scanned(raw)
        else:
            self._take(repair_azerty(text)[0] if looks_like_azerty_row(text) else text)

    def step_back(self) -> bool:
        """Escape clears the number; an empty screen has nothing to step back from."""
        if not self.fields.number.text() and self._state.asked is None:
            return False
        self._begin("")
        return True

    def hide_people(self, hidden: bool) -> None:
        """Cover names and birth dates."""
        self._hidden = hidden
        self._render()

    # asking

    def _take(self, text: str) -> None:
        """A number fills its field; a paper fills all three, once it is read and its seal checked."""
        if looks_like_paper(text):
            self._begin("")
            self._ask(NumberState(asked=Asked(text)))
        else:
            self._begin(text)

    def _begin(self, number: str) -> None:
        self.fields.begin(number)
        self._show(NumberState())
        if number:
            self._verify()

    def _enter(self) -> None:
        """Enter asks; once answered, it does the first thing on offer."""
        if self._state.paper is None and self.fields.read() != self._state.asked:
            self._verify()
        elif self._state.looked:
            self.bar.trigger_main()

    def _verify_again(self) -> None:
        """The date or the postcode was written: the answer follows, if there is a number."""
        if self._state.paper:
            return
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
        desk = self.bench.desk
        self.bench.look(TOPIC, lambda: look(desk, asked), self._answered, lambda broken: self._broke(asked, broken))

    def _answered(self, looked: Looked) -> None:
        if looked.asked != self._state.asked:
            return
        if looked.answer.paper:
            self._fill(looked.answer)
        self._show(replace(self._state, looked=looked))

    def _broke(self, asked: Asked, broken: Breakage) -> None:
        """Nothing was answered: ready to be asked again, and the window says why."""
        if asked == self._state.asked:
            self._show(NumberState())
        self.bench.lanes.broke.emit(broken)

    def _fill(self, answer: NumberAnswer) -> None:
        """What the paper carries stands in the fields; a seal that does not check is noted, once for each scan."""
        self.fields.fill(number_on(answer), answer.expiry, answer.postcode)
        if answer.verdict is Verdict.SEAL_BROKEN:
            self.bench.do(lambda: note_broken_seal(self.bench.desk, answer), lambda _none: self.bench.acted.emit())

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
            "record": lambda: self._deeds.record(self._state, self.view.current()),
            "confirm": lambda: self._deeds.confirm(self._state),
            "use_values": self._verify,
            **dict.fromkeys(("close", "scan_again"), lambda: self._begin("")),
            "tell_supervisor": lambda: self._tell(self.bench.words("number.supervisor_to_tell")),
            "show_where": lambda: self.view.ensureWidgetVisible(self.view.where),
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
        self._deeds.copy(self._state)

    def _tell(self, told: str) -> None:
        self._show(replace(self._state, told=told))

    def _ask_again(self, told: str) -> None:
        """Something was recorded about the number on show: what the lists say now, under a line that says so."""
        if self._state.asked:
            self._ask(replace(self._state, looked=None, told=told))

    # showing

    def _show(self, state: NumberState) -> None:
        self._state = state
        self._render()

    def _render(self) -> None:
        self.view.show_state(self._state, self._hidden)
        self._sound(self._state.looked)

    def _sound(self, looked: Looked | None) -> None:
        """Once per answer: showing it again is silent."""
        if looked and looked is not self._sounded:
            self.bench.sounds.verdict(looked.answer.family.value, f"{looked.answer.verdict.value} {looked.asked.raw}")
        self._sounded = looked
