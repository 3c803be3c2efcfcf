"""« Bilan du jour »: the day as it is known now, its open cases one by one, signed at closing by Ctrl+Enter."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from counter_app.store.convocation_rows import code_of
from counter_app.ui.screens.report_files import ReportFiles
from counter_app.ui.screens.report_flow import ReportFlow
from counter_app.ui.screens.report_state import FILES, KEYS
from counter_app.ui.screens.report_view import ReportView
from counter_app.ui.screens.screen import Screen
from counter_app.ui.workbench import Workbench

AGAIN = 60_000
"""Milliseconds between two counts when nothing was heard of: people become absent by themselves."""
_QT_KEYS = {
    "Ctrl+Entrée": ("Ctrl+Return", "Ctrl+Enter"),
    "Alt+←": ("Alt+Left",),
    "Alt+→": ("Alt+Right",),
    "Alt+Origine": ("Alt+Home",),
}
_WINDOW_KEYS = ("treat", "back")
"""Enter and Escape come through the window or the list."""


class ReportScreen(Screen):
    """One day, live; reviewed and signed in its place."""

    name: ClassVar[str] = "report"
    topic: ClassVar[str] = "screen.bilan"

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.flow = ReportFlow(bench, self)
        self.files = ReportFiles(bench, self)
        self._waits = False
        self._deeds: dict[str, Callable[[], object]] = {
            "treat": self.confirm,
            "sign": self._sign,
            "back": self.step_back,
            "print": self.print_again,
            "tables": lambda: self.flow.show_tables(not self.flow.state.tables),
            "previous": partial(self._move, -1),
            "next": partial(self._move, 1),
            "today": self._show_day,
            **{slug: partial(self._keep, slug) for slug in FILES},
        }
        self.view = ReportView(bench, self._deeds)
        self.bar, self.result, self.table = self.view.bar, self.view.result, self.view.table
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._clock = QTimer(self, interval=AGAIN)
        self._clock.timeout.connect(self._acted)
        self._clock.start()
        self._connect()
        self._render()

    def _connect(self) -> None:
        self.flow.changed.connect(self._render)
        self.flow.told.connect(self.result.show_result)
        self.files.told.connect(self.result.show_result)
        self.table.moved_to.connect(self.flow.choose)
        self.table.opened.connect(lambda _id: self.confirm())
        self.bar.triggered.connect(self._do)
        self.view.moves.asked.connect(self._do)
        self.bench.acted.connect(self._acted)
        for slug, key in KEYS.items():
            for sequence in () if slug in _WINDOW_KEYS else _QT_KEYS.get(key, (key,)):
                shortcut = QShortcut(QKeySequence(sequence), self, partial(self._do, slug))
                shortcut.setAutoRepeat(False)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # what the shell asks

    @property
    def help_keys(self) -> str | None:
        """What is on offer now."""
        return (self.view.review.bar if self.flow.state.reviewing else self.bar).keys() or None

    def activated(self, text: str = "") -> None:
        """Come to the front: the day is counted again."""
        self.flow.refresh()
        self._waits = self.flow.state.look is None
        self._focus()

    def confirm(self) -> None:
        """Enter, or the command card: the open case chosen, else the first, is opened. Signing needs its own key."""
        case = self.flow.state.case
        if self.flow.state.reviewing:
            return
        if case is None:
            self.result.show_result(self.bench.words("report.no_open_case"), good=None)
        else:
            self.bench.ask("reception", code_of(case.case.convocation))

    def step_back(self) -> bool:
        """Escape: out of the review, then back to today."""
        if self.flow.stop_review():
            return True
        if self.flow.state.day is None:
            return False
        self._show_day()
        return True

    def print_again(self) -> bool:
        """Ctrl+P, F9: the page of the day on show."""
        look = self.flow.state.look
        if look:
            self.files.print_page(look)
        return look is not None

    def undone(self, convocation_id: str) -> None:
        """A gesture was taken back: the day is another."""
        self.flow.refresh()

    def hide_people(self, hidden: bool) -> None:
        """Open cases name people: the whole page is covered."""
        self.view.setVisible(not hidden)

    # what the agent does

    def _do(self, slug: str) -> None:
        self.result.hide()
        self._deeds[slug]()

    def _move(self, days: int) -> None:
        self.table.choose_none()
        self.flow.move(days)

    def _show_day(self) -> None:
        self.table.choose_none()
        self.flow.show_day(None)

    def _keep(self, slug: str) -> None:
        if self.flow.state.look:
            self.files.keep(slug, self.flow.state.look)

    def _sign(self) -> None:
        """The first time, what will be signed is read again; the second time it is signed."""
        if self.flow.state.reviewing:
            self.flow.sign(self.view.review.remarks.text())
            return
        self.view.review.remarks.clear()
        if self.flow.review():
            self.view.review.remarks.setFocus(Qt.FocusReason.OtherFocusReason)
            self.view.ensureWidgetVisible(self.view.review)

    def _acted(self) -> None:
        if self.isVisible():
            self.flow.refresh()

    def _focus(self) -> None:
        """The open cases have the keyboard, as soon as there are some; else the days."""
        place = self.table if self.table.isVisible() else self.view.moves.buttons["previous"]
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _render(self) -> None:
        was, state = self.view.review.isVisible(), self.flow.state
        self.view.show_state(state)
        if (self._waits and state.look) or (was and not state.reviewing):
            self._waits = False
            self._focus()
