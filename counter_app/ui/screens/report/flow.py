"""The screen of the day's report without its looks: one state, and the work it gives to the lanes."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from counter_app.domain.french import typeset
from counter_app.domain.period_figures import Comparison, NothingToCompare, PeriodFigures
from counter_app.ui.screens.report.asked import Asked, Days
from counter_app.ui.screens.report.state import ReportLook, ReportState, look_of
from counter_app.ui.screens.report.words import changes_told, day_told
from counter_app.ui.tasks import Breakage, Lane
from counter_app.ui.workbench import Workbench
from counter_app.usecases.close_day import Closed, DayRefusal, close_day, closings
from counter_app.usecases.day_facts import day_figures
from counter_app.usecases.desk import Desk
from counter_app.usecases.figures_told import changes, told
from counter_app.usecases.freshness import other_desks
from counter_app.usecases.period_report import PeriodRefusal, compare, not_a_period, period_figures
from counter_app.wording.dates import hour_on

LOOK = "report"


def look_at(desk: Desk, asked: Asked) -> ReportState:
    """What is asked, as it is known now; a day of everybody comes with its versions."""
    first, last = asked.days(desk.now().date())
    if refusal := not_a_period(first, last):
        return ReportState(asked, refused=refusal.message)
    with desk.looking() as connection:
        others = other_desks(desk, connection, desk.now())
    if asked.as_day:
        look = look_of(day_figures(desk, first), tuple(closings(desk, first)))
        return ReportState(asked, look, compared=compared_with(desk, asked), others=others)
    period = period_figures(desk, first, last, asked.only)
    if isinstance(period, PeriodRefusal):
        return ReportState(asked, refused=period.message)
    return ReportState(asked, period=period, compared=compared_with(desk, asked, period), others=others)


def compared_with(desk: Desk, asked: Asked, after: PeriodFigures | None = None) -> Comparison | NothingToCompare | None:
    """What differs from the period before; None when nobody asks."""
    if not asked.comparing:
        return None
    today = desk.now().date()
    now = after or period_figures(desk, *asked.days(today), asked.only)
    before = period_figures(desk, *asked.before(today), asked.only)
    if isinstance(now, PeriodRefusal) or isinstance(before, PeriodRefusal):
        return None
    return compare(before, now)


class ReportFlow(QObject):
    """Looks, and signs."""

    changed = Signal()
    told = Signal(str, bool)
    signed = Signal()

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self.state = ReportState()
        self._signing = False

    def refresh(self) -> None:
        """Count again. On the lane of long work: nobody at the desk waits for figures."""
        lanes, desk, asked = self._bench.lanes, self._bench.desk, self.state.asked
        if not lanes.closing:
            lanes.run_latest(Lane.BACKGROUND, LOOK, lambda: look_at(desk, asked), self._looked)

    def _looked(self, seen: ReportState) -> None:
        kept = self.state
        self._become(replace(seen, chosen=kept.chosen, reviewing=kept.reviewing, tables=kept.tables))

    @property
    def today(self) -> date:
        """The calendar of the site."""
        return self._bench.desk.now().date()

    @property
    def days(self) -> Days:
        """The days on show."""
        return self.state.asked.days(self.today)

    def ask(self, asked: Asked) -> None:
        """Ask something else."""
        self._become(ReportState(asked, tables=self.state.tables))
        self.refresh()

    def show_day(self, day: date | None = None) -> None:
        """One day of everybody; None for today, which follows the calendar."""
        self.ask(Asked(day=None if day == self.today else day, comparing=self.state.asked.comparing))

    def move(self, step: int) -> None:
        """One span earlier or later."""
        self.ask(self.state.asked.moved(step, self.today))

    def back_to_now(self) -> None:
        """The span that holds today."""
        self.ask(replace(self.state.asked, day=None))

    def choose(self, row: str) -> None:
        """Another row is current."""
        if row != self.state.chosen:
            self._become(replace(self.state, chosen=row))

    def show_tables(self, tables: bool) -> None:
        """Tables in place of charts, or charts again."""
        self._become(replace(self.state, tables=tables))

    # signing

    def review(self) -> bool:
        """Read again what will be signed; False for a day to come, which has nothing to sign."""
        look, words = self.state.look, self._bench.words
        if look is None:
            if self.state.period:
                self.told.emit(words("report.only_days"), False)
            return False
        day = look.figures.day
        if day > self.today:
            self.told.emit(words("report.to_come", day=day_told(day, words)), False)
            return False
        self._become(replace(self.state, asked=replace(self.state.asked, day=day), reviewing=True))
        return True

    def stop_review(self) -> bool:
        """Back from the review; False when there was none."""
        was, asked = self.state.reviewing, self.state.asked
        if was:
            day = None if asked.day == self.today else asked.day
            self._become(replace(self.state, asked=replace(asked, day=day), reviewing=False))
        return was

    def sign(self, remarks: str) -> None:
        """Sign what was read. Once: a key pressed twice is one signature."""
        look, desk = self.state.look, self._bench.desk
        if look is None or self._signing or not self.state.reviewing:
            return
        self._signing, day, do = True, look.figures.day, self._bench.do

        def close(heard: bool) -> None:
            do(
                lambda: close_day(desk, day, remarks, heard=heard),
                lambda closed: self._signed(look, closed),
                self._broke,
            )

        self._bench.exchanges.hear(close)

    def _signed(self, read: ReportLook, closed: Closed | DayRefusal) -> None:
        self._signing = False
        self.stop_review()
        if isinstance(closed, DayRefusal):
            self.told.emit(typeset(closed.message), False)
            return
        self.signed.emit()
        self._bench.sounds.play("tick")
        self.told.emit(self._said(read, closed), True)
        self._bench.acted.emit()

    def _said(self, read: ReportLook, closed: Closed) -> str:
        """That it is signed, and what is in it that was not read."""
        words, closing = self._bench.words, closed.closing
        desk = self._bench.desk
        at = hour_on(closing.signed_at.astimezone(desk.rules.zone), desk.now().date(), words.lang)
        if not closed.new:
            return words("report.signed_same", version=closing.version, hour=at)
        key = "report.signed_provisional" if closing.provisional else "report.signed"
        said, shape = words(key, version=closing.version, hour=at), told(read.figures)
        if shape == closing.figures:
            return said
        moved = changes_told(changes(shape, closing.figures), words)
        return f"{said} {words('report.signed_moved', changes=moved, version=closing.version)}"

    def _broke(self, broken: Breakage) -> None:
        self._signing = False
        self.told.emit(broken.sentence, False)

    def _become(self, state: ReportState) -> None:
        self.state = state
        self.changed.emit()
