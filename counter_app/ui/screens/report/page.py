"""« Bilan du jour »: the day as it is known now, its open cases one by one, signed at closing by Ctrl+Enter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from counter_app.store.convocation_rows import code_of
from counter_app.ui.screens.report.asked import Asked, Span
from counter_app.ui.screens.report.files import ReportFiles
from counter_app.ui.screens.report.flow import ReportFlow
from counter_app.ui.screens.report.questions import ReportQuestions
from counter_app.ui.screens.report.state import FILES, KEYS
from counter_app.ui.screens.report.view import ReportView
from counter_app.ui.screens.screen import Screen, on_key
from counter_app.ui.workbench import Workbench

AGAIN = 60_000
"""Milliseconds between two counts when nothing was heard of: people become absent by themselves."""
LIVE = 3_000
"""The same of today: what commands record in the same home is followed as well."""
_QT_KEYS = {
    "Ctrl+Entrée": ("Ctrl+Return", "Ctrl+Enter"),
    "Alt+←": ("Alt+Left",),
    "Alt+→": ("Alt+Right",),
    "Alt+Origine": ("Alt+Home",),
}
_WHILE_REVIEWING = ("sign", "back", "print", "tables", *FILES)
_WINDOW_KEYS = ("treat", "open_day", "back")
"""Enter and Escape come through the window or the list."""


class ReportScreen(Screen):
    """One day, live; reviewed and signed in its place."""

    name: ClassVar[str] = "report"
    topic: ClassVar[str] = "screen.bilan"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.flow = ReportFlow(bench, self)
        self.files = ReportFiles(bench, self)
        self.questions = ReportQuestions(bench, self.flow, self)
        self._waits = self._compares = False
        self._answered = self.flow.state.asked
        self._remarked: date | None = None
        self._deeds: dict[str, Callable[[], object]] = {
            "treat": self.confirm,
            "sign": self._sign,
            "back": self.step_back,
            "print": self.print_again,
            "tables": self._turn_tables,
            "open_day": self.confirm,
            "previous": partial(self._move, -1),
            "next": partial(self._move, 1),
            "today": self._to_now,
            "compare": self._compare,
            "limit": self.questions.ask_whose,
            **{span.value: partial(self.open_span, span) for span in Span},
            **{f"span {step}": partial(self._next_span, step) for step in (1, -1)},
            **{slug: partial(self._keep, slug) for slug in FILES},
        }
        self.view = ReportView(bench, self._deeds)
        self.bar, self.result, self.table = self.view.bar, self.view.result, self.view.table
        self.holds(self.view)
        self._clock = QTimer(self, interval=AGAIN)
        self._clock.timeout.connect(self._acted)
        self._clock.start()
        self._connect()
        self._keep_pace()
        self._render()

    def _connect(self) -> None:
        self.flow.changed.connect(self._render)
        self.flow.changed.connect(self._keep_pace)
        self.flow.told.connect(self._tell)
        self.flow.signed.connect(self._forget_remarks)
        self.files.told.connect(self._tell)
        for table in (self.table, self.view.days):
            table.moved_to.connect(self.flow.choose)
            table.opened.connect(lambda _id: self.confirm())
        self.bar.triggered.connect(self._do)
        self.view.moves.asked.connect(self._do)
        self.bench.acted.connect(self._acted)
        for slug, key in KEYS.items():
            for sequence in () if slug in _WINDOW_KEYS else _QT_KEYS.get(key, (key,)):
                on_key(self, sequence, partial(self._do, slug))
        for key, step in {"Ctrl+PgDown": 1, "Ctrl+PgUp": -1}.items():
            on_key(self, key, partial(self._do, f"span {step}"))

    # what the shell asks

    @property
    def help_keys(self) -> str | None:
        """What is on offer now."""
        return (self.view.review.bar if self.flow.state.reviewing else self.bar).keys() or None

    @property
    def main_list(self) -> QWidget | None:
        """Open cases, or days, when there are any."""
        return self.view.list_shown

    def activated(self, text: str = "") -> None:
        """Come to the front: the day is counted again."""
        self.flow.refresh()
        self._waits = self.flow.state.figures is None
        self._focus()

    def confirm(self) -> None:
        """Enter, or the command card: the open case, or the day, that is chosen, else the first, is opened."""
        state = self.flow.state
        if state.reviewing or state.figures is None:
            return
        if state.one_day:
            self.flow.show_day(state.one_day.day)
        elif state.case:
            self.bench.ask("reception", code_of(state.case.case.convocation))
        else:
            self._tell(self.bench.words("report.no_open_case"), None)

    def step_back(self) -> bool:
        """Escape: out of the review, then back to the day that is today."""
        if self.flow.stop_review():
            return True
        if self.flow.state.asked == Asked(comparing=self.flow.state.asked.comparing):
            return False
        self._show_day()
        return True

    def print_again(self) -> bool:
        """Ctrl+P, F9: the page of what is on show."""
        if self.flow.state.figures:
            self.files.print_page(self.flow.state)
        return self.flow.state.figures is not None

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: the day is another."""
        self.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Cover what names people; figures name nobody. What is covered is not signed: its review is left."""
        self.flow.stop_review()
        if hidden:
            self._leave_what_goes()
        self.view.hide_people(hidden)
        if not hidden and self.isVisible():
            self._focus()

    def hideEvent(self, _event: QHideEvent) -> None:
        """Another screen is in front: what was read to be signed must be read again."""
        self.flow.stop_review()

    # what the agent does

    def _do(self, slug: str) -> None:
        """What is being read to be signed stays on show until it is signed or left."""
        self.result.hide()
        if self.flow.state.reviewing and slug not in _WHILE_REVIEWING:
            self._render()
            self._tell(self.bench.words("report.reviewing"), None)
        else:
            self._deeds[slug]()

    def _move(self, step: int) -> None:
        self._choose_none()
        self.flow.move(step)

    def _show_day(self) -> None:
        self._choose_none()
        self.flow.show_day()

    def _to_now(self) -> None:
        """Today, or the week or the month that holds it; a free period gives way to today."""
        self._choose_none()
        if self.flow.state.asked.span is Span.FREE:
            self.flow.show_day()
        else:
            self.flow.back_to_now()

    def _choose_none(self) -> None:
        """What is chosen belongs to other days."""
        self.table.choose_none()
        self.view.days.choose_none()

    def open_span(self, span: Span) -> None:
        """The day, week or month that holds the first day on show; a free period is asked for."""
        self._render()
        if span is Span.FREE:
            self.questions.ask_days()
        else:
            self._choose_none()
            first, last = self.flow.days
            day = None if first <= self.flow.today <= last else first
            self.flow.ask(replace(self.flow.state.asked, span=span, day=day, free=None))

    def _next_span(self, step: int) -> None:
        spans = [one for one in Span if one is not Span.FREE]
        now = self.flow.state.asked.span
        place = (spans.index(now) + step) % len(spans) if now in spans else 0
        self.open_span(spans[place])

    def _compare(self) -> None:
        asked = self.flow.state.asked
        self._compares = not asked.comparing
        self.flow.ask(replace(asked, comparing=self._compares))

    def _turn_tables(self) -> None:
        """Tables where charts were, or charts again: the first of them comes into sight, and has the keyboard."""
        self.flow.show_tables(not self.flow.state.tables)
        QTimer.singleShot(0, self.view, self.view.bring_figures)

    def _keep(self, slug: str) -> None:
        if self.flow.state.figures:
            self.files.keep(slug, self.flow.state)

    def _sign(self) -> None:
        """The first time, what will be signed is read again; the second time it is signed."""
        if self.flow.state.reviewing:
            if self.view.review.fits():
                self.flow.sign(self.view.review.remarks.text())
            return
        if self.flow.review():
            self._keep_remarks()
            self.view.review.remarks.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.ensureWidgetVisible(self.view.review)

    def _keep_remarks(self) -> None:
        """What was written of this day and not signed is still there; it is not said of another day."""
        day = self.flow.days[0]
        if day != self._remarked:
            self._forget_remarks()
        self._remarked = day

    def _forget_remarks(self) -> None:
        self.view.review.remarks.clear()

    def _tell(self, sentence: str, good: bool | None) -> None:
        """Say what became of it, and bring it into sight once the page has made room for it."""
        self.result.show_result(sentence, good)
        QTimer.singleShot(0, self.result, lambda: self.view.ensureWidgetVisible(self.result))

    def _keep_pace(self) -> None:
        """Today is followed; a period, another day, or what is read to be signed is counted again now and then."""
        asked = self.flow.state.asked
        pace = LIVE if asked.as_day and asked.day is None else AGAIN
        if pace != self._clock.interval():
            self._clock.setInterval(pace)

    def _acted(self) -> None:
        if self.isVisible():
            self.flow.refresh()

    def _focus(self) -> None:
        """The keyboard begins where it is seen, once the page has made room for everything."""
        QTimer.singleShot(0, self.view, self.view.begin)

    def _leave_what_goes(self) -> bool:
        """Whether the keyboard was in what goes away, while others are counted say: it stays where it is on the page,
        rather than go on to whatever comes next."""
        leaves = self.view.entered()
        if leaves:
            self.view.moves.buttons["previous"].setFocus(Qt.FocusReason.OtherFocusReason)
        return leaves

    def _render(self) -> None:
        was, state = self.view.review.isVisible(), self.flow.state
        if state.asked != self._answered:
            # What was said is about what was asked before.
            self._answered = state.asked
            self.result.hide()
        if state.figures is None and self._leave_what_goes():
            self._waits = True
        self.view.show_state(state)
        if self._compares and state.compared:
            self._compares = self._waits = False
            QTimer.singleShot(0, self.view, self.view.bring_compared)
        if (self._waits and state.figures) or (was and not state.reviewing):
            self._waits = False
            if self.isVisible():
                self._focus()
