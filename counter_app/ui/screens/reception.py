"""Accueil: scan or type, see one verdict, press Enter. The screen that is always one key away."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from counter_app.domain.convocation import Convocation
from counter_app.domain.foreign_number import read_number
from counter_app.domain.other_numbers import NumberClass
from counter_app.domain.person_names import same_person_key
from counter_app.domain.verdict import Verdict
from counter_app.telling import arrival_chips, arrival_text, birth_date_words
from counter_app.ui.screens.day_tabs import DayTabs
from counter_app.ui.screens.reception_deeds import Deeds
from counter_app.ui.screens.reception_rows import DayView, columns, day_view, hit_rows, person_row
from counter_app.ui.screens.screen import Screen
from counter_app.ui.widgets.action_bar import ActionBar
from counter_app.ui.widgets.form import ScanField
from counter_app.ui.widgets.people_table import PeopleTable, PersonRow
from counter_app.ui.widgets.verdict_panel import Chip, VerdictPanel
from counter_app.ui.workbench import Workbench
from counter_app.usecases import find
from counter_app.usecases.answers import ArrivalAnswer, Hit
from counter_app.usecases.present import choose, present
from counter_app.wording.dates import hour

REFRESH = 30_000
"""Milliseconds between two looks at the day: the list « expected now » moves with the clock."""
HITS = 30


class Showing(StrEnum):
    """What the middle of the screen says."""

    READY = "ready"
    READING = "reading"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class ReceptionState:
    """Everything on the screen."""

    at: datetime
    showing: Showing = Showing.READY
    answer: ArrivalAnswer | None = None
    recorded: bool = False
    """The answer tells an arrival just recorded."""
    typed: str = ""
    hits: tuple[Hit, ...] = ()
    searched: str = ""
    """Text that `hits` answers."""
    day: DayView = field(default_factory=DayView)
    tab: str = "expected"
    hidden: bool = False
    """Personal data are covered."""


class Reception(Screen):
    """The reception desk."""

    name: ClassVar[str] = "reception"
    topic: ClassVar[str] = "screen.accueil"
    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.state = ReceptionState(bench.desk.now())
        self._opening = ""
        """A person pressed Enter before the search had answered: open its first row then."""
        self._moved = False
        """A person chose a row with the arrows or the mouse."""
        self._build()
        self.changed.connect(self._render)
        bench.acted.connect(self._refresh)
        clock = QTimer(self, interval=REFRESH)
        clock.timeout.connect(self._refresh)
        clock.start()
        self._render()
        self._refresh()

    def _build(self) -> None:
        words, theme = self.bench.words, self.bench.theme
        self.scan = ScanField(theme, words)
        self.panel = VerdictPanel(theme, words)
        self.offers = ActionBar(words("verdict.actions"))
        self.tabs = DayTabs(theme, words)
        self.table = PeopleTable(theme, words("reception.people"), columns(words))
        self.deeds = Deeds(self.bench, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.scan, self.panel, self.offers, self.tabs):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        self._connect()

    def _connect(self) -> None:
        self.scan.typed.connect(self._on_typed)
        self.scan.submitted.connect(self._on_submitted)
        self.scan.moved.connect(self._on_moved)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._on_clicked)
        self.tabs.chosen.connect(self._on_tab)
        self.offers.triggered.connect(self.deeds.run)
        self.deeds.answered.connect(self._show)
        self.deeds.recorded.connect(self._on_recorded)
        self.deeds.cleared.connect(self.clear)
        self.deeds.correcting.connect(self._on_correcting)
        self.deeds.choosing.connect(self._on_choosing)
        for key, slugs in _KEYS.items():
            QShortcut(QKeySequence(key), self, lambda slugs=slugs: self._on_key(slugs))

    @property
    def field(self) -> QLineEdit:
        """The one field."""
        return self.scan.line

    @property
    def help_topic(self) -> str:
        """The verdict's own page while one is shown."""
        return self.panel.verdict.code if self.panel.verdict else self.topic

    def activated(self, text: str = "") -> None:
        """Ready to scan, or to answer a text that another screen handed over."""
        self.scan.make_ready()
        if text:
            self.scanned(text)

    def reading(self) -> None:
        """Blank the verdict at once: it belongs to somebody else."""
        self.scan.make_ready()
        self._now(ReceptionState(self.state.at, Showing.READING, day=self.state.day, tab=self.state.tab))

    def scanned(self, raw: str) -> None:
        """A code was read: ask whose it is. Two quick scans both answer, in order."""
        self.reading()
        desk = self.bench.desk
        self.bench.do(lambda: present(desk, raw), self._on_presented, lambda _broken: self.clear())

    def step_back(self) -> bool:
        """Clear the verdict, then the field."""
        if self.state.showing is Showing.READY and not self.scan.text:
            return False
        self.clear()
        return True

    def hide_people(self, hidden: bool) -> None:
        """Cover names and dates, and leave no verdict on show."""
        self._now(replace(self.state, hidden=hidden))

    def clear(self) -> None:
        """Ready for the next person."""
        self.deeds.forget()
        self._moved = False
        self._opening = ""
        self.bench.lanes.forget("search")
        self.bench.scanner.forget_last()
        self.scan.make_ready()
        self._now(ReceptionState(self.bench.desk.now(), day=self.state.day, tab=self.state.tab))
        self._refresh()

    def _now(self, state: ReceptionState) -> None:
        self.state = state
        self.changed.emit()

    def _refresh(self) -> None:
        desk = self.bench.desk
        self.bench.look("day", lambda: (desk.now(), find.day(desk, desk.now().date())), self._on_day)

    def _on_day(self, seen: tuple[datetime, list[Convocation]]) -> None:
        at, people = seen
        self._now(replace(self.state, at=at, day=day_view(people, at)))

    def _on_typed(self, text: str) -> None:
        """Search as the agent types; a verdict on show goes, it belongs to somebody else."""
        self._moved = False
        self._opening = ""
        self.deeds.forget()
        self._now(replace(self.state, showing=Showing.READY, answer=None, recorded=False, typed=text))
        typed, desk = text.strip(), self.bench.desk
        if len(typed) >= find.SHORTEST:
            self.bench.look("search", lambda: (typed, find.search(desk, typed, HITS)), self._on_hits)
        else:
            self.bench.lanes.forget("search")
            self._now(replace(self.state, hits=(), searched=""))

    def _on_hits(self, found: tuple[str, list[Hit]]) -> None:
        typed, hits = found
        self._now(replace(self.state, hits=tuple(hits), searched=typed, at=self.bench.desk.now()))
        if self._opening == typed:
            self._opening = ""
            self._open_first()

    def _on_submitted(self, text: str) -> None:
        """Enter: the main action of a verdict, else the row that matches, else the text as a code or number."""
        if not text:
            self._on_empty()
        elif _is_code(text):
            self.scanned(text)
        elif len(text) < find.SHORTEST:
            self.scan.complain(self.bench.words("fields.one_letter"))
        elif self.state.searched == text:
            self._open_first()
        else:
            self._opening = text

    def _on_empty(self) -> None:
        if self.state.showing is not Showing.ANSWER:
            self.scan.complain(self.bench.words("fields.empty_scan"))
        elif self._must_choose() and not self._moved:
            self._on_choosing()
        elif self._must_choose():
            self._open(self.table.current_id())
        elif self.state.recorded:
            self.clear()
        else:
            self.offers.trigger_main()

    def _open_first(self) -> None:
        """The preselected row, unless the name has homonyms and nobody was chosen."""
        hits = self.state.hits
        chosen = self.table.current_id()
        hit = next((hit for hit in hits if hit.convocation.id == chosen), None)
        if hit is None:
            self._on_nobody()
        elif hit.homonyms and not self._moved:
            self._guard(hit)
        else:
            self._open(chosen)

    def _guard(self, hit: Hit) -> None:
        """Two people of the same name: ask the birth date, choose; nothing is preselected."""
        key = same_person_key(hit.convocation.name)
        same = tuple(one.convocation for one in self.state.hits if same_person_key(one.convocation.name) == key)
        figures = {"n": len(same)}
        self._show(ArrivalAnswer(Verdict.SEVERAL_MATCHES, self.bench.desk.now(), matches=same, figures=figures))

    def _on_nobody(self) -> None:
        """Typed words that match nobody: say so as a verdict; typing is no scan, nothing is recorded."""
        desk, text = self.bench.desk, self.scan.text.strip()
        self.bench.do(lambda: find.nobody(desk, text), self._show)

    def _open(self, convocation_id: str) -> None:
        desk = self.bench.desk
        self.bench.do(lambda: choose(desk, convocation_id), self._show)

    def _on_moved(self, rows: int) -> None:
        if self.offers.button("other_reading"):
            self.deeds.run("other_reading")
            return
        self._moved = True
        self.table.move_by(rows)

    def _on_clicked(self) -> None:
        self._moved = True

    def _on_tab(self, tab: str) -> None:
        self._now(replace(self.state, tab=tab))
        self.scan.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_presented(self, answer: ArrivalAnswer) -> None:
        self.bench.acted.emit()
        self._show(answer)

    def _show(self, answer: ArrivalAnswer) -> None:
        self._moved = False
        self._now(replace(self.state, showing=Showing.ANSWER, answer=answer, recorded=False, typed="", hits=()))
        about = answer.convocation.id if answer.convocation else answer.raw
        self.bench.sounds.verdict(answer.family.value, f"{answer.verdict.value} {about}")
        self.scan.make_ready()
        if self._must_choose():
            self.table.choose_none()

    def _on_recorded(self, answer: ArrivalAnswer) -> None:
        self._now(replace(self.state, showing=Showing.ANSWER, answer=answer, recorded=True, typed="", hits=()))
        self.scan.make_ready()
        if answer.receipt and self.bench.settings.auto_print:
            self.bench.paper_wanted.emit(answer.receipt.id)

    def _on_correcting(self, text: str) -> None:
        self.clear()
        self.scan.line.setText(text)
        self.scan.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_choosing(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_key(self, slugs: tuple[str, ...]) -> None:
        """A key beside Enter: the first of these actions that is on offer."""
        slug = next((slug for slug in slugs if self.offers.button(slug)), None)
        if slug:
            self.deeds.run(slug)

    def _must_choose(self) -> bool:
        answer = self.state.answer
        return answer is not None and answer.verdict is Verdict.SEVERAL_MATCHES

    def _render(self) -> None:
        self._render_panel()
        self._render_actions()
        self.tabs.setVisible(not self._rows_of_search())
        self.tabs.show_counts(len(self.state.day.expected), len(self.state.day.arrived), len(self.state.day.absent))
        self.tabs.select(self.state.tab)
        choosing = self._must_choose()
        self.table.show_rows(self._rows(), preselect=bool(self.state.typed) and not choosing)

    def _render_panel(self) -> None:
        state, words = self.state, self.bench.words
        if state.showing is Showing.READING:
            self.panel.show_reading()
        elif state.answer is None or state.hidden:
            self._ready()
        elif state.recorded and state.answer.receipt and state.answer.convocation:
            ticket = state.answer.receipt.ticket
            title = words("reception.recorded", ticket=ticket)
            self.panel.show_ready(title, words("reception.recorded_detail", name=state.answer.convocation.name))
        elif self.panel.verdict is None or self._shown is not state.answer:
            self._shown = state.answer
            text = arrival_text(state.answer, self.bench.desk.rules, self.bench.lang)
            chips = [Chip(chip) for chip in arrival_chips(state.answer, self.bench.desk.rules, self.bench.lang)]
            self.panel.show_verdict(text, self._person(), chips)

    _shown: ArrivalAnswer | None = None

    def _ready(self) -> None:
        self._shown = None
        self.panel.show_ready()

    def _person(self) -> str:
        """« DIALLO Mariama · né(e) le 04/07/1991 · 9 h 30 »."""
        one = self.state.answer.convocation if self.state.answer else None
        if one is None:
            return ""
        born = birth_date_words(one.best("birth_date"))
        parts = [one.name, f"{self.bench.words('person.born')} {born}" if born else "", hour(one.slot, self.bench.lang)]
        return " · ".join(part for part in parts if part)

    def _render_actions(self) -> None:
        answer = self.state.answer
        if answer is None or self.state.hidden:
            self.offers.show_actions(())
        elif self.state.recorded:
            self.offers.show_actions(self.deeds.after_recording(answer))
        else:
            text = arrival_text(answer, self.bench.desk.rules, self.bench.lang)
            self.offers.show_actions(self.deeds.actions(answer, text))

    def _rows_of_search(self) -> bool:
        return bool(self.state.typed.strip()) or self._must_choose()

    def _rows(self) -> list[PersonRow]:
        state, words = self.state, self.bench.words
        if state.answer and self._must_choose():
            count = len(state.answer.matches)
            return [person_row(one, state.at, words, homonyms=count - 1) for one in state.answer.matches]
        if state.typed.strip():
            return hit_rows(state.hits, state.at, words)
        people = getattr(state.day, state.tab)
        return [person_row(one, state.at, words, hidden=state.hidden) for one in people]


_KEYS: dict[str, tuple[str, ...]] = {
    "Ctrl+I": ("not_the_person", "not_the_same_person"),
    "Ctrl+Return": ("ask_approval", "record_anyway", "receive", "receive_today", "receive_here", "tell_supervisor"),
    "Ctrl+P": ("proof",),
    "Ctrl+R": ("print_reminder",),
}


def _is_code(text: str) -> bool:
    """Digits enough for a number, or one of our own codes: not a name, not four last digits."""
    reading = read_number(text)
    return (text[:2].upper() == "PG" and len(text) >= 8) or reading.number_class is not NumberClass.UNKNOWN
